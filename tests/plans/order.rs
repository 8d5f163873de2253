//! When a change is written, and what it waits for.

use super::world::{button, on, people};
use clinicctl::diff::diff;
use clinicctl::domain::{Access, Button, ClinicState, Direction};
use clinicctl::plan::{Phase, order};

fn direction(before: &Direction, after: &Direction) -> Phase {
    let state = |direction: &Direction| ClinicState { incoming: direction.clone(), ..ClinicState::new() };
    Phase::of(&diff(&state(before), &state(after))[0])
}

fn menu(buttons: &[Button]) -> ClinicState {
    ClinicState { buttons: buttons.to_vec(), ..ClinicState::new() }
}

fn hidden(button: Button) -> Button {
    Button { active: false, ..button }
}

#[test]
fn a_direction_takes_only_where_nobody_can_gain() {
    let off = |accessible_to| Direction { enabled: false, accessible_to };
    let (one, two) = (people(&["st-1"]), people(&["st-1", "st-2"]));
    let takes = [
        (on(two.clone()), on(one.clone())),
        (on(Access::Everyone), on(one.clone())),
        (on(one.clone()), off(Access::Everyone)),
        (off(one.clone()), off(two.clone())),
        (on(two.clone()), on(Access::nobody())),
    ];
    let gives = [
        (on(one.clone()), on(two.clone())),
        (on(one.clone()), on(people(&["st-2"]))),
        (on(two), on(Access::Everyone)),
        (off(one.clone()), on(one)),
    ];
    for (before, after) in &takes {
        assert_eq!(direction(before, after), Phase::TakeRights, "{before:?} to {after:?}");
    }
    for (before, after) in &gives {
        assert_eq!(direction(before, after), Phase::GiveRights, "{before:?} to {after:?}");
    }
}

#[test]
fn only_an_active_button_that_leads_to_a_new_message_closes() {
    let open = || button("a", "new_message", &[("sv", "Skriv")]);
    let book = || button("a", "book_appointment", &[("sv", "Skriv")]);
    let retitled = button("a", "new_message", &[("sv", "Skriv till oss")]);
    let table = [
        (vec![open()], vec![hidden(open())], Phase::CloseButtons),
        (vec![open()], vec![book()], Phase::CloseButtons),
        (vec![open()], vec![], Phase::CloseButtons),
        (vec![open()], vec![retitled], Phase::Buttons),
        (vec![hidden(open())], vec![open()], Phase::Buttons),
        (vec![hidden(open())], vec![], Phase::Buttons),
        (vec![book()], vec![hidden(book())], Phase::Buttons),
        (vec![], vec![open()], Phase::Buttons),
    ];
    for (before, after, phase) in table {
        assert_eq!(Phase::of(&diff(&menu(&before), &menu(&after))[0]), phase, "{before:?} to {after:?}");
    }
}

/// The steps as `id address <- what it waits for`.
fn steps(before: &ClinicState, after: &ClinicState) -> Vec<String> {
    let steps = order(&diff(before, after));
    steps.iter().map(|step| format!("{} {} <- {:?}", step.id, step.write.resource(), step.waits_for)).collect()
}

#[test]
fn a_clinic_closes_from_the_outside_in() {
    let write = button("write", "new_message", &[]);
    let open = ClinicState { incoming: on(Access::Everyone), ..menu(std::slice::from_ref(&write)) };
    let closed = menu(&[hidden(write)]);
    assert_eq!(steps(&open, &closed), ["1 buttons/write <- []", "2 messaging/incoming <- [1]"]);
    assert_eq!(steps(&closed, &open), ["1 messaging/incoming <- []", "2 buttons/write <- [1]"]);
}

#[test]
fn one_direction_takes_before_another_gives() {
    let before =
        ClinicState { healthcare_initiated: Direction::off(), incoming: on(Access::Everyone), buttons: vec![] };
    let after = ClinicState { healthcare_initiated: on(Access::Everyone), incoming: Direction::off(), buttons: vec![] };
    let wanted = ["1 messaging/incoming <- []", "2 messaging/healthcare-initiated <- []"];
    assert_eq!(steps(&before, &after), wanted);
}

#[test]
fn an_order_waits_for_what_creates_and_deletes() {
    let some = |ids: &[&str]| menu(&ids.iter().map(|id| button(id, "drop_in", &[])).collect::<Vec<_>>());
    let appended = ["1 buttons/c <- []", "2 buttons/d <- [1]", "3 buttons/a <- []"];
    assert_eq!(steps(&some(&["a", "b"]), &some(&["b", "c", "d"])), appended);
    let moved = ["1 buttons/c <- []", "2 buttons/a <- []", "3 button-order <- [1, 2]"];
    assert_eq!(steps(&some(&["a", "b"]), &some(&["c", "b"])), moved);
    assert_eq!(steps(&some(&["a", "b"]), &some(&["b", "a"])), ["1 button-order <- []"]);
}
