//! Edits by hand: who, when, what it was, and what the plan does with them.

use super::escape::{code, text};
use super::fit::fitted;
use super::impact::named;
use super::value::{cells, side};
use crate::domain::{ActorKind, LastChange};
use crate::plan::{Because, Redaction};
use crate::report::view::{BlockChange, BlockField, LastEdit, View};
use crate::report::words::count;
use std::fmt::Write as _;

/// What the list may take: some forty changes.
const MOST: usize = 8_000;
/// What the names of clinics may take in one item.
const MOST_CLINICS: usize = 1_000;

/// Conflicts, then drift, then what a person set last before anything was applied.
pub(super) fn section(view: &View<'_>) -> String {
    let mut items = Vec::new();
    for because in [Because::Conflict, Because::Drift, Because::Intent] {
        let changes = view.because(because).flat_map(|block| &block.changes);
        items.extend(changes.flat_map(|change| self::items(change, because, view.plan.names)));
    }
    let (mut list, left_out) = fitted(items, MOST);
    if left_out > 0 {
        let _ = writeln!(list, "- and {}", count(left_out, "more change"));
    }
    if let Some(unknown) = &view.plan.drift_unknown {
        let clinics: Vec<_> = unknown.clinics.iter().collect();
        let reason = text(&unknown.reason);
        let _ = writeln!(list, "- **not known** for {}: {reason}", named(&clinics, MOST_CLINICS));
    }
    if list.is_empty() { list } else { format!("#### Changed by hand\n\n{list}\n") }
}

/// One item for each person and time, with the clinics that it is the same in.
fn items(change: &BlockChange<'_>, because: Because, names: Redaction) -> Vec<String> {
    let word = match because {
        Because::Conflict => "conflict",
        Because::Drift => "drift",
        Because::Intent => "by hand",
    };
    let item = |last_edit: &LastEdit<'_>| {
        let resource = code(&change.resource.to_string());
        let follows = change.fields.iter().map(|field| becomes(field, last_edit, names)).collect::<Vec<_>>().join("; ");
        format!("- **{word}** {} {resource}, {}: {follows}\n", code(last_edit.clinic.as_str()), by(last_edit.last))
    };
    change.last_edits.iter().map(item).collect()
}

fn by(LastChange { by, kind, at, reference: _ }: &LastChange) -> String {
    let whom = match kind {
        ActorKind::Person => "changed by",
        ActorKind::Service => "changed by the service",
    };
    format!("{whom} {} at {}", text(by), code(at))
}

/// `` `enabled` was on, is off, and becomes on``.
fn becomes(field: &BlockField<'_>, last_edit: &LastEdit<'_>, names: Redaction) -> String {
    let value = field.values.iter().find(|value| value.clinics.contains(&last_edit.clinic));
    let Some((now, then)) = value.map(|value| cells(&value.delta, names)) else {
        return String::new();
    };
    let or_nothing = |cell: String| if cell.is_empty() { "nothing".to_owned() } else { cell };
    let applied = last_edit.applied.iter().find(|(path, _)| *path == field.path);
    let was = applied.map(|(_, was)| format!("was {}, ", was.as_ref().map_or_else(|| "nothing".to_owned(), side)));
    let path = code(&field.path.to_string());
    format!("{path} {}is {}, becomes {}", was.unwrap_or_default(), or_nothing(now), or_nothing(then))
}
