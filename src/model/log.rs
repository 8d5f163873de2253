//! The change log: one entry for each accepted write, oldest first.

use crate::diff::ResourceState;
use crate::domain::{ActorKind, ClinicId, LastChange, Resource};

/// Who writes, and what they say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name under which the system knows them.
    pub name: String,
    /// Somebody in the console, or a pipeline.
    pub kind: ActorKind,
    /// The commit or pull request behind the write.
    pub reference: Option<String>,
}

impl Author {
    /// A pipeline that gives no reference.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ActorKind::Service, reference: None }
    }

    /// Somebody in the console.
    #[must_use]
    pub fn person(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ActorKind::Person, reference: None }
    }
}

/// One accepted write that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The place in the log of the whole system, from 1.
    pub seq: u64,
    /// The clinic.
    pub clinic: ClinicId,
    /// What was written.
    pub resource: Resource,
    /// By whom and when.
    pub change: LastChange,
    /// The resource before; `None` if it was created.
    pub before: Option<ResourceState>,
    /// The resource after; `None` if it was deleted.
    pub after: Option<ResourceState>,
}

/// The first second of the model's own time: the model knows no clock, so its time is the number of the entry.
const EPOCH: i64 = 1_767_225_600;

/// What entry number `seq` says about `author`.
pub(super) fn stamp(author: &Author, seq: u64) -> LastChange {
    let second = i64::try_from(seq).unwrap_or(i64::MAX).saturating_add(EPOCH);
    let at = jiff::Timestamp::from_second(second).unwrap_or(jiff::Timestamp::MAX);
    LastChange { by: author.name.clone(), kind: author.kind, at: at.to_string(), reference: author.reference.clone() }
}
