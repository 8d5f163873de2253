//! `dead-button`: a patient presses a button and nothing can come of it.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::{Button, ButtonId, DesiredButton, DirectionKind, LeadsTo};
use crate::source::Place;

pub(super) const RULE: Rule = Rule::error(
    "dead-button",
    "an active `new_message` button while incoming is off leads nowhere",
    "A patient sees the button, presses it, and cannot send anything. Some try again for days, some give up, and nobody \
     at the clinic notices, because nothing arrives.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: false}\n    patient_interface:\n      buttons:\n        \
     - {id: new-message, leads_to: new_message, active: true}\n\n\
     Switch incoming on, let the button lead elsewhere, or write `active: false`. For a pause, do both: the button \
     hidden, incoming off. The order of the writes is not your concern; a plan hides the button first.",
).fixed().in_files(in_files).in_result(InResult::State(in_state));

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    let Some(off) = declared.clinic.incoming.enabled.as_ref().filter(|said| !said.value) else { return };
    for button in declared.buttons() {
        let Some(active) = opens_messages(button) else { continue };
        let (at, also) = declared.own_first(active, off.place);
        let finding = RULE.finding(at, message(&button.id)).also(also, "while this says otherwise").help(HELP);
        told.push(Told { thing: AskedAbout::Button(button.id.clone()), finding });
    }
}

/// Where the files make `button` an active one that starts a new message, if they do.
fn opens_messages(button: &DesiredButton) -> Option<Place> {
    let target = button.leads_to.as_ref()?;
    let active = button.active.as_ref()?;
    (target.value == LeadsTo::NewMessage && active.value).then_some(active.place)
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    if asked.state.incoming.enabled {
        return;
    }
    for Button { id, .. } in asked.state.buttons.iter().filter(|button| button.opens_messages()) {
        breaches.push(RULE.breach(AskedAbout::Button(id.clone()), place(asked, id), message(id)).help(HELP));
    }
}

/// The line that activates the button, else the one that switches incoming off.
fn place(asked: &Asked<'_>, id: &ButtonId) -> Option<Place> {
    let active = asked.desired_button(id).and_then(|button| button.active.as_ref());
    active.map(|said| said.place).or_else(|| asked.switch_place(DirectionKind::Incoming))
}

const HELP: &str = "switch incoming on, or hide the button with `active: false`";

fn message(id: &ButtonId) -> String {
    format!(
        "the active button `{id}` leads to a new message while incoming is off, so patients who press it get nowhere"
    )
}
