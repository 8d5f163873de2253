//! A value before and after, in the cells of a table.

use super::escape::{code, text};
use crate::plan::Redaction;
use crate::report::view::{Delta, Listed, Side, Word, words};
use crate::report::words::count;

/// The most items of a list that are named before the rest are counted.
const MOST_ITEMS: usize = 20;
/// The longest title that is shown word by word, in bytes; a longer one is cut, and not worth comparing.
const LONGEST_TITLE: usize = 80;

/// As it is, and as it will be. An absent value is an empty cell.
pub(super) fn cells(delta: &Delta<'_>, names: Redaction) -> (String, String) {
    match delta {
        Delta::Value { before: Some(Side::Title(before)), after: Some(Side::Title(after)) } => titles(before, after),
        Delta::Value { before, after } => {
            let cell = |side: &Option<Side<'_>>| side.as_ref().map_or_else(String::new, self::side);
            (cell(before), cell(after))
        }
        Delta::List { before, after, gone, come } => {
            let moved = [moved(gone, "without", names), moved(come, "with", names)];
            let moved: Vec<_> = moved.into_iter().flatten().collect();
            (people(*before), format!("{}: {}", people(*after), moved.join("; ")))
        }
    }
}

/// One side.
pub(super) fn side(side: &Side<'_>) -> String {
    match side {
        Side::Switch(true) => "on".to_owned(),
        Side::Switch(false) => "off".to_owned(),
        Side::Title(title) => code(title),
        Side::Text(text) => code(text),
        Side::Everyone => "everyone".to_owned(),
        Side::People(number) => people(*number),
        Side::Items(items) => list(items.iter().map(|item| code(item))),
    }
}

fn people(number: usize) -> String {
    if number == 0 { "nobody".to_owned() } else { count(number, "person/people") }
}

/// `without Tomasz Lund`; counted if people are not named.
fn moved(items: &[Listed<'_>], word: &str, names: Redaction) -> Option<String> {
    let whom = match names {
        Redaction::Told => list(items.iter().map(listed)),
        Redaction::LeftOut => people(items.len()),
    };
    (!items.is_empty()).then(|| format!("{word} {whom}"))
}

fn listed(item: &Listed<'_>) -> String {
    item.name.map_or_else(|| code(item.id), text)
}

/// Items with commas, the rest counted.
pub(super) fn list(items: impl ExactSizeIterator<Item = String>) -> String {
    let rest = items.len().saturating_sub(MOST_ITEMS);
    let shown: Vec<_> = items.take(MOST_ITEMS).collect();
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    if shown.is_empty() { "nothing".to_owned() } else { format!("{}{more}", shown.join(", ")) }
}

/// Two titles with the words that differ in bold.
fn titles(before: &str, after: &str) -> (String, String) {
    if before.len().max(after.len()) > LONGEST_TITLE {
        return (code(before), code(after));
    }
    let (was, will) = words(before, after);
    if was.iter().chain(&will).all(|word| matches!(word, Word::Other(_))) {
        return (code(before), code(after));
    }
    (title(&was), title(&will))
}

fn title(words: &[Word<'_>]) -> String {
    let same = |a: &Word<'_>, b: &Word<'_>| {
        matches!((a, b), (Word::Same(_), Word::Same(_)) | (Word::Other(_), Word::Other(_)))
    };
    let run = |run: &[Word<'_>]| {
        let text: String = run
            .iter()
            .map(|word| match word {
                Word::Same(text) | Word::Other(text) => *text,
            })
            .collect();
        match run.first() {
            _ if text.trim_matches(' ').is_empty() => String::new(),
            Some(Word::Other(_)) => format!("**{}**", code(text.trim_matches(' '))),
            Some(Word::Same(_)) | None => code(text.trim_matches(' ')),
        }
    };
    let runs: Vec<_> = words.chunk_by(same).map(run).filter(|run| !run.is_empty()).collect();
    if runs.is_empty() { code("") } else { runs.join(" ") }
}
