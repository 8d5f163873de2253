//! `nobody-answers`: incoming is on and no person may respond.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::nobody::Nobody;
use super::rule::InResult;
use super::{Breach, Rule};
use crate::domain::DirectionKind;

pub(super) const RULE: Rule = Rule::error(
    "nobody-answers",
    "incoming is on with nobody who may respond",
    "Patients and other clinics can write, and no healthcare professional may open what they wrote. An urgent message \
     lies there until somebody complains.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: true, accessible_to: []}\n\n\
     Those who may respond are the people of the list (or everyone) who are active and healthcare professionals of this \
     clinic. A list of leavers, of schedulers or of colleagues of another clinic is a list of nobody. Name somebody who \
     works here, or switch incoming off and hide the button.",
).fixed().in_files(in_files).in_result(InResult::State(in_state));

const NOBODY: Nobody = Nobody {
    direction: DirectionKind::Incoming,
    says: "incoming is on, and nobody may respond",
    help: "name somebody who is active and a healthcare professional here, or switch incoming off",
};

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    NOBODY.in_files(&RULE, declared, told);
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    NOBODY.in_state(&RULE, asked, breaches);
}
