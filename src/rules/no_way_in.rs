//! `no-way-in`: incoming is on and patients have no button.

use super::asked::Asked;
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::{Button, DirectionKind, Expectation};

pub(super) const RULE: Rule = Rule::warning(
    "no-way-in",
    "incoming is on, but no active `new_message` button leads there",
    "The clinic waits for messages that no patient can start, because their menu has no button for it.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: true, accessible_to: everyone}\n    \
     patient_interface:\n      buttons:\n        \
     - {id: new-message, leads_to: new_message, active: false}\n\n\
     Create or activate the button. Where incoming is on only so that other clinics can hand over, say so and the rule is \
     silent: `expects: handover_only`.",
).in_result(InResult::State(in_state));

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    let meant = asked.policy.expects == Some(Expectation::HandoverOnly);
    let state = asked.state;
    if meant || !state.incoming.enabled || state.buttons.iter().any(Button::opens_messages) {
        return;
    }
    let message = "incoming is on, but no active button leads patients to a new message";
    let breach = RULE.breach(AskedAbout::Clinic, asked.switch_place(DirectionKind::Incoming), message);
    breaches.push(breach.help("activate a button that leads to `new_message`, or say `expects: handover_only`"));
}
