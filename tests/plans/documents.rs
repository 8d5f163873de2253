//! What a plan says of clinics without live state and of whole runs, and in which order it says things.

use super::world::{File, clinic_id, header, live, member, on, people, plan, policy, today};
use clinicctl::diagnostic::{Finding, Severity};
use clinicctl::diff::Members;
use clinicctl::domain::{
    ClinicState, DesiredFleet, FleetName, Group, GroupName, Languages, Layers, Member, PersonRef, RuleSetting,
    StaffMember,
};
use clinicctl::plan::{
    Assembled, Blocked, ClinicPlan, FindingRow, Header, PlanContext, Unread, assemble, plan_clinic, unknown_members,
};
use clinicctl::rules::Policy;
use std::collections::BTreeMap;

fn blocked(clinic: &str, rule: &str, detail: &str) -> Blocked {
    Blocked { clinic: clinic_id(clinic), rule: rule.to_owned(), detail: detail.to_owned() }
}

fn forbidden(clinic: &str) -> ClinicPlan {
    ClinicPlan::unread(&clinic_id(clinic), &Unread::Forbidden)
}

fn unknown(policy: &Policy) -> ClinicPlan {
    let (file, layers, members) = (File::new("clinic: norrtull\n"), Layers::default(), Members::default());
    let context =
        PlanContext { sources: file.sources(), layers: &layers, members: &members, prune: false, today: today() };
    ClinicPlan::unknown(&file.clinic(), [clinic_id("nortull")].iter(), policy, &context)
}

#[test]
fn a_clinic_that_could_not_be_read_is_blocked() {
    let why = Unread::Failed("it answered 500".to_owned());
    let table = [
        (Unread::Forbidden, blocked("norrtull", "forbidden", "the token may not read the clinic `norrtull`")),
        (why, blocked("norrtull", "unreadable", "the clinic `norrtull` could not be read: it answered 500")),
    ];
    for (why, blocked) in table {
        let plan = ClinicPlan::unread(&clinic_id("norrtull"), &why);
        assert_eq!(plan.blocked, [blocked]);
        assert!(plan.changes.is_empty() && plan.findings.is_empty() && plan.work.is_none() && plan.known.is_none());
    }
}

#[test]
fn an_unknown_clinic_is_blocked_at_its_line_unless_the_fleet_says_otherwise() {
    let plan = unknown(&policy());
    assert_eq!(plan.blocked, [blocked("norrtull", "unknown-clinic", "the live system has no clinic `norrtull`")]);
    let places = plan.findings.iter().map(|row| row.location.as_ref().map(ToString::to_string));
    assert_eq!(places.collect::<Vec<_>>(), [Some("clinics/norrtull.yaml:1:9".to_owned())]);

    let settings = BTreeMap::from([("unknown-clinic".to_owned(), RuleSetting::Warning)]);
    let lowered = unknown(&Policy { settings, ..policy() });
    assert_eq!(lowered.blocked, []);
    assert_eq!(lowered.findings.iter().map(|row| row.severity).collect::<Vec<_>>(), [Severity::Warning]);
    assert!(lowered.work.is_none());
}

#[test]
fn clinics_stand_in_the_order_of_their_ids_and_findings_in_that_of_their_places() {
    let file = File::new("clinic: norrtull\nlabels: {}\n");
    let warning = |piece, message| {
        let finding = Finding::warning("unknown-person", file.place(piece), message);
        FindingRow::of(&finding, file.sources())
    };
    let nowhere = FindingRow { location: None, ..warning("labels", "nowhere") };
    let findings =
        vec![nowhere, warning("labels", "second"), warning("labels", "also second"), warning("clinic", "first")];
    let Assembled { plan, work, .. } = assemble(Header { findings, ..header(2) }, vec![forbidden("b"), forbidden("a")]);
    let blocked: Vec<&str> = plan.blocked.iter().map(|row| row.clinic.as_str()).collect();
    assert_eq!(blocked, ["a", "b"]);
    let said: Vec<&str> = plan.findings.iter().map(|row| row.message.as_str()).collect();
    assert_eq!(said, ["first", "also second", "second", "nowhere"]);
    assert_eq!((plan.summary.clinics, plan.summary.clinics_changed, work.len()), (2, 0, 0));
}

