//! What changes make worth saying: who loses access, and what was changed outside the files.

use super::{Annotation, Level, Topic, shown};
use crate::diff::FieldValue;
use crate::domain::{ClinicId, DirectionKind, Field, Resource, Right};
use crate::plan::{Because, FieldRow, Plan, PlannedChange, RightRow};
use crate::report::words::count;
use crate::source::Location;
use std::collections::BTreeMap;

/// The most people or clinics that a sentence names before it counts the rest.
const MOST_NAMES: usize = 5;

/// One annotation a line that takes a right away: a baseline that reaches forty clinics is discussed once.
pub(super) fn losses(plan: &Plan) -> impl Iterator<Item = Annotation<'_>> {
    let lines = losing_lines(plan);
    let mut together = BTreeMap::<(Option<&Location>, Option<&ClinicId>, Right), Vec<&RightRow>>::new();
    for row in &plan.impact.lose {
        let line = lines.get(&(&row.clinic, direction(row.right))).copied();
        let alone = if line.is_some() { None } else { Some(&row.clinic) };
        together.entry((line, alone, row.right)).or_default().push(row);
    }
    together.into_iter().map(|((line, _, right), rows)| loss(line, right, &rows))
}

/// The line of each direction that changes.
fn losing_lines(plan: &Plan) -> BTreeMap<(&ClinicId, DirectionKind), &Location> {
    plan.changes.iter().filter_map(losing_line).collect()
}

/// The line of the switch if it is switched off, else of the list.
fn losing_line(change: &PlannedChange) -> Option<((&ClinicId, DirectionKind), &Location)> {
    let Resource::Direction(kind) = change.address.resource else { return None };
    let closed = |row: &&FieldRow| row.path == Field::Enabled && row.after == Some(FieldValue::Switch(false));
    let list = |row: &&FieldRow| row.path == Field::AccessibleTo;
    let row = change.fields.iter().find(closed).or_else(|| change.fields.iter().find(list))?;
    origin(row).map(|line| ((&change.clinic, kind), line))
}

fn origin(row: &FieldRow) -> Option<&Location> {
    row.origin.as_ref().map(|origin| &origin.location)
}

const fn direction(right: Right) -> DirectionKind {
    match right {
        Right::Send => DirectionKind::HealthcareInitiated,
        Right::Respond => DirectionKind::Incoming,
    }
}

/// Rows of one clinic at least, all of the same right.
fn loss<'a>(line: Option<&Location>, right: Right, rows: &[&'a RightRow]) -> Annotation<'a> {
    let mut clinics: Vec<_> = rows.iter().map(|row| &row.clinic).collect();
    clinics.dedup();
    let people = count(rows.len(), "person/people");
    let message = match clinics.as_slice() {
        [_] => {
            let names: Vec<_> = rows.iter().map(|row| shown(&row.name)).collect();
            format!("{people} may no longer {right}: {}", named(&names))
        }
        clinics => {
            let names: Vec<_> = clinics.iter().map(|clinic| format!("`{clinic}`")).collect();
            format!("{people} of {} clinics may no longer {right}: {}", clinics.len(), named(&names))
        }
    };
    Annotation {
        level: Level::Notice,
        topic: Topic::AccessLost,
        clinic: if let [clinic] = clinics.as_slice() { Some(*clinic) } else { None },
        message,
        help: Vec::new(),
        waived: None,
        place: line.cloned(),
    }
}

/// `a, b and c`, or `a, b, c, d, e and 7 more`.
fn named(names: &[String]) -> String {
    let rest = names.len().saturating_sub(MOST_NAMES);
    let mut said = names[..names.len() - rest].to_vec();
    if rest > 0 {
        said.push(format!("{rest} more"));
    }
    match said.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Changes that were made outside the files.
pub(super) fn outside(plan: &Plan) -> impl Iterator<Item = Annotation<'_>> {
    plan.changes.iter().filter_map(|change| {
        let (topic, follows) = match change.because {
            Because::Intent => return None,
            Because::Drift => (Topic::Drift, "this plan sets it back to what the files say"),
            Because::Conflict => (Topic::Conflict, "the files changed too, and this plan overwrites it"),
        };
        Some(Annotation {
            level: Level::Warning,
            topic,
            clinic: Some(&change.clinic),
            message: format!("{}; {follows}", who(change)),
            help: Vec::new(),
            waived: None,
            place: change.fields.iter().find_map(origin).cloned(),
        })
    })
}

fn who(change: &PlannedChange) -> String {
    let address = &change.address;
    let Some(last) = &change.last_change else {
        return format!("`{address}` was changed outside the files");
    };
    format!("`{address}` was changed outside the files by {} at {}", shown(&last.by), shown(&last.at))
}
