//! `nobody-sends`: professional-initiated conversations are on and no person may start one.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::nobody::Nobody;
use super::rule::InResult;
use super::{Breach, Rule};
use crate::domain::DirectionKind;

pub(super) const RULE: Rule = Rule::error(
    "nobody-sends",
    "professional-initiated conversations are on with nobody who may start one",
    "The clinic believes that it can write to its patients, and none of its professionals can. Call-backs and results \
     wait for a colleague who does not exist.\n\n\
     Guilty:\n\n    messaging:\n      healthcare_initiated: {enabled: true, accessible_to: []}\n\n\
     Those who may send are the people of the list (or everyone) who are active and healthcare professionals of this \
     clinic. Name somebody who works here, write `everyone`, or switch the direction off.",
)
.fixed()
.in_files(in_files)
.in_result(InResult::State(in_state));

const NOBODY: Nobody = Nobody {
    direction: DirectionKind::HealthcareInitiated,
    says: "professional-initiated conversations are on, and nobody may start one",
    help: "name somebody who is active and a healthcare professional here, or switch the direction off",
};

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    NOBODY.in_files(&RULE, declared, told);
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    NOBODY.in_state(&RULE, asked, breaches);
}
