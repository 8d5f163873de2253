//! `listed-twice`: the same person stands twice in one list.

use super::declared::{Declared, Told};
use super::people::full_name;
use super::rule::InResult;
use super::{AskedAbout, Breach, Resulting, Rule};
use crate::diff::{Found, Mention};
use crate::domain::{DirectionKind, Group, GroupName, Listed, PersonRef, StaffId, StaffTitle, Who};
use crate::source::Place;
use std::fmt;

pub(super) const RULE: Rule = Rule::error(
    "listed-twice",
    "the same person, title or group twice in one list",
    "Whoever takes one of the two lines out believes that the access is gone. It is not.\n\n\
     Guilty, where both lines mean Karin Holm:\n\n    \
     accessible_to:\n      - karin.holm@norrtull.example\n      - SE2321000131-N1001\n\n\
     Keep one of the lines. Being listed by name and also through a group or a title is fine: these are two reasons, and \
     each can end on its own.",
).in_group(in_group).in_files(in_files).in_result(InResult::Saying(of_people));

const HELP: &str = "keep one of the lines";

/// A line as it is written, so that the same lines sort together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Written<'a> {
    Person(&'a PersonRef),
    Title(&'a StaffTitle),
    Group(&'a GroupName),
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(person) => write!(f, "`{person}`"),
            Self::Title(title) => write!(f, "the title `{title}`"),
            Self::Group(group) => write!(f, "the group `{group}`"),
        }
    }
}

fn in_group(group: &Group, told: &mut Vec<Told>) {
    let members = group.members.iter().map(|member| (Written::Person(&member.person), member.place));
    for (written, first, second) in repeated(&mut members.collect::<Vec<_>>()) {
        let message = format!("{written} stands twice in the group `{}`", group.name);
        let finding = RULE.finding(second, message).also(first, "first here").help(HELP);
        told.push(Told { thing: AskedAbout::Clinic, finding });
    }
}

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for kind in DirectionKind::ALL {
        let lines = declared.lines().filter(|(of, _)| *of == kind).map(|(_, line)| (written(line), line.place));
        for (written, first, second) in repeated(&mut lines.collect::<Vec<_>>()) {
            let message = format!("{written} stands twice in the list of `{}`", kind.key());
            let finding = RULE.finding(second, message).also(first, "first here").help(HELP);
            told.push(Told { thing: AskedAbout::Person(kind, written.to_string()), finding });
        }
    }
}

fn written(line: &Listed) -> Written<'_> {
    match &line.who {
        Who::Person(person) => Written::Person(person),
        Who::Title(title) => Written::Title(title),
        Who::Group(group) => Written::Group(&group.name),
    }
}

/// Neighbours in order that are the same, the earlier place first.
fn repeated<K: Ord>(lines: &mut [(K, Place)]) -> impl Iterator<Item = (&K, Place, Place)> {
    lines.sort_unstable();
    lines.windows(2).filter_map(|pair| match pair {
        [(written, first), (next, second)] if written == next => Some((written, *first, *second)),
        _ => None,
    })
}

/// The same person under two spellings, in one list or in one group.
fn of_people(resulting: &Resulting<'_>, breaches: &mut Vec<Breach>) {
    let mut found: Vec<Meant<'_>> = resulting.resolution.mentions.iter().filter_map(meant).collect();
    found.sort_unstable();
    for pair in found.windows(2) {
        if let [(whom, _, first), (same, place, second)] = pair
            && whom == same
            && first != second
        {
            let (kind, _, id) = *whom;
            let message = format!("{} is listed twice for `{}`", names(resulting, id, first, second), kind.key());
            let breach = RULE.breach(AskedAbout::Person(kind, id.to_string()), Some(*place), message);
            breaches.push(breach.help(HELP));
        }
    }
}

/// The person that a line names and the group, its place, and its text.
type Meant<'a> = ((DirectionKind, Option<&'a GroupName>, &'a StaffId), Place, &'a PersonRef);

fn meant(mention: &Mention) -> Option<Meant<'_>> {
    let Mention { direction, person, place, group, found } = mention;
    match found {
        Found::One(id) => Some(((*direction, group.as_ref(), id), *place, person)),
        Found::Nobody | Found::Several(_) => None,
    }
}

/// `Karin Holm (karin.holm@norrtull.example and SE2321000131-N1001)`.
fn names(resulting: &Resulting<'_>, id: &StaffId, first: &PersonRef, second: &PersonRef) -> String {
    let spellings = format!("{first} and {second}");
    resulting.live.directory.get(id).map_or_else(|| spellings.clone(), |member| full_name(member, &spellings))
}
