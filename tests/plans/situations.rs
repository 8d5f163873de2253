//! Situations that a fleet must be able to express: a clinic as it is, its file, and the plan of both.

use super::world::{File, button, document, leaver, live, member, on, people, scheduler};
use clinicctl::domain::{
    Access, AccessRule, ActorKind, Button, ClinicState, DesiredButton, DesiredButtons, Direction, DirectionKind,
    LastChange, Resource, StaffMember, Unlisted,
};
use insta::assert_snapshot;

fn new_message() -> Button {
    button("new-message", "new_message", &[("sv", "Nytt meddelande"), ("en", "New message")])
}

fn book() -> Button {
    button("book", "book_appointment", &[("sv", "Boka tid"), ("en", "Book appointment")])
}

fn staff() -> Vec<StaffMember> {
    vec![
        member("st-1001", "Anna Berg", "nurse"),
        member("st-1002", "Bo Ek", "nurse"),
        member("st-1003", "Karin Holm", "physician"),
        scheduler("st-1004", "Disa Lund", "nurse"),
        leaver("st-1005", "Erik Sund", "nurse"),
    ]
}

/// Everyone sends, two nurses answer, and patients have both buttons.
fn open_clinic() -> ClinicState {
    ClinicState {
        healthcare_initiated: on(Access::Everyone),
        incoming: on(people(&["st-1001", "st-1002"])),
        buttons: vec![book(), new_message()],
    }
}

#[test]
fn go_live_of_a_new_clinic() {
    let file = File::new(
        "clinic: norrtull
messaging:
  healthcare_initiated:
    enabled: true
    accessible_to: everyone
  incoming:
    enabled: true # patients and other clinics
    accessible_to: [title: nurse, karin.holm@norrtull.example]
patient_interface:
  buttons:
    - {id: new-message, leads_to: new_message, title: {sv: Nytt meddelande, en: New message}, active: true}
    - {id: book, leads_to: book_appointment, title: {sv: Boka tid, en: Book appointment}, active: true}
",
    );
    let mut desired = file.clinic();
    desired.healthcare_initiated.enabled = Some(file.said(true, "true"));
    desired.healthcare_initiated.accessible_to = Some(file.said(AccessRule::Everyone, "everyone"));
    desired.incoming.enabled = Some(file.said(true, "true # patients"));
    desired.incoming.accessible_to = Some(file.list("[title: nurse", &["title: nurse", "karin.holm@norrtull.example"]));
    desired.buttons = Some(file.buttons(vec![file.button(&new_message()), file.button(&book())]));
    assert_snapshot!(document(&file, &desired, &live(ClinicState::new(), staff())));
}

#[test]
fn an_acute_pause() {
    let file = File::new(
        "clinic: norrtull
messaging:
  incoming: {enabled: false}
patient_interface:
  buttons:
    - id: new-message
      active: false # until the staffing is solved
",
    );
    let mut desired = file.clinic();
    desired.incoming.enabled = Some(file.said(false, "false"));
    let hidden = Some(file.said(false, "false # until"));
    desired.buttons = Some(file.buttons(vec![DesiredButton { active: hidden, ..file.partial("new-message") }]));
    let mut live = live(open_clinic(), staff());
    let karin = LastChange {
        by: "karin.holm".to_owned(),
        kind: ActorKind::Person,
        at: "2026-11-21T16:40:02Z".to_owned(),
        reference: None,
    };
    live.last_changes.insert(Resource::Direction(DirectionKind::Incoming), karin);
    assert_snapshot!(document(&file, &desired, &live));
}

#[test]
fn a_leaver_who_was_the_only_responder() {
    let file = File::new(
        "clinic: norrtull
messaging:
  incoming:
    accessible_to: [erik.sund@norrtull.example, anna.berg@norrtull.example, bo.ek@norrtull.example]
",
    );
    let mut desired = file.clinic();
    let lines = ["erik.sund@norrtull.example", "anna.berg@norrtull.example", "bo.ek@norrtull.example"];
    desired.incoming.accessible_to = Some(file.list("[erik", &lines));
    let left = ClinicState { incoming: on(people(&["st-1005"])), ..open_clinic() };
    assert_snapshot!(document(&file, &desired, &live(left, staff())));
}

#[test]
fn a_leaver_alone_is_no_reason_to_write() {
    let file = File::new(
        "clinic: norrtull
messaging:
  incoming:
    accessible_to: [erik.sund@norrtull.example, anna.berg@norrtull.example]
",
    );
    let mut desired = file.clinic();
    let lines = ["erik.sund@norrtull.example", "anna.berg@norrtull.example"];
    desired.incoming.accessible_to = Some(file.list("[erik", &lines));
    let with_leaver = ClinicState { incoming: on(people(&["st-1001", "st-1005"])), ..open_clinic() };
    assert_snapshot!(document(&file, &desired, &live(with_leaver, staff())));
}

#[test]
fn nurse_triage() {
    let file = File::new(
        "clinic: norrtull
messaging:
  incoming: {accessible_to: [title: nurse]}
",
    );
    let mut desired = file.clinic();
    desired.incoming.accessible_to = Some(file.list("[title: nurse]", &["title: nurse"]));
    let everyone = ClinicState { incoming: on(Access::Everyone), ..open_clinic() };
    assert_snapshot!(document(&file, &desired, &live(everyone, staff())));
}

#[test]
fn an_open_front_door() {
    let file = File::new(
        "clinic: norrtull
messaging:
  healthcare_initiated: {enabled: true, accessible_to: everyone}
  incoming: {accessible_to: everyone, enabled: true}
patient_interface:
  buttons:
    - {id: new-message, leads_to: new_message, title: {sv: Nytt meddelande, en: New message}, active: true}
    - {id: book, leads_to: book_appointment, title: {sv: Boka tid, en: Book appointment}, active: true}
",
    );
    let mut desired = file.clinic();
    desired.healthcare_initiated.enabled = Some(file.said(true, "true, accessible_to: everyone}"));
    desired.healthcare_initiated.accessible_to = Some(file.said(AccessRule::Everyone, "everyone}"));
    desired.incoming.enabled = Some(file.said(true, "true}\npatient"));
    desired.incoming.accessible_to = Some(file.said(AccessRule::Everyone, "everyone, enabled"));
    desired.buttons = Some(file.buttons(vec![file.button(&new_message()), file.button(&book())]));
    let closed = ClinicState { incoming: Direction::off(), buttons: vec![book()], ..open_clinic() };
    assert_snapshot!(document(&file, &desired, &live(closed, staff())));
}

#[test]
fn a_button_that_nobody_lists() {
    let file = File::new(
        "clinic: norrtull
patient_interface:
  buttons: [id: book]
  unlisted_buttons: remove
",
    );
    let mut desired = file.clinic();
    let buttons = file.buttons(vec![file.partial("book")]);
    desired.buttons = Some(DesiredButtons { unlisted: Some(file.said(Unlisted::Remove, "remove")), ..buttons });
    assert_snapshot!(document(&file, &desired, &live(open_clinic(), staff())));
}
