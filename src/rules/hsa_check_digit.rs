//! `hsa-check-digit`: an HSA-id whose organisation number cannot be right.

use super::declared::{Declared, Told};
use super::{AskedAbout, Rule};
use crate::diagnostic::Finding;
use crate::domain::{Group, Listed, PersonRef, Who};
use crate::source::Place;

pub(super) const RULE: Rule = Rule::warning(
    "hsa-check-digit",
    "the check digit of the organisation number in an HSA-id is wrong",
    "The ten digits after `SE` are an organisation number, and its last digit is computed from the others. Where it does \
     not fit, a digit was mistyped or two were swapped, and the line means nobody.\n\n\
     Guilty, because the organisation number would have to end in 1:\n\n    members: [SE2321000132-N1001]\n\n\
     Compare the id with the directory. Test systems use made-up ids; waive the rule there.",
).in_group(in_group).in_files(in_files);

fn in_group(group: &Group, told: &mut Vec<Told>) {
    let findings = group.members.iter().filter_map(|member| wrong(&member.person, member.place));
    told.extend(findings.map(|finding| Told { thing: AskedAbout::Clinic, finding }));
}

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for (kind, Listed { who, place }) in declared.lines() {
        let Who::Person(person) = who else { continue };
        let thing = || AskedAbout::Person(kind, person.to_string());
        told.extend(wrong(person, *place).map(|finding| Told { thing: thing(), finding }));
    }
}

fn wrong(person: &PersonRef, place: Place) -> Option<Finding> {
    let PersonRef::HsaId(id) = person else { return None };
    if id.check_digit_holds() {
        return None;
    }
    let message = format!("the check digit of the organisation number in `{id}` is wrong");
    Some(RULE.finding(place, message).help("compare the ten digits after `SE` with the directory"))
}
