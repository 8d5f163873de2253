//! `left-the-clinic`: a list names a person who no longer works there.

use super::people::{Named, Whom, full_name};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};

pub(super) const RULE: Rule = Rule::error(
    "left-the-clinic",
    "a listed person has left the clinic",
    "Whoever left must not read what patients write. And a list that still names them looks longer than it is, until the \
     last one who could answer is on holiday.\n\n\
     Guilty, where the directory says that Karin Holm is inactive:\n\n    \
     accessible_to: [karin.holm@norrtull.example, anna.berg@norrtull.example]\n\n\
     Delete the line. Where the live list holds the leaver already this is a warning, and the next write of the list \
     leaves them out.",
).in_result(InResult::Person(of_person));

fn of_person(named: &Named<'_>) -> Option<Breach> {
    let Whom::One(member) = named.whom else { return None };
    if member.active {
        return None;
    }
    let thing = AskedAbout::Person(named.direction, member.id.to_string());
    let who = full_name(member, named.spelling);
    let message = format!("{who} has left the clinic and is listed for `{}`", named.direction.key());
    Some(RULE.breach(thing, named.place, message).help("delete the line, and name somebody else if nobody is left"))
}
