//! A value before and after.

use super::flow::Ink;
use crate::diagnostic::escape_cut;
use crate::diff::Action;
use crate::plan::Redaction;
use crate::report::view::{Delta, Listed, Side, Word, words};
use crate::report::words::count;

/// The longest text of a file or a live system that a line shows, in characters: the longest title twice over.
const LONGEST: usize = 80;
/// The most items of a list that are shown, before the rest are counted.
const MOST_ITEMS: usize = 12;

/// Text in inks.
pub(super) type Inked = Vec<(Ink, String)>;

/// A text from outside, safe to show and never longer than a line.
pub(super) fn text(text: &str) -> String {
    escape_cut(text, LONGEST).into_owned()
}

/// `before -> after`; of a resource that comes or goes, the only side that there is.
pub(super) fn change(action: Action, delta: &Delta<'_>, names: Redaction) -> Inked {
    let plain = |text: String| vec![(Ink::Plain, text)];
    match delta {
        Delta::Value { before: Some(Side::Title(before)), after: Some(Side::Title(after)) } => titles(before, after),
        Delta::Value { before: Some(before), after: Some(after) } => {
            plain(format!("{} -> {}", side(before), side(after)))
        }
        Delta::Value { before: None, after: Some(after) } if action == Action::Update => {
            plain(format!("none -> {}", side(after)))
        }
        Delta::Value { before: Some(before), after: None } if action == Action::Update => {
            plain(format!("{} -> none", side(before)))
        }
        Delta::Value { before: None, after: Some(only) } => plain(side(only)),
        Delta::Value { before: Some(only), after: None } => vec![(Ink::Removed, side(only))],
        Delta::Value { before: None, after: None } => Vec::new(),
        Delta::List { before, after, gone, come } => list_change([*before, *after], gone, come, names),
    }
}

/// One side as it is.
pub(super) fn side(side: &Side<'_>) -> String {
    match side {
        Side::Switch(true) => "on".to_owned(),
        Side::Switch(false) => "off".to_owned(),
        Side::Title(title) => format!("\"{}\"", text(title)),
        Side::Text(value) => text(value),
        Side::Everyone => "everyone".to_owned(),
        Side::People(number) => people(*number),
        Side::Items(items) => list(items.iter().map(|item| text(item))),
    }
}

fn people(number: usize) -> String {
    if number == 0 { "nobody".to_owned() } else { count(number, "person/people") }
}

/// Two titles, with the words that differ marked.
fn titles(before: &str, after: &str) -> Inked {
    let (was, will) = words(before, after);
    let mut inked = vec![(Ink::Plain, "\"".to_owned())];
    inked.extend(title(&was, Ink::Removed));
    inked.push((Ink::Plain, "\" -> \"".to_owned()));
    inked.extend(title(&will, Ink::Added));
    inked.push((Ink::Plain, "\"".to_owned()));
    inked
}

fn title(words: &[Word<'_>], ink: Ink) -> Inked {
    let word = |word: &Word<'_>| match word {
        Word::Same(same) => (Ink::Plain, text(same)),
        Word::Other(other) => (ink, text(other)),
    };
    words.iter().map(word).collect()
}

/// Two lists: how many stay, and by name who comes and who goes.
fn list_change([before, after]: [usize; 2], gone: &[Listed<'_>], come: &[Listed<'_>], names: Redaction) -> Inked {
    let mut inked = vec![(Ink::Plain, format!("{} -> {}", people(before), people(after)))];
    let mut open = " (";
    for (items, sign, ink) in [(gone, "-", Ink::Removed), (come, "+", Ink::Added)] {
        for item in moved(items, sign, names) {
            inked.extend([(Ink::Plain, open.to_owned()), (ink, item)]);
            open = ", ";
        }
    }
    if open == ", " {
        inked.push((Ink::Plain, ")".to_owned()));
    }
    inked
}

/// Each with its sign, the rest counted; all of them counted if people are not named.
fn moved(items: &[Listed<'_>], sign: &str, names: Redaction) -> Vec<String> {
    if items.is_empty() {
        return Vec::new();
    }
    if names == Redaction::LeftOut {
        return vec![format!("{sign}{}", items.len())];
    }
    let name = |item: &Listed<'_>| format!("{sign}{}", text(item.name.unwrap_or(item.id)));
    let rest = items.len().saturating_sub(MOST_ITEMS);
    let more = (rest > 0).then(|| format!("{sign}{rest} more"));
    items.iter().take(MOST_ITEMS).map(name).chain(more).collect()
}

/// Items with commas, the rest counted.
fn list(items: impl ExactSizeIterator<Item = String>) -> String {
    let rest = items.len().saturating_sub(MOST_ITEMS);
    let shown: Vec<_> = items.take(MOST_ITEMS).collect();
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    if shown.is_empty() { "none".to_owned() } else { format!("{}{more}", shown.join(", ")) }
}
