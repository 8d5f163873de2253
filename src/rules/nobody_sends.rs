//! `nobody-sends`: professional-initiated conversations are on and nobody may start one.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "nobody-sends",
    "professional-initiated conversations are on with nobody who may start one",
    "The clinic believes that it can write to its patients, and none of its professionals can. Call-backs and results \
     wait for a colleague who does not exist.\n\n\
     Guilty:\n\n    messaging:\n      healthcare_initiated: {enabled: true, accessible_to: []}\n\n\
     Those who may send are the people of the list (or everyone) who are active and healthcare professionals of this \
     clinic. Name somebody who works here, write `everyone`, or switch the direction off.",
)
.fixed();
