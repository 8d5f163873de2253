//! A clinic that is planned again by its files, after somebody else has written to it: it goes on only with the writes,
//! the overwritten values and the impact that were shown.

use super::world::{File, button, live, member, plan};
use clinicctl::domain::{
    AccessRule, ClinicState, DesiredClinic, DesiredDirection, Directory, LiveClinic, Revision, StaffMember,
};
use clinicctl::plan::{ClinicPlan, RemainingWork, Replanned};

const OTHER_WRITES: &str = "what would be written now is not what the plan showed";
const OTHER_VALUES: &str = "what would be overwritten now is not what the plan showed";
const OTHER_IMPACT: &str = "what people and patients would notice now is not what the plan showed";

const TEXT: &str = "\
clinic: norrtull
messaging:
  incoming: {enabled: true, accessible_to: everyone}
interface:
  buttons:
    - id: book
      leads_to: book_appointment
      title: {sv: Boka tid, en: Book}
      active: true
";

fn staff() -> Vec<StaffMember> {
    ["p1", "p2", "p3"].map(|id| member(id, id, "nurse")).into()
}

/// Nothing is said about the button `old`.
fn before() -> LiveClinic {
    let titles = [("sv", "Boka"), ("en", "Book")];
    let buttons =
        vec![button("book", "book_appointment", &titles), button("old", "drop_in", &[("sv", "Kö"), ("en", "Queue")])];
    live(ClinicState { buttons, ..ClinicState::new() }, staff())
}

fn desired(file: &File) -> DesiredClinic {
    let everyone = file.said(AccessRule::Everyone, "everyone");
    let incoming = DesiredDirection { enabled: Some(file.said(true, "true")), accessible_to: Some(everyone) };
    let book = button("book", "book_appointment", &[("sv", "Boka tid"), ("en", "Book")]);
    DesiredClinic { incoming, buttons: Some(file.buttons(vec![file.button(&book)])), ..file.clinic() }
}

/// What is compared when this happened before the first step.
fn compare(edit: impl FnOnce(&mut LiveClinic)) -> Replanned {
    let file = File::new(TEXT);
    let desired = desired(&file);
    let ClinicPlan { impact, work, .. } = plan(&file, &desired, &before());
    let work = work.expect("there is something to do");
    assert_eq!(work.steps.len(), 2, "{work:?}");
    let mut live = LiveClinic { revision: Revision(99), ..before() };
    edit(&mut live);
    let again = plan(&file, &desired, &live);
    RemainingWork { work: &work, left: &work.steps, expected: &work.before }.compare(&impact, &live, again)
}

fn goes_on(again: &Replanned) -> bool {
    matches!(again, Replanned::Same { .. })
}

#[test]
fn what_changes_nothing_of_what_was_shown_is_gone_on_from() {
    assert!(goes_on(&compare(|_| ())));
    // Nobody sees a button that is off, and nothing is written to it.
    let hidden = button("later", "drop_in", &[("sv", "Sedan"), ("en", "Later")]);
    let again = compare(|live| live.state.buttons.push(clinicctl::domain::Button { active: false, ..hidden }));
    assert!(goes_on(&again), "{again:?}");
}

#[test]
fn whoever_would_gain_a_right_unseen_stops_it() {
    let again = compare(|live| {
        let new = member("p4", "p4", "nurse");
        live.directory = Directory::new(staff().into_iter().chain([new]).collect());
    });
    assert_eq!(again, Replanned::Different(OTHER_IMPACT.to_owned()));
}

#[test]
fn a_menu_that_patients_would_see_otherwise_stops_it() {
    let again = compare(|live| live.state.buttons[1] = button("old", "drop_in", &[("sv", "Kölapp"), ("en", "Queue")]));
    assert_eq!(again, Replanned::Different(OTHER_IMPACT.to_owned()));
}

#[test]
fn other_writes_and_other_values_stop_it() {
    let again = compare(|live| live.state.incoming.enabled = true);
    assert_eq!(again, Replanned::Different(OTHER_VALUES.to_owned()));
    let done = button("book", "book_appointment", &[("sv", "Boka tid"), ("en", "Book")]);
    let again = compare(|live| live.state.buttons[0] = done);
    assert_eq!(again, Replanned::Different(OTHER_WRITES.to_owned()));
}
