//! `dead-button`: a patient presses a button and nothing can come of it.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "dead-button",
    "an active `new_message` button while incoming is off leads nowhere",
    "A patient sees the button, presses it, and cannot send anything. Some try again for days, some give up, and nobody \
     at the clinic notices, because nothing arrives.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: false}\n    patient_interface:\n      buttons:\n        \
     - {id: new-message, leads_to: new_message, active: true}\n\n\
     Switch incoming on, let the button lead elsewhere, or write `active: false`. For a pause, do both: the button \
     hidden, incoming off. The order of the writes is not your concern; a plan hides the button first.",
).fixed();
