//! The changes of one clinic.

use super::value;
use crate::diff::Action;
use crate::domain::ActorKind;
use crate::plan::FieldRow;
use crate::plan::NoteRow;
use crate::plan::Plan;
use crate::plan::PlannedChange;
use crate::report::Paint;
use std::fmt::Write as _;

/// The narrowest column of field names, as wide as `accessible_to`: the changes of most clinics then stand in line.
const NARROWEST: usize = 13;

/// Every change of one clinic, in the order of execution.
pub(super) fn all(plan: &Plan, changes: &[&PlannedChange], paint: Paint) -> String {
    let mut text = String::new();
    for change in changes {
        let _ = writeln!(text, "  {} {}{}", sign(change.action, paint), change.address.resource, since(change, paint));
        let names: Vec<_> = change.fields.iter().map(|row| row.path.to_string()).collect();
        let width = names.iter().map(|name| name.chars().count()).fold(NARROWEST, usize::max);
        for (row, name) in change.fields.iter().zip(names) {
            let value = value::change(plan, change.action, row, paint);
            let _ = writeln!(text, "      {name:<width$}  {value}{}", origin(row, paint));
        }
    }
    text
}

/// What is left undone on purpose in one clinic.
pub(super) fn notes(notes: &[&NoteRow], paint: Paint) -> String {
    let line = |note: &&NoteRow| {
        let message = crate::diagnostic::escape(&note.message);
        format!("  {} {}: {message}\n", paint.aside("·"), note.address.resource)
    };
    notes.iter().map(line).collect()
}

fn sign(action: Action, paint: Paint) -> String {
    match action {
        Action::Create => paint.added("+"),
        Action::Update => paint.changed("~"),
        Action::Delete => paint.removed("-"),
    }
}

/// Who touched the live resource last, when that was a person: the one whom the plan overrules.
fn since(change: &PlannedChange, paint: Paint) -> String {
    let by_person = change.last_change.as_ref().filter(|last| last.kind == ActorKind::Person);
    by_person.map_or_else(String::new, |last| {
        let who = format!("last changed by {} at {}", value::text(&last.by), value::text(&last.at));
        format!("  {}", paint.aside(who))
    })
}

fn origin(row: &FieldRow, paint: Paint) -> String {
    let place = row.origin.as_ref().map(|origin| value::text(&origin.location.to_string()));
    place.map_or_else(String::new, |place| format!("  {}", paint.aside(place)))
}
