//! The change log of a live system, for people and for programs.

use super::Paint;
use crate::diagnostic::{escape_cut, to_json_text};
use crate::domain::{ActorKind, LogEntry};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;

/// The longest text of a system that a line shows, in characters.
const LONGEST: usize = 60;
/// The longest state of a resource that a line shows, in characters: two lines of most terminals.
const LONGEST_STATE: usize = 160;

/// The entries as a person reads them: when, where, who, and what it was before and after.
#[must_use]
pub fn history(entries: &[LogEntry], paint: Paint) -> String {
    if entries.is_empty() {
        return "The change log is empty.\n".to_owned();
    }
    let rows: Vec<_> = entries.iter().map(Row::of).collect();
    let width = |cell: fn(&Row) -> &str| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
    let (at, place) = (width(|row| &row.at), width(|row| &row.place));
    let mut text = String::new();
    for Row { at: when, place: resource, by, states } in &rows {
        let _ = writeln!(text, "{}  {}  {by}", paint.aside(format!("{when:<at$}")), format_args!("{resource:<place$}"));
        for (sign, state) in states {
            let line = format!("    {sign} {state}");
            let _ = writeln!(text, "{}", if *sign == '-' { paint.removed(line) } else { paint.added(line) });
        }
    }
    text
}

/// The entries as `clinicctl-history/1`.
#[must_use]
pub fn history_json(system: &str, entries: &[LogEntry]) -> String {
    to_json_text(&Document { format: "clinicctl-history/1", system, entries }) + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    system: &'a str,
    entries: &'a [LogEntry],
}

struct Row {
    at: String,
    place: String,
    by: String,
    states: Vec<(char, String)>,
}

impl Row {
    fn of(LogEntry { seq: _, clinic, resource, change, before, after }: &LogEntry) -> Self {
        let text = |text: &str| escape_cut(text, LONGEST).into_owned();
        let kind = match change.kind {
            ActorKind::Person => "a person",
            ActorKind::Service => "a service",
        };
        let reference =
            change.reference.as_deref().map_or_else(String::new, |reference| format!(", {}", text(reference)));
        let states = [('-', before), ('+', after)].into_iter().filter(|(_, state)| !state.is_null());
        Self {
            at: text(&change.at),
            place: format!("{clinic}/{}", text(resource)),
            by: format!("{} ({kind}{reference})", text(&change.by)),
            states: states.map(|(sign, state)| (sign, shown(state))).collect(),
        }
    }
}

/// A state in one line. JSON escapes control characters itself, and what it leaves is escaped here.
fn shown(state: &Value) -> String {
    escape_cut(&state.to_string(), LONGEST_STATE).into_owned()
}
