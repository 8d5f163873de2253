//! A value before and after.

use crate::diagnostic::escape_cut;
use crate::diff::Action;
use crate::diff::FieldValue;
use crate::domain::Field;
use crate::domain::StaffId;
use crate::plan::FieldRow;
use crate::plan::Plan;
use crate::report::Paint;
use crate::report::words::count;
use similar::Algorithm;
use similar::ChangeTag;
use similar::TextDiff;
use similar::capture_diff_slices;

/// The longest text of a file or a live system that a line shows, in characters: the longest title twice over.
const LONGEST: usize = 80;
/// The most items of a list that a line shows, before it counts the rest.
const MOST_ITEMS: usize = 12;

/// A text from outside, safe to show and never longer than a line.
pub(super) fn text(text: &str) -> String {
    escape_cut(text, LONGEST).into_owned()
}

/// `before -> after`; of a resource that comes or goes, the only side that there is.
pub(super) fn change(plan: &Plan, action: Action, row: &FieldRow, paint: Paint) -> String {
    match (&row.before, &row.after) {
        (Some(FieldValue::Text(before)), Some(FieldValue::Text(after))) if matches!(row.path, Field::Title(_)) => {
            titles(before, after, paint)
        }
        (Some(FieldValue::Items(before)), Some(FieldValue::Items(after))) if row.path != Field::Order => {
            items(plan, row, (before, after), paint)
        }
        (Some(before), Some(after)) => format!("{} -> {}", side(row, before), side(row, after)),
        (None, Some(after)) if action == Action::Update => format!("none -> {}", side(row, after)),
        (Some(before), None) if action == Action::Update => format!("{} -> none", side(row, before)),
        (None, Some(only)) => side(row, only),
        (Some(only), None) => paint.removed(side(row, only)),
        (None, None) => String::new(),
    }
}

/// One side as it is.
fn side(row: &FieldRow, value: &FieldValue) -> String {
    match value {
        FieldValue::Switch(true) => "on".to_owned(),
        FieldValue::Switch(false) => "off".to_owned(),
        FieldValue::Text(value) if matches!(row.path, Field::Title(_)) => format!("\"{}\"", text(value)),
        FieldValue::Text(value) => text(value),
        FieldValue::Items(items) if row.path == Field::AccessibleTo => people(items.len()),
        FieldValue::Items(items) => list(items.iter().map(|item| text(item))),
    }
}

fn people(number: usize) -> String {
    if number == 0 { "nobody".to_owned() } else { count(number, "person/people") }
}

/// Two titles, with the words that differ marked.
fn titles(before: &str, after: &str, paint: Paint) -> String {
    let diff = TextDiff::from_words(before, after);
    let side = |gone: ChangeTag, mark: fn(Paint, &str) -> String| -> String {
        let words = diff.iter_all_changes().filter(|change| change.tag() == gone || change.tag() == ChangeTag::Equal);
        words
            .map(|word| if word.tag() == gone { mark(paint, &text(word.value())) } else { text(word.value()) })
            .collect()
    };
    let removed = side(ChangeTag::Delete, |paint, word| paint.removed(word));
    let added = side(ChangeTag::Insert, |paint, word| paint.added(word));
    format!("\"{removed}\" -> \"{added}\"")
}

/// Two lists: how many stay, and by name who comes and who goes.
fn items(plan: &Plan, row: &FieldRow, (before, after): (&[String], &[String]), paint: Paint) -> String {
    let mut marked = Vec::new();
    for change in
        capture_diff_slices(Algorithm::Myers, before, after).iter().flat_map(|op| op.iter_changes(before, after))
    {
        let name = named(plan, row, &change.value());
        match change.tag() {
            ChangeTag::Delete => marked.push(paint.removed(format!("-{name}"))),
            ChangeTag::Insert => marked.push(paint.added(format!("+{name}"))),
            ChangeTag::Equal => {}
        }
    }
    format!("{} -> {} ({})", side_of_list(row, before), side_of_list(row, after), list(marked.into_iter()))
}

fn side_of_list(row: &FieldRow, items: &[String]) -> String {
    side(row, &FieldValue::Items(items.to_vec()))
}

/// A person by name where the plan knows it; anything else as it is.
fn named(plan: &Plan, row: &FieldRow, item: &str) -> String {
    let person = (row.path == Field::AccessibleTo).then(|| StaffId::parse(item).ok()).flatten();
    person.and_then(|id| plan.people.get(&id)).map_or_else(|| text(item), |name| text(name))
}

/// Items with commas, the rest counted.
fn list(items: impl ExactSizeIterator<Item = String>) -> String {
    let rest = items.len().saturating_sub(MOST_ITEMS);
    let shown: Vec<_> = items.take(MOST_ITEMS).collect();
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    if shown.is_empty() { "none".to_owned() } else { format!("{}{more}", shown.join(", ")) }
}
