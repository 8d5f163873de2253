//! `single-responder`: one person answers everything.

use super::asked::Asked;
use super::people::full_name;
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::DirectionKind;

pub(super) const RULE: Rule = Rule::warning(
    "single-responder",
    "fewer than two people may respond",
    "With one responder, the first day of illness is a day on which no patient gets an answer.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: true, accessible_to: [rosa.falk@eken.example]}\n\n\
     Name a second colleague, a title or a group. Counted are only those who are active and healthcare professionals of \
     this clinic. With nobody at all, `nobody-answers` speaks.",
).in_result(InResult::State(in_state));

const KIND: DirectionKind = DirectionKind::Incoming;

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    let mut responders = asked.state.incoming.holders(asked.directory);
    let (Some(only), None) = (responders.next(), responders.next()) else { return };
    let message = format!("only {} may respond", full_name(only, only.id.as_str()));
    let breach = RULE.breach(AskedAbout::Direction(KIND), asked.list_place(KIND), message);
    breaches.push(breach.help("name a second colleague, a title or a group"));
}
