//! `no-way-in`: incoming is on and patients have no button.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "no-way-in",
    "incoming is on, but no active `new_message` button leads there",
    "The clinic waits for messages that no patient can start, because their menu has no button for it.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: true, accessible_to: everyone}\n    \
     patient_interface:\n      buttons:\n        \
     - {id: new-message, leads_to: new_message, active: false}\n\n\
     Create or activate the button. Where incoming is on only so that other clinics can hand over, say so and the rule is \
     silent: `expects: handover_only`.",
);
