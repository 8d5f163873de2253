//! The changes of one clinic.

use super::value;
use crate::diff::Action;
use crate::domain::ClinicId;
use crate::plan::FieldRow;
use crate::plan::Plan;
use crate::plan::PlannedChange;
use crate::report::Paint;
use std::fmt::Write as _;

/// Every change and note of one clinic, in the order of execution.
pub(super) fn of_clinic(plan: &Plan, clinic: &ClinicId, paint: Paint) -> String {
    let mut text = String::new();
    for change in plan.changes.iter().filter(|change| change.clinic == *clinic) {
        let _ = writeln!(text, "  {} {}{}", sign(change.action, paint), change.address.resource, since(change, paint));
        for row in &change.fields {
            text.push_str(&field(plan, row, paint));
        }
    }
    for note in plan.notes.iter().filter(|note| note.address.clinic == *clinic) {
        let _ = writeln!(text, "  {} {}: {}", paint.aside("·"), note.address.resource, note.message);
    }
    text
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
    let by_person = change.last_change.as_ref().filter(|last| last.kind == crate::domain::ActorKind::Person);
    by_person.map_or_else(String::new, |last| {
        let who = format!("last changed by {} at {}", value::text(&last.by), value::text(&last.at));
        format!("  {}", paint.aside(who))
    })
}

fn field(plan: &Plan, row: &FieldRow, paint: Paint) -> String {
    let origin = row
        .origin
        .as_ref()
        .map_or_else(String::new, |origin| format!("  {}", paint.aside(value::text(&origin.location.to_string()))));
    let name = row.path.to_string();
    format!("      {name:<14} {}{origin}\n", value::change(plan, row, paint))
}
