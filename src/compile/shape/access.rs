//! `accessible_to` and the lines of its list.

use super::fields::{Fields, list, placed};
use super::shaper::{Shaper, Value};
use super::value::{key, person, text};
use crate::compile::suggest::closest;
use crate::compile::words::shown;
use crate::diagnostic::Finding;
use crate::domain::{GroupName, PersonRef, StaffTitle};
use crate::source::{Content, Place};

/// The people whom a file admits, groups still by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) enum Access {
    /// Everyone.
    Everyone,
    /// The people that these lines match.
    Listed(Vec<Line>),
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Line {
    /// The person, title or group that it names.
    pub(in crate::compile) who: LineWho,
    /// The name.
    pub(in crate::compile) place: Place,
}

/// The person, title or group that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) enum LineWho {
    /// One person.
    Person(PersonRef),
    /// All people with a title.
    Title(StaffTitle),
    /// The members of a group.
    Group(GroupName),
}

const EVERYONE: &str = "everyone";

/// Reads `everyone` or a list.
pub(super) fn access(shaper: &mut Shaper, value: Value<'_>) -> Option<Access> {
    match &value.node.content {
        Content::List(_) => list(shaper, value, line).map(Access::Listed),
        Content::Scalar(_) => everyone(shaper, value),
        Content::Map(_) => {
            shaper.wrong_type(value, "`everyone` or a list of people, groups and titles");
            None
        }
    }
}

fn everyone(shaper: &mut Shaper, value: Value<'_>) -> Option<Access> {
    let word = text(shaper, value)?;
    if word == EVERYONE {
        return Some(Access::Everyone);
    }
    let message = format!("{} cannot be {}", value.name, shown(word));
    let finding = Finding::error("unknown-word", shaper.place(value.anchor()), message);
    shaper.report(match closest(word, std::iter::once(EVERYONE)) {
        Some(near) => finding.labelled(format!("did you mean `{near}`?")),
        None => finding.help(format!("write `everyone`, or a list, even for one person: `[{word}]`")),
    });
    None
}

fn line(shaper: &mut Shaper, value: Value<'_>) -> Option<Line> {
    match &value.node.content {
        Content::Scalar(_) => {
            let place = shaper.place(value.anchor());
            person(shaper, value).map(|person| Line { who: LineWho::Person(person), place })
        }
        Content::Map(_) => chosen(shaper, value),
        Content::List(_) => {
            shaper.wrong_type(value, "a person, `group: ...` or `title: ...`");
            None
        }
    }
}

fn chosen(shaper: &mut Shaper, value: Value<'_>) -> Option<Line> {
    let mut fields = Fields::of(shaper, value)?;
    let group = fields.optional(shaper, "group", placed(key(GroupName::parse)));
    let title = fields.optional(shaper, "title", placed(key(StaffTitle::parse)));
    let empty = fields.is_empty();
    fields.finish(shaper);
    match (group, title) {
        (Some(group), None) => Some(Line { who: LineWho::Group(group.value), place: group.place }),
        (None, Some(title)) => Some(Line { who: LineWho::Title(title.value), place: title.place }),
        (Some(_), Some(title)) => {
            let finding = Finding::error("wrong-type", title.place, "one line names a group or a title, not both");
            shaper.report(finding.help("make two lines of it"));
            None
        }
        (None, None) if empty => {
            let message = format!("{} must be a person, `group: ...` or `title: ...`", value.name);
            shaper.report_missing(Finding::error("missing-key", shaper.place(value.node.span), message));
            None
        }
        (None, None) => None,
    }
}
