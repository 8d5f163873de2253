//! `unknown-person`: a list names a person whom the clinic does not have.

use super::near::nearest_person;
use super::people::{Named, Whom, full_name};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::StaffMember;

pub(super) const RULE: Rule = Rule::error(
    "unknown-person",
    "a listed person is not in the directory of the clinic, or could be several people",
    "A colleague who should answer patients would silently be left out. The usual causes are a typing error, a new \
     e-mail address, and somebody who works at another clinic.\n\n\
     Guilty, where the directory has karin.holm@norrtull.example:\n\n    \
     accessible_to: [karin.holm@nortull.example]\n\n\
     Use the spelling that the directory has; the finding names a near one where there is one. Where a spelling means \
     several people, use the staff id. A member of a group may work elsewhere: that is a warning, and only where none of \
     the clinics that were read knows the person.",
).in_result(InResult::Person(of_person));

fn of_person(named: &Named<'_>) -> Option<Breach> {
    let thing = || AskedAbout::Person(named.direction, named.spelling.to_owned());
    match &named.whom {
        Whom::One(_) => None,
        Whom::Nobody => Some(with_near_spelling(named, RULE.breach(thing(), named.place, nobody(named)))),
        Whom::Several(people) => {
            let breach = RULE.breach(thing(), named.place, several(named, people));
            Some(breach.help("write the staff id of the one who is meant"))
        }
    }
}

fn nobody(named: &Named<'_>) -> String {
    format!(
        "`{}` is nobody in the directory of this clinic and is listed for `{}`",
        named.spelling,
        named.direction.key()
    )
}

fn several(named: &Named<'_>, people: &[&StaffMember]) -> String {
    let names: Vec<String> = people.iter().map(|member| full_name(member, member.id.as_str())).collect();
    format!("`{}`, listed for `{}`, could be {}", named.spelling, named.direction.key(), names.join(" or "))
}

fn with_near_spelling(named: &Named<'_>, breach: Breach) -> Breach {
    match named.near.and_then(|directory| nearest_person(named.spelling, directory)) {
        Some(near) => breach.help(format!("did you mean {near}?")),
        None => breach.help("write the e-mail address, HSA-id or staff id that the directory has, or delete the line"),
    }
}
