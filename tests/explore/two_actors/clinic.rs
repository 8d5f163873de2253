//! The small clinic: what is live, what the files want, and what the person in the console may do.

use crate::support::world::{button, button_id, clinic_id, language, listed, live, nowhere, on, professional, said};
use clinicctl::domain::{
    Access, AccessRule, Button, ClinicState, DesiredButton, DesiredButtons, DesiredClinic, DesiredDirection,
    DirectionKind, Directory, LeadsTo, Listed, LiveClinic, PersonRef, StaffId, Unlisted, Who,
};
use clinicctl::plan::Write;

/// An apply of one clinic.
pub(super) struct Scenario {
    pub(super) name: &'static str,
    start: fn() -> ClinicState,
    incoming: bool,
    opens: bool,
}

/// Opening takes three writes, closing two, narrowing a list one.
pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario { name: "the front door opens", start: closed, incoming: true, opens: true },
    Scenario { name: "the front door closes", start: open, incoming: false, opens: false },
    Scenario { name: "a list is narrowed", start: open, incoming: true, opens: true },
];

impl Scenario {
    /// The clinic before the apply.
    pub(super) fn live(&self) -> LiveClinic {
        live("norrtull", (self.start)(), Directory::new(vec![professional(1), professional(2)]))
    }

    /// What the files want: incoming for person 1, and the button in front. They leave professional-initiated
    /// conversations and the other button to the live system.
    pub(super) fn desired(&self) -> DesiredClinic {
        let person = StaffId::parse("st-1").expect("a staff id");
        let line = Listed { who: Who::Person(PersonRef::StaffId(person)), place: nowhere() };
        DesiredClinic {
            clinic: clinic_id("norrtull"),
            place: nowhere(),
            extends: Vec::new(),
            labels: Default::default(),
            expects: None,
            healthcare_initiated: DesiredDirection { enabled: None, accessible_to: None },
            incoming: DesiredDirection {
                enabled: Some(said(self.incoming)),
                accessible_to: Some(said(AccessRule::Listed(vec![line]))),
            },
            buttons: Some(DesiredButtons {
                listed: vec![self.write_button(), unmanaged_book()],
                order: said(()),
                unlisted: Some(said(Unlisted::Keep)),
            }),
            waivers: Vec::new(),
        }
    }

    fn write_button(&self) -> DesiredButton {
        DesiredButton {
            id: button_id("write"),
            place: nowhere(),
            leads_to: Some(said(LeadsTo::NewMessage)),
            title_place: None,
            title: [(language("sv"), said("Knapp write".into()))].into_iter().collect(),
            active: Some(said(self.opens)),
            shown_in: None,
        }
    }
}

/// Listed for its place alone.
fn unmanaged_book() -> DesiredButton {
    DesiredButton {
        id: button_id("book"),
        place: nowhere(),
        leads_to: None,
        title_place: None,
        title: Default::default(),
        active: None,
        shown_in: None,
    }
}

fn closed() -> ClinicState {
    ClinicState { buttons: vec![button("book", LeadsTo::BookAppointment)], ..ClinicState::new() }
}

fn open() -> ClinicState {
    let buttons = vec![button("write", LeadsTo::NewMessage), button("book", LeadsTo::BookAppointment)];
    ClinicState { incoming: on(listed([1, 2])), buttons, ..ClinicState::new() }
}

/// What the person in the console may do: overrule the list, put a button of their own, let everybody send, change our
/// button.
pub(super) fn edits() -> Vec<Write> {
    vec![
        Write::PutDirection { direction: DirectionKind::Incoming, to: on(listed([2])) },
        Write::PutButton(button("theirs", LeadsTo::NewMessage)),
        Write::PutDirection { direction: DirectionKind::HealthcareInitiated, to: on(Access::Everyone) },
        Write::PutButton(Button { active: false, ..button("write", LeadsTo::DropIn) }),
    ]
}
