//! What another writer changed meanwhile: who, when, before and after.

use crate::diagnostic::escape_cut;
use crate::diff::FieldValue;
use crate::execute::Edit;
use crate::report::Paint;
use crate::report::words::count;
use std::fmt::Write as _;

/// The longest text of a live system that a line shows, in characters: the longest title twice over.
const LONGEST: usize = 80;
/// The most items of a list that a line shows, before it counts the rest.
const MOST_ITEMS: usize = 12;

/// One paragraph for each resource that another writer changed.
pub(super) fn meanwhile(edits: &[Edit], paint: Paint) -> String {
    let mut text = String::new();
    for Edit { change, last_change } in edits {
        let who = last_change.as_ref().map_or_else(
            || "the system does not say by whom".to_owned(),
            |last| format!("by {} at {}", escape_cut(&last.by, LONGEST), escape_cut(&last.at, LONGEST)),
        );
        let _ = writeln!(text, "  {} {}, {who}", paint.changed("meanwhile"), change.resource);
        for field in &change.fields {
            let (before, after) = (side(field.before.as_ref()), side(field.after.as_ref()));
            let _ = writeln!(text, "      {}  {before} -> {after}", field.field);
        }
    }
    text
}

/// One value in a line, safe to show.
pub(in crate::report) fn side(value: Option<&FieldValue>) -> String {
    match value {
        None => "none".to_owned(),
        Some(FieldValue::Switch(on)) => if *on { "on" } else { "off" }.to_owned(),
        Some(FieldValue::Text(text)) => escape_cut(text, LONGEST).into_owned(),
        Some(FieldValue::Items(items)) => list(items),
    }
}

fn list(items: &[String]) -> String {
    let shown: Vec<_> = items.iter().take(MOST_ITEMS).map(|item| escape_cut(item, LONGEST)).collect();
    match items.len().saturating_sub(MOST_ITEMS) {
        0 if shown.is_empty() => "none".to_owned(),
        0 => shown.join(", "),
        rest => format!("{} and {}", shown.join(", "), count(rest, "more/more")),
    }
}
