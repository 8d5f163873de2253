//! `not-a-professional`: a list names a person who may not message.

use super::people::{Named, Whom, full_name};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};

pub(super) const RULE: Rule = Rule::error(
    "not-a-professional",
    "a listed person is no healthcare professional of the clinic",
    "Only healthcare professionals may read and write patients' messages. Somebody without that role at this clinic gets \
     nothing by being listed, and whoever wrote the list believes otherwise.\n\n\
     Guilty, where Bo Ek is a scheduler here:\n\n    accessible_to: [bo.ek@norrtull.example]\n\n\
     Name a colleague who has the role, or have the role given in the live system if it is missing by mistake.",
).in_result(InResult::Person(of_person));

/// Leavers are spoken of by `left-the-clinic`, whatever their roles were.
fn of_person(named: &Named<'_>) -> Option<Breach> {
    let Whom::One(member) = named.whom else { return None };
    if !member.active || member.is_professional() {
        return None;
    }
    let thing = AskedAbout::Person(named.direction, member.id.to_string());
    let who = full_name(member, named.spelling);
    let kind = named.direction.key();
    let message = format!("{who} is no healthcare professional of this clinic and is listed for `{kind}`");
    Some(
        RULE.breach(thing, named.place, message)
            .help("name a colleague who is, or have the role given in the live system"),
    )
}