#[test]
fn a_fleet_without_clinics_plans_nothing() {
    let Assembled { plan, work, .. } = assemble(header(0), Vec::new());
    assert_eq!(plan.summary, Default::default());
    assert!(plan.changes.is_empty() && plan.guards.is_empty() && work.is_empty());
}

/// A fleet of one clinic, with a group of Anna Berg and somebody else.
fn fleet(file: &File) -> DesiredFleet {
    let person =
        |address: &str| Member { person: PersonRef::parse(address).expect("an address"), place: file.place(address) };
    let name = GroupName::parse("triage").expect("a name");
    let members = vec![person("anna.berg@norrtull.example"), person("eva.dal@norrtull.example")];
    DesiredFleet {
        name: FleetName::parse("malardalen").expect("a name"),
        place: file.place("norrtull"),
        languages: Languages::default(),
        rules: BTreeMap::new(),
        guards: BTreeMap::new(),
        embedded: false,
        seed: None,
        checks: Vec::new(),
        layers: Layers::default(),
        groups: BTreeMap::from([(name.clone(), Group { name, members }.into())]),
        clinics: BTreeMap::from([(clinic_id("norrtull"), file.clinic().into())]),
    }
}

#[test]
fn a_member_whom_no_clinic_knows_is_told_at_the_line_of_the_group() {
    let file = File::new("clinic: norrtull\n# members: [anna.berg@norrtull.example, eva.dal@norrtull.example]\n");
    let fleet = fleet(&file);
    let (layers, members) = (Layers::default(), Members::of(&fleet));
    let context =
        PlanContext { sources: file.sources(), layers: &layers, members: &members, prune: false, today: today() };
    let told = |staff: Vec<StaffMember>| {
        let live = live(ClinicState::new(), staff);
        let plan = plan_clinic(&file.clinic(), &live, policy(), &context);
        let rows = unknown_members(&fleet, &context, &[plan]);
        rows.iter().filter_map(|row| Some(row.location.as_ref()?.to_string())).collect::<Vec<_>>()
    };
    let (anna, eva) = (member("st-1", "Anna Berg", "nurse"), member("st-2", "Eva Dal", "nurse"));
    assert_eq!(told(vec![anna.clone(), eva]), [""; 0]);
    assert_eq!(told(vec![anna]), ["clinics/norrtull.yaml:2:41"]);
}

#[test]
fn a_saved_clinic_is_judged_by_the_directory_of_the_day() {
    let file = File::new("clinic: norrtull\n# anna.berg@norrtull.example, bo.ek@norrtull.example\n");
    let mut desired = file.clinic();
    let lines = ["anna.berg@norrtull.example", "bo.ek@norrtull.example"];
    desired.incoming.accessible_to = Some(file.list("# anna", &lines));
    let (anna, bo) = (member("st-1", "Anna Berg", "nurse"), member("st-2", "Bo Ek", "nurse"));
    let state = ClinicState { incoming: on(people(&["st-1"])), ..ClinicState::new() };
    let before = live(state.clone(), vec![anna.clone(), bo.clone()]);
    let work = plan(&file, &desired, &before).work.expect("Bo is added");

    let blocks = |staff| {
        let judgements = work.judge_again(&live(state.clone(), staff), today());
        let blocking = judgements.iter().filter(|judgement| judgement.blocks());
        blocking.map(|judgement| judgement.breach.rule).collect::<Vec<_>>()
    };
    let gone = |member: &StaffMember| StaffMember { active: false, ..member.clone() };
    assert_eq!(blocks(vec![anna.clone(), bo.clone()]), [""; 0]);
    assert_eq!(blocks(vec![anna, gone(&bo)]), ["left-the-clinic"]);
}
