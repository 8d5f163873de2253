//! What a system refused, at the line of the files that asks for it.

use super::changes::Changes;
use crate::diff::ResourceState;
use crate::domain::{Access, StaffId};
use crate::execute::{ClinicOutcome, PerformError, StepOutcome};
use crate::plan::{FieldRow, PlannedChange};
use crate::source::Location;

/// One thing that a system refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Refusal<'a> {
    /// The place in the request, as a JSON pointer; empty if the system named no field.
    pub(in crate::report) pointer: &'a str,
    /// The system's text. Any text.
    pub(in crate::report) detail: &'a str,
    /// The line that says the value; `None` if no line does.
    pub(in crate::report) location: Option<&'a Location>,
}

/// Everything that the system refused of one clinic: the fields that it named, or else all at once.
pub(in crate::report) fn refusals<'a>(outcome: &'a ClinicOutcome, changes: &Changes<'a>) -> Vec<Refusal<'a>> {
    outcome.steps.iter().flat_map(|(id, step)| of_step(step, changes.get(*id))).collect()
}

/// Everything that the system refused of one step.
pub(in crate::report) fn of_step<'a>(step: &'a StepOutcome, change: Option<&'a PlannedChange>) -> Vec<Refusal<'a>> {
    let StepOutcome::Stopped(error) = step else { return Vec::new() };
    let PerformError::Refused { detail, fields } = error.last() else { return Vec::new() };
    let at = |pointer: &'a str, detail: &'a str| {
        let location = change.and_then(|change| location(change, pointer));
        Refusal { pointer, detail, location }
    };
    if fields.is_empty() {
        return vec![at("", detail)];
    }
    fields.iter().map(|(pointer, detail)| at(pointer, detail)).collect()
}

/// The line that says what `pointer` points at: of a person in a list the line that admits them. If no line does,
/// any line of the change.
fn location<'a>(change: &'a PlannedChange, pointer: &str) -> Option<&'a Location> {
    let mut parts = pointer.split('/').skip(1);
    let (name, inner) = (parts.next().unwrap_or_default(), parts.next());
    let says = |row: &FieldRow| {
        let path = row.path.to_string();
        path == name || inner.is_some_and(|inner| path == format!("{name}.{inner}"))
    };
    let row = change.fields.iter().find(|row| says(row));
    let admits = row.and_then(|row| {
        let person = person(change, inner?)?;
        Some(&row.people.iter().find(|origin| origin.person == *person)?.location)
    });
    let origin = |row: &'a FieldRow| row.origin.as_ref().map(|origin| &origin.location);
    admits.or_else(|| row.and_then(origin)).or_else(|| change.fields.iter().find_map(origin))
}

/// The person at this place of the list that was sent.
fn person<'a>(change: &'a PlannedChange, place: &str) -> Option<&'a StaffId> {
    let Some(ResourceState::Direction(direction)) = &change.after else { return None };
    match &direction.accessible_to {
        Access::Everyone => None,
        Access::Listed(people) => people.iter().nth(place.parse().ok()?),
    }
}
