//! A value before and after, as far as a person needs it: lists by what comes and goes, titles word by word.

use crate::diff::{FieldValue, ResourceState};
use crate::domain::{Access, Button, Direction, Field, StaffId};
use crate::plan::{FieldRow, Plan};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What happens to one value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delta<'p> {
    /// One value takes the place of another. A side is `None` if there is no value, as before a resource exists.
    Value {
        /// As it is.
        before: Option<Side<'p>>,
        /// As it should be.
        after: Option<Side<'p>>,
    },
    /// A list whose order has no meaning: what comes and goes.
    List {
        /// How many there are.
        before: usize,
        /// How many there will be.
        after: usize,
        /// Those that go.
        gone: Vec<Listed<'p>>,
        /// Those that come.
        come: Vec<Listed<'p>>,
    },
}

/// One side of a change. Texts are raw: every renderer escapes them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side<'p> {
    /// On or off.
    Switch(bool),
    /// What patients read.
    Title(&'p str),
    /// A target, or another word.
    Text(Cow<'p, str>),
    /// Every healthcare professional of the clinic.
    Everyone,
    /// So many listed people; zero admits no one.
    People(usize),
    /// Ids in an order that has a meaning, or surfaces.
    Items(Cow<'p, [String]>),
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed<'p> {
    /// The id.
    pub id: &'p str,
    /// A person's name, if the plan knows it. Raw.
    pub name: Option<&'p str>,
}

/// A piece of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<'t> {
    /// It stays.
    Same(&'t str),
    /// It differs from the other side.
    Other(&'t str),
}

impl<'p> Delta<'p> {
    /// What `row` says.
    #[must_use]
    pub fn of(plan: &'p Plan, row: &'p FieldRow) -> Self {
        match (&row.before, &row.after) {
            (Some(FieldValue::Items(before)), Some(FieldValue::Items(after))) if row.path != Field::Order => {
                list(plan, row, before, after)
            }
            (before, after) => {
                let side = |value: &'p Option<FieldValue>| value.as_ref().map(|value| Side::of(&row.path, value));
                Self::Value { before: side(before), after: side(after) }
            }
        }
    }
}

impl<'p> Side<'p> {
    /// `value` of the field `path`.
    #[must_use]
    pub fn of(path: &Field, value: &'p FieldValue) -> Self {
        match (value, path) {
            (FieldValue::Switch(on), _) => Self::Switch(*on),
            (FieldValue::Text(text), Field::Title(_)) => Self::Title(text),
            (FieldValue::Text(_), Field::AccessibleTo) => Self::Everyone,
            (FieldValue::Text(text), _) => Self::Text(Cow::Borrowed(text)),
            (FieldValue::Items(people), Field::AccessibleTo) => Self::People(people.len()),
            (FieldValue::Items(items), _) => Self::Items(Cow::Borrowed(items)),
        }
    }

    /// The value of the field `path` in a whole resource; `None` if it has none.
    #[must_use]
    pub fn in_state(state: &'p ResourceState, path: &Field) -> Option<Self> {
        match state {
            ResourceState::Direction(direction) => in_direction(direction, path),
            ResourceState::Button(button) => in_button(button, path),
            ResourceState::Order { order } => (*path == Field::Order).then(|| items(order)),
        }
    }
}

fn in_direction<'p>(Direction { enabled, accessible_to }: &Direction, path: &Field) -> Option<Side<'p>> {
    match (path, accessible_to) {
        (Field::Enabled, _) => Some(Side::Switch(*enabled)),
        (Field::AccessibleTo, Access::Everyone) => Some(Side::Everyone),
        (Field::AccessibleTo, Access::Listed(people)) => Some(Side::People(people.len())),
        (Field::LeadsTo | Field::Title(_) | Field::Active | Field::ShownIn | Field::Order, _) => None,
    }
}

fn in_button<'p>(button: &'p Button, path: &Field) -> Option<Side<'p>> {
    let Button { id: _, leads_to, title, active, shown_in } = button;
    match path {
        Field::LeadsTo => Some(Side::Text(Cow::Owned(leads_to.to_string()))),
        Field::Title(language) => title.get(language).map(|text| Side::Title(text)),
        Field::Active => Some(Side::Switch(*active)),
        Field::ShownIn => Some(items(&shown_in.surfaces())),
        Field::Enabled | Field::AccessibleTo | Field::Order => None,
    }
}

fn items<'p>(items: &[impl ToString]) -> Side<'p> {
    Side::Items(items.iter().map(ToString::to_string).collect())
}

/// Lists without an order are compared as sets: a clinic of thousands costs no more than sorting them.
fn list<'p>(plan: &'p Plan, row: &FieldRow, before: &'p [String], after: &'p [String]) -> Delta<'p> {
    let was: BTreeSet<&String> = before.iter().collect();
    let will: BTreeSet<&String> = after.iter().collect();
    let only = |these: &BTreeSet<&'p String>, those: &BTreeSet<&'p String>| -> Vec<Listed<'p>> {
        these.difference(those).map(|id| listed(plan, row, id)).collect()
    };
    Delta::List { before: was.len(), after: will.len(), gone: only(&was, &will), come: only(&will, &was) }
}

fn listed<'p>(plan: &'p Plan, row: &FieldRow, id: &'p str) -> Listed<'p> {
    let person = (row.path == Field::AccessibleTo).then(|| StaffId::parse(id).ok()).flatten();
    Listed { id, name: person.and_then(|id| plan.people.get(&id)).map(String::as_str) }
}

/// The longest title that is compared word by word, in bytes; ten times what a file may say. A live system may hold any
/// text, and comparing takes the square of what differs.
const LONGEST_COMPARED: usize = 400;

/// The words of two titles, each marked if it differs from the other side. Joined they give the titles again.
#[must_use]
pub fn words<'t>(before: &'t str, after: &'t str) -> (Vec<Word<'t>>, Vec<Word<'t>>) {
    if before.len().max(after.len()) > LONGEST_COMPARED {
        return (vec![Word::Other(before)], vec![Word::Other(after)]);
    }
    let (old, new): (Vec<_>, Vec<_>) = (pieces(before), pieces(after));
    let (mut was, mut will) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let mark = if op.tag() == DiffTag::Equal { Word::Same } else { Word::Other };
        was.extend(old[op.old_range()].iter().map(|word| mark(word)));
        will.extend(new[op.new_range()].iter().map(|word| mark(word)));
    }
    (joined(&was), joined(&will))
}

/// A blank between two words that differ differs too: it reads as one change.
fn joined<'t>(words: &[Word<'t>]) -> Vec<Word<'t>> {
    let differs =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| matches!(word, Word::Other(_)));
    let word = |(at, word): (usize, &Word<'t>)| match word {
        Word::Same(" ") if differs(at.checked_sub(1)) && differs(Some(at + 1)) => Word::Other(" "),
        Word::Same(text) => Word::Same(text),
        Word::Other(text) => Word::Other(text),
    };
    words.iter().enumerate().map(word).collect()
}

/// A text in words and the spaces between them.
fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(' ')
        .flat_map(|word| word.strip_suffix(' ').map_or([word, ""], |bare| [bare, " "]))
        .filter(|piece| !piece.is_empty())
        .collect()
}
