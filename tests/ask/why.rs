//! `why`: every value of every resource, live and wanted, and whether the files say it.

use crate::support::world::{any_live, button_id, desired, tried};
use clinicctl::ask::{Files, Part, Subject, Target, TargetError, Why, why};
use clinicctl::diff::{FieldValue, Members, resolve, scope};
use clinicctl::domain::{
    Access, AccessRule, ClinicState, DesiredClinic, Direction, DirectionKind, Field, Layers, LiveClinic, Resource,
};
use clinicctl::plan::{PlanContext, plan_clinic};
use clinicctl::rules::Policy;
use clinicctl::source::{SourceFile, SourceSet};
use proptest::prelude::*;

fn ask(live: &LiveClinic, desired: Option<&DesiredClinic>, address: &str) -> Result<Why, TargetError> {
    let file = SourceFile { path: "clinics/norrtull.yaml".into(), text: "x".into(), unreadable: None };
    let (sources, layers, members) = (SourceSet::new(vec![file]), Layers::default(), Members::default());
    let today = "2026-11-22".parse().expect("a day");
    let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune: false, today };
    let made = desired.map(|desired| {
        (desired, resolve(desired, &live.directory), plan_clinic(desired, live, Policy::default(), &context))
    });
    let files = made.as_ref().map(|(desired, resolution, plan)| Files { desired, resolution, plan, layers: &layers });
    why(Subject { live, files, sources: &sources }, &Target::parse(address).expect("an address"))
}

/// What a run without `--prune` leads to, were no rule asked.
fn wanted(live: &LiveClinic, desired: &DesiredClinic) -> ClinicState {
    scope(desired, live, &resolve(desired, &live.directory), false).wanted
}

fn switch(direction: &Direction) -> Option<FieldValue> {
    Some(FieldValue::Switch(direction.enabled))
}

proptest! {
    #![proptest_config(tried(256))]

    #[test]
    fn a_direction_is_shown_as_it_is_and_as_it_is_wanted(live in any_live(), desired in desired()) {
        let wanted = wanted(&live, &desired);
        for kind in DirectionKind::ALL {
            let answer = ask(&live, Some(&desired), &format!("norrtull/{}", Resource::Direction(kind)));
            let answer = answer.expect("every clinic has its directions");
            let said = desired.direction(kind);
            let [enabled, list] = answer.values.as_slice() else { panic!("{answer:?}") };
            prop_assert_eq!((&enabled.path, &list.path), (&Field::Enabled, &Field::AccessibleTo));
            prop_assert_eq!(&enabled.live, &switch(live.state.direction(kind)));
            prop_assert_eq!(&enabled.wanted, &switch(wanted.direction(kind)));
            prop_assert_eq!((enabled.managed, enabled.origin.is_some()), (said.enabled.is_some(), enabled.managed));
            prop_assert_eq!(list.managed, said.accessible_to.is_some());
        }
    }

    /// Everybody in either list is there, with a line exactly where the files list people.
    #[test]
    fn everybody_in_a_list_is_named_with_the_line_that_admits_them(live in any_live(), desired in desired()) {
        let wanted = wanted(&live, &desired);
        for kind in DirectionKind::ALL {
            let address = format!("norrtull/{}.accessible_to", Resource::Direction(kind));
            let answer = ask(&live, Some(&desired), &address).expect("every clinic has its directions");
            let said = desired.direction(kind).accessible_to.as_ref();
            let lists = said.is_some_and(|said| matches!(said.value, AccessRule::Listed(_)));
            let (before, after) = (&live.state.direction(kind).accessible_to, &wanted.direction(kind).accessible_to);
            let is_in = |access: &Access, id| match access {
                Access::Everyone => true,
                Access::Listed(people) => people.contains(id),
            };
            let people = &answer.values[0].people;
            for person in people {
                prop_assert_eq!(person.live, is_in(before, &person.person));
                prop_assert_eq!(person.wanted, is_in(after, &person.person));
                prop_assert_eq!(!person.admitted_by.is_empty(), person.wanted && lists, "{:?}", person);
            }
            for listed in [before, after] {
                let Access::Listed(listed) = listed else { continue };
                prop_assert!(listed.iter().all(|id| people.iter().any(|person| person.person == *id)));
            }
        }
    }

    #[test]
    fn a_button_is_managed_value_by_value(live in any_live(), desired in desired()) {
        let wanted = wanted(&live, &desired);
        for id in crate::support::world::BUTTONS {
            let listed = desired.buttons.iter().flat_map(|buttons| &buttons.listed).find(|said| said.id.as_str() == id);
            let answer = ask(&live, Some(&desired), &format!("norrtull/buttons/{id}"));
            let (was, will) = (live.state.button(&button_id(id)), wanted.button(&button_id(id)));
            if was.is_none() && listed.is_none() {
                let is_no_button = matches!(answer, Err(TargetError::NoButton { .. }));
                prop_assert!(is_no_button);
                continue;
            }
            let answer = answer.expect("it is live or listed");
            prop_assert_eq!(answer.exists, was.is_some());
            prop_assert_eq!(answer.values.is_empty(), was.is_none() && will.is_none());
            for value in answer.values {
                let said = listed.is_some_and(|said| match &value.path {
                    Field::LeadsTo => said.leads_to.is_some(),
                    Field::Title(language) => said.title.contains_key(language),
                    Field::Active => said.active.is_some(),
                    Field::ShownIn => said.shown_in.is_some(),
                    Field::Enabled | Field::AccessibleTo | Field::Order => false,
                });
                prop_assert_eq!(value.managed, said);
                prop_assert!(said || was.is_none() || value.live == value.wanted, "unmanaged, and it changes");
            }
        }
    }

    #[test]
    fn where_no_file_is_about_the_clinic_nothing_is_managed(live in any_live()) {
        let answer = ask(&live, None, "norrtull/messaging/incoming").expect("every clinic has its directions");
        prop_assert!(!answer.declared && answer.values.iter().all(|value| !value.managed && value.live == value.wanted));
    }
}

