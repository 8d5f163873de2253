//! The rest of a saved plan, in a clinic that somebody else has written to: it goes on only where nothing differs.

use super::world::{File, button, live, member, on, people, plan, today};
use clinicctl::domain::{
    Access, AccessRule, ClinicState, DesiredClinic, DesiredDirection, Directory, LiveClinic, Revision, StaffMember,
};
use clinicctl::plan::{ClinicPlan, ClinicWork, RemainingWork, Replanned};

const TEXT: &str = "\
clinic: norrtull
messaging:
  healthcare_initiated: {enabled: true, accessible_to: everyone}
  incoming:
    enabled: true
    accessible_to: [p1, p2]
";

fn staff() -> Vec<StaffMember> {
    ["p1", "p2", "p3"].map(|id| member(id, id, "nurse")).into()
}

/// Nothing is said about the button.
fn before() -> LiveClinic {
    let buttons = vec![button("old", "drop_in", &[("sv", "Gammal"), ("en", "Old")])];
    live(ClinicState { buttons, ..ClinicState::new() }, staff())
}

/// A plan of two steps, of which the first one is done.
fn planned() -> ClinicPlan {
    let file = File::new(TEXT);
    let direction =
        |accessible_to| DesiredDirection { enabled: Some(file.said(true, "true")), accessible_to: Some(accessible_to) };
    let desired = DesiredClinic {
        healthcare_initiated: direction(file.said(AccessRule::Everyone, "everyone")),
        incoming: direction(file.list("[p1, p2]", &["p1", "p2"])),
        ..file.clinic()
    };
    plan(&file, &desired, &before())
}

/// What is compared: the clinic as the plan left it, changed by `edit`.
fn compare(edit: impl FnOnce(&mut LiveClinic, &ClinicWork)) -> Replanned {
    let ClinicPlan { impact, work, .. } = planned();
    let work = work.expect("there is something to do");
    let [first, left @ ..] = work.steps.as_slice() else { panic!("{work:?}") };
    assert_eq!(left.len(), 1, "two steps: {work:?}");
    let mut expected = work.before.clone();
    for direction in clinicctl::domain::DirectionKind::ALL {
        if first.write.resource() == clinicctl::domain::Resource::Direction(direction) {
            *expected.direction_mut(direction) = work.wanted.direction(direction).clone();
        }
    }
    assert_ne!(expected, work.before);
    let mut live = LiveClinic { state: expected.clone(), revision: Revision(99), ..before() };
    edit(&mut live, &work);
    RemainingWork { work: &work, left, expected: &expected }.compare_strictly(&impact, &live, today())
}

fn why(again: Replanned) -> String {
    let Replanned::Different(why) = again else { panic!("{again:?}") };
    why
}

#[test]
fn a_clinic_that_is_exactly_as_the_plan_left_it_goes_on_whatever_its_revision() {
    let wanted = planned().work.expect("work").wanted;
    assert_eq!(compare(|_, _| ()), Replanned::Same { wanted });
}

#[test]
fn any_edit_of_anything_is_a_conflict() {
    let edits: [fn(&mut ClinicState); 4] = [
        |state| state.buttons[0].active = false,
        |state| state.buttons.clear(),
        |state| state.incoming = on(people(&["p3"])),
        |state| state.healthcare_initiated = on(people(&["p3"])),
    ];
    for edit in edits {
        let why = why(compare(|live, _| edit(&mut live.state)));
        assert_eq!(why, "a saved plan goes on only where a clinic is exactly as the plan left it");
    }
}

#[test]
fn where_others_have_done_all_of_it_nothing_is_left() {
    assert_eq!(compare(|live, work| live.state = work.wanted.clone()), Replanned::Nothing);
}

#[test]
fn somebody_who_has_left_is_not_brought_in() {
    let why = why(compare(|live, _| {
        let left = |person: StaffMember| StaffMember { active: person.id.as_str() != "p2", ..person };
        live.directory = Directory::new(staff().into_iter().map(left).collect());
    }));
    assert!(why.starts_with("it is now blocked by `"), "{why}");
}

#[test]
fn somebody_who_has_come_and_would_gain_a_right_unseen_is_a_conflict() {
    let why = why(compare(|live, work| {
        assert_eq!(work.wanted.healthcare_initiated.accessible_to, Access::Everyone);
        let new = member("p4", "p4", "nurse");
        live.directory = Directory::new(staff().into_iter().chain([new]).collect());
    }));
    assert_eq!(why, "what people and patients would notice now is not what the plan showed");
}
