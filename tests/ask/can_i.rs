//! `can-i` for everybody and both rights, before and after: what differs is exactly what the plan says is gained and lost.

use crate::support::world::{any_live, desired, listed, live as clinic, on, professional, tried};
use clinicctl::ask::{CanI, Files, Ground, PersonError, Subject, can_i, find_person};
use clinicctl::diff::{Members, resolve};
use clinicctl::domain::{
    Access, AccessRule, ClinicState, DesiredClinic, DirectionKind, Directory, Layers, LiveClinic, Right, StaffId,
    StaffMember,
};
use clinicctl::plan::{ClinicPlan, PlanContext, RightRow, plan_clinic};
use clinicctl::rules::Policy;
use clinicctl::source::{SourceFile, SourceSet};
use proptest::prelude::*;
use std::collections::BTreeSet;

const RIGHTS: [Right; 2] = [Right::Send, Right::Respond];

/// The file in which everything of a generated clinic stands.
fn sources() -> SourceSet {
    SourceSet::new(vec![SourceFile { path: "clinics/norrtull.yaml".into(), text: "x".into(), unreadable: None }])
}

fn plan(live: &LiveClinic, desired: &DesiredClinic) -> ClinicPlan {
    let (sources, layers, members) = (sources(), Layers::default(), Members::default());
    let today = "2026-11-22".parse().expect("a day");
    let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune: false, today };
    plan_clinic(desired, live, Policy::default(), &context)
}

/// Every answer about a clinic.
fn answers(live: &LiveClinic, desired: &DesiredClinic, plan: &ClinicPlan) -> Vec<CanI> {
    let (sources, layers, resolution) = (sources(), Layers::default(), resolve(desired, &live.directory));
    let files = Some(Files { desired, resolution: &resolution, plan, layers: &layers });
    let subject = Subject { live, files, sources: &sources };
    let staff = live.directory.staff().iter();
    staff.flat_map(|member| RIGHTS.map(|right| can_i(subject, member, right))).collect()
}

/// Who holds a right in a state, spelt out from the domain.
fn naive(state: &ClinicState, member: &StaffMember, right: Right) -> bool {
    let direction = match right {
        Right::Send => &state.healthcare_initiated,
        Right::Respond => &state.incoming,
    };
    let admitted = match &direction.accessible_to {
        Access::Everyone => true,
        Access::Listed(people) => people.iter().any(|id| *id == member.id),
    };
    let professional = member.roles.iter().any(|role| format!("{role:?}") == "HealthcareProfessional");
    direction.enabled && admitted && professional && member.active
}

/// The rights that answers differ in, from `side` to the other.
fn moved(answers: &[CanI], side: fn(&CanI) -> (bool, bool)) -> BTreeSet<(StaffId, Right)> {
    let moves = answers.iter().filter(|answer| side(answer) == (false, true));
    moves.map(|answer| (answer.person.clone(), answer.right)).collect()
}

fn rows(rows: &[RightRow]) -> BTreeSet<(StaffId, Right)> {
    rows.iter().map(|row| (row.person.clone(), row.right)).collect()
}

proptest! {
    #![proptest_config(tried(512))]

    #[test]
    fn answers_differ_exactly_where_the_plan_says_that_rights_move(live in any_live(), desired in desired()) {
        let plan = plan(&live, &desired);
        let answers = answers(&live, &desired, &plan);
        prop_assert_eq!(moved(&answers, |answer| (answer.now.may, answer.after.may)), rows(&plan.impact.gain));
        prop_assert_eq!(moved(&answers, |answer| (answer.after.may, answer.now.may)), rows(&plan.impact.lose));
    }

    #[test]
    fn answers_are_those_of_a_naive_evaluator(live in any_live(), desired in desired()) {
        let plan = plan(&live, &desired);
        let after = plan.work.as_ref().map_or(&live.state, |work| &work.wanted);
        for answer in answers(&live, &desired, &plan) {
            let member = live.directory.get(&answer.person).expect("asked of the directory");
            prop_assert_eq!(answer.now.may, naive(&live.state, member, answer.right));
            prop_assert_eq!(answer.after.may, naive(after, member, answer.right));
        }
    }

    /// A reason is true of the person, and whoever is in a list that the files declare has a line that says so.
    #[test]
    fn reasons_are_true(live in any_live(), desired in desired()) {
        let plan = plan(&live, &desired);
        for CanI { person, right, now, after, blocked, .. } in answers(&live, &desired, &plan) {
            let member = live.directory.get(&person).expect("asked of the directory");
            for answer in [&now, &after] {
                prop_assert_eq!(answer.may, matches!(answer.because, Ground::Listed | Ground::Everyone));
                prop_assert_eq!(answer.because == Ground::LeftTheClinic, !member.active);
                let role = member.active && !member.is_professional();
                prop_assert_eq!(answer.because == Ground::NotAProfessional, role);
            }
            let kind = DirectionKind::giving(right);
            let said = desired.direction(kind).accessible_to.as_ref();
            let listed = said.is_some_and(|said| matches!(said.value, AccessRule::Listed(_)));
            let admitted = after.because == Ground::Listed && listed && blocked.is_empty();
            prop_assert_eq!(!after.admitted_by.is_empty(), admitted);
            prop_assert!(now.location.is_none() && now.admitted_by.is_empty(), "no file speaks for the live state");
        }
    }
}

#[test]
fn a_clinic_that_no_file_is_about_stays_as_it_is() {
    let sources = sources();
    let live = clinic(
        "norrtull",
        ClinicState { incoming: on(listed([1])), ..ClinicState::new() },
        Directory::new(vec![professional(1)]),
    );
    let subject = Subject { live: &live, files: None, sources: &sources };
    let answer = can_i(subject, &live.directory.staff()[0], Right::Respond);
    assert_eq!((answer.now.may, &answer.now, answer.declared), (true, &answer.after, false));
}

#[test]
fn a_person_is_found_in_every_spelling_and_nearly_everybody_is_suggested() {
    let people = [1, 2].map(professional);
    let twin = StaffMember { id: StaffId::parse("st-9").expect("an id"), ..people[0].clone() };
    let directory = Directory::new(people.into_iter().collect());
    for spelling in ["st-1", "person1@norrtull.example", "PERSON1@norrtull.example", "se2321000131-n1"] {
        let found = find_person(spelling, &directory).map(|member| member.id.as_str().to_owned());
        assert_eq!(found.as_deref(), Ok("st-1"), "{spelling}");
    }
    for (spelling, near) in [
        ("person1@norrtul.example", vec!["Person 1 Exempel (person1@norrtull.example)"]),
        ("exempel", vec!["Person 1 Exempel (st-1)", "Person 2 Exempel (st-2)"]),
        ("person 2", vec!["Person 2 Exempel (st-2)"]),
        ("someone-else-altogether", vec![]),
        ("", vec![]),
    ] {
        let near = near.into_iter().map(str::to_owned).collect();
        assert_eq!(find_person(spelling, &directory), Err(PersonError::Nobody(near)), "{spelling:?}");
    }
    let doubled = Directory::new(directory.staff().iter().cloned().chain([twin]).collect());
    let several = ["Person 1 Exempel (st-1)", "Person 1 Exempel (st-9)"].map(str::to_owned).to_vec();
    assert_eq!(find_person("person1@norrtull.example", &doubled), Err(PersonError::Several(several)));
}