#[test]
fn an_address_reads_back_as_it_is_written() {
    for address in [
        "norrtull/messaging/incoming",
        "norrtull/messaging/incoming.accessible_to",
        "norrtull/messaging/healthcare-initiated.enabled",
        "norrtull/buttons/new-message",
        "norrtull/buttons/new-message.title",
        "norrtull/buttons/new-message.title.sv",
        "norrtull/button-order",
        "norrtull/button-order.order",
    ] {
        assert_eq!(Target::parse(address).map(|target| target.to_string()).as_deref(), Ok(address));
    }
    let part = |address| Target::parse(address).map(|target| target.part);
    assert_eq!(part("a/buttons/b.title"), Ok(Part::Titles));
}

#[test]
fn what_is_no_address_is_told_with_the_nearest_one() {
    for (address, hint) in [
        ("norrtull", "an address is"),
        ("", "an address is"),
        ("/messaging/incoming", "an address is"),
        ("Norrtull/messaging/incoming", "an address is"),
        ("norrtull/", "an address is"),
        ("norrtull/messaging/incomming", "`norrtull/messaging/incoming`"),
        ("norrtull/messaging/healthcare_initiated", "`norrtull/messaging/healthcare-initiated`"),
        ("norrtull/incoming", "`norrtull/messaging/incoming`"),
        ("norrtull/buttonorder", "`norrtull/button-order`"),
        ("norrtull/messaging/incoming.acessible_to", "`norrtull/messaging/incoming.accessible_to`"),
        ("norrtull/messaging/incoming.", "an address is"),
        ("norrtull/messaging/incoming.title", "an address is"),
        ("norrtull/buttons/book.titel", "`norrtull/buttons/book.title`"),
        ("norrtull/buttons/book.activ", "`norrtull/buttons/book.active`"),
        ("norrtull/buttons/BOOK", "an address is"),
        ("norrtull/buttons/book.order", "an address is"),
    ] {
        let error = Target::parse(address).expect_err(address);
        assert!(error.hint().contains(hint), "{address}: {error}: {}", error.hint());
    }
}
