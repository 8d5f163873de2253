//! `nobody-answers`: incoming is on and nobody may respond.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "nobody-answers",
    "incoming is on with nobody who may respond",
    "Patients and other clinics can write, and no healthcare professional may open what they wrote. An urgent message \
     lies there until somebody complains.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: true, accessible_to: []}\n\n\
     Those who may respond are the people of the list (or everyone) who are active and healthcare professionals of this \
     clinic. A list of leavers, of schedulers or of colleagues of another clinic is a list of nobody. Name somebody who \
     works here, or switch incoming off and hide the button.",
).fixed();
