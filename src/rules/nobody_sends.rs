//! `nobody-sends`: professional-initiated conversations are on and nobody may start one.

use super::Breach;
use super::Rule;
use super::Thing;
use super::asked::Asked;
use super::declared::Declared;
use super::declared::Told;
use super::rule::InResult;
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

const KIND: DirectionKind = DirectionKind::HealthcareInitiated;

const HELP: &str = "name somebody who is active and a healthcare professional here, or switch the direction off";

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    let Some((switch, list)) = declared.nobody(KIND) else { return };
    let (at, also) = declared.own_first(list, switch);
    let finding = RULE.finding(at, message("the list is empty")).also(also, "together with this").help(HELP);
    told.push(Told { thing: Thing::Direction(KIND), finding });
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    if asked.state.direction(KIND).enabled && asked.holders(KIND, 1) == 0 {
        let message = message("nobody who is admitted is active and a healthcare professional of this clinic");
        breaches.push(RULE.breach(Thing::Direction(KIND), asked.list_place(KIND), message).help(HELP));
    }
}

fn message(why: &str) -> String {
    format!("professional-initiated conversations are on, and nobody may start one: {why}")
}
