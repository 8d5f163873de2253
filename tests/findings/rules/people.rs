//! Whom the files mean: alone, through groups, in small directories and in large ones.

use super::scene::*;
use clinicctl::diff::{Found, Known, Members, Mention, known_members, resolve};
use clinicctl::domain::*;
use clinicctl::rules;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// People who share addresses and HSA-ids now and then, some with neither.
fn staff() -> impl Strategy<Value = Vec<StaffMember>> {
    prop::collection::vec((0..12_u8, prop::option::of(0..12_u8)), 0..60).prop_map(|people| {
        let with = |(at, (email, hsa)): (usize, (u8, Option<u8>))| {
            let mut member = member(&format!("st-{at}"), "Somebody", &format!("p{email}@x.example"), "nurse");
            member.hsa_id = hsa.map(|hsa| HsaId::parse(&format!("SE2321000131-N{hsa}")).expect("is well formed"));
            member
        };
        people.into_iter().enumerate().map(with).collect()
    })
}

fn names() -> impl Strategy<Value = Vec<PersonRef>> {
    let name = prop_oneof![
        (0..14_u8).prop_map(|n| person(&format!("P{n}@X.example"))),
        (0..14_u8).prop_map(|n| person(&format!("se2321000131-n{n}"))),
        (0..70_u8).prop_map(|n| person(&format!("st-{n}"))),
    ];
    prop::collection::vec(name, 0..60)
}

/// What `resolve` must find, stated naively.
fn naive(directory: &Directory, person: &PersonRef) -> Found {
    match directory.find(person) {
        Match::Nobody => Found::Nobody,
        Match::One(member) => Found::One(member.id.clone()),
        Match::Several(members) => Found::Several(members.into_iter().map(|member| member.id.clone()).collect()),
    }
}

proptest! {
    #[test]
    fn large_and_small_directories_are_looked_up_alike(staff in staff(), names in names()) {
        let directory = Directory::new(staff);
        let mut desired = desired("norrtull");
        let lines = names.iter().zip(20..).map(|(who, at)| Listed { who: Who::Person(who.clone()), place: place(at) });
        desired.incoming.accessible_to = Some(said(1, AccessRule::Listed(lines.collect())));
        let found: Vec<_> = resolve(&desired, &directory).mentions.into_iter().map(|mention| mention.found).collect();
        prop_assert_eq!(found, names.iter().map(|person| naive(&directory, person)).collect::<Vec<_>>());
    }

    #[test]
    fn members_are_known_exactly_where_a_directory_has_them(staff in staff(), names in names()) {
        let directory = Directory::new(staff);
        let mut scene = Scene::new();
        let members = names.iter().zip(20..).map(|(who, at)| Member { person: who.clone(), place: place(at) });
        scene.groups.push(Group { name: GroupName::parse("all").expect("is well formed"), members: members.collect() });
        let members = Members::of(&scene.fleet());
        let known = known_members(&members, &directory);
        let unknown: BTreeSet<_> = members.unknown(&known).map(|(member, _)| member.person.clone()).collect();
        let naive = names.into_iter().filter(|person| directory.find(person) == Match::Nobody);
        prop_assert_eq!(unknown, naive.collect());
    }
}

#[test]
fn a_group_stands_for_those_of_its_members_who_are_here() {
    let mut desired = desired("norrtull");
    let group = Arc::new(group("triage", &["who.else@solna.example", ANNA]));
    let lines = vec![Listed { who: Who::Group(Arc::clone(&group)), place: place(20) }];
    desired.incoming.accessible_to = Some(said(19, AccessRule::Listed(lines)));
    let anna = Mention {
        direction: DirectionKind::Incoming,
        person: person(ANNA),
        place: place(1001),
        group: Some(group.name.clone()),
        found: Found::One(staff_id("st-1")),
    };
    assert_eq!(resolve(&desired, &Scene::new().live.directory).mentions, [anna]);
}

/// A fleet of two clinics, each of which lists a group of its own.
fn two_clinics() -> DesiredFleet {
    let mut scene = Scene::new();
    scene.groups = vec![
        group("here", &[ANNA, "karin.holm@nortull.example"]),
        Group { name: GroupName::parse("there").expect("is well formed"), ..group("here", &["no.body@solna.example"]) },
    ];
    let mut fleet = scene.fleet();
    for (clinic, name) in [("norrtull", "here"), ("solna", "there")] {
        let group = Arc::clone(&fleet.groups[&GroupName::parse(name).expect("is well formed")]);
        let lines = vec![Listed { who: Who::Group(group), place: place(20) }];
        let mut clinic = desired(clinic);
        clinic.incoming.accessible_to = Some(said(19, AccessRule::Listed(lines)));
        fleet.clinics.insert(clinic.clinic.clone(), clinic.into());
    }
    fleet
}

fn unknown(fleet: &DesiredFleet, read: &[&str]) -> Vec<String> {
    let members = Members::of(fleet);
    let mut known = Known::default();
    known.join(known_members(&members, &Scene::new().live.directory));
    known.join(known_members(&members, &Directory::default()));
    let read = read.iter().map(|clinic| ClinicId::parse(clinic).expect("is well formed")).collect();
    let findings = rules::unknown_members(fleet, &members, &known, &read);
    findings.into_iter().map(|finding| format!("{}; {}", finding.message, finding.help.join(""))).collect()
}

#[test]
fn a_member_whom_no_clinic_knows_is_a_warning_with_a_near_spelling() {
    let told = unknown(&two_clinics(), &["norrtull", "solna"]);
    let near = "`karin.holm@nortull.example` of the group `here` is nobody in any of the clinics read; \
                did you mean Karin Holm (karin.holm@norrtull.example)?";
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], near);
}

#[test]
fn a_member_of_a_group_whose_clinics_were_not_all_read_is_left_alone() {
    assert_eq!(unknown(&two_clinics(), &["norrtull"]).len(), 1);
    assert_eq!(unknown(&two_clinics(), &[]), Vec::<String>::new());
}

#[test]
fn a_fleet_that_does_not_ask_about_unknown_people_is_not_told() {
    let mut fleet = two_clinics();
    fleet.rules.insert("unknown-person".to_owned(), said(1, RuleSetting::Off));
    assert_eq!(unknown(&fleet, &["norrtull", "solna"]), Vec::<String>::new());
}
