//! Edits of the live system by hand: who, when, and what it was before.

use super::delta::Side;
use crate::domain::{ActorKind, ClinicId, Field, LastChange};
use crate::plan::{Because, PlannedChange};

/// A person's change of a resource in one clinic, which the plan overrules.
#[derive(Debug, Clone)]
pub struct LastEdit<'p> {
    /// Where.
    pub clinic: &'p ClinicId,
    /// Who and when. Raw.
    pub last: &'p LastChange,
    /// What the last apply left, value by value, if that is not what the files say now.
    pub applied: Vec<(&'p Field, Option<Side<'p>>)>,
}

impl<'p> LastEdit<'p> {
    /// The last edit behind a change: for drift and conflict by any writer, else only by a person.
    pub(super) fn of(row: &'p PlannedChange) -> Option<Self> {
        let last = row.last_change.as_ref()?;
        match row.because {
            Because::Drift | Because::Conflict => Some(Self { clinic: &row.clinic, last, applied: applied(row) }),
            Because::Intent => {
                (last.kind == ActorKind::Person).then(|| Self { clinic: &row.clinic, last, applied: Vec::new() })
            }
        }
    }
}

fn applied(row: &PlannedChange) -> Vec<(&Field, Option<Side<'_>>)> {
    let of = |path: &Field| row.applied.as_ref().and_then(|state| Side::in_state(state, path));
    let now = |path: &Field| row.after.as_ref().and_then(|state| Side::in_state(state, path));
    let paths = row.fields.iter().map(|field| &field.path);
    paths
        .map(|path| (path, of(path), now(path)))
        .filter(|(_, was, will)| was != will)
        .map(|(path, was, _)| (path, was))
        .collect()
}
