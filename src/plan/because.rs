//! Why live values differ from the wanted ones: the files changed, the live system was changed, or both.
//!
//! With B for the resource as the last apply left it (the `after` of the newest entry that a service made for it in the
//! change log), judged over the values that the change touches:
//!
//! ```text
//! live = B                        intent
//! live differs, the files are B   drift
//! live differs, the files too     conflict
//! no B                            intent
//! ```
//!
//! Nothing here reads a log: [`ClinicPlan::open_questions`] says of which resources it must be known, and
//! [`ClinicPlan::attribute`] takes what it says.

use super::{Because, ClinicPlan, PlannedChange};
use crate::diff::{FieldValue, ResourceState};
use crate::domain::{ActorKind, Field, LastChange, Resource};
use std::collections::{BTreeMap, BTreeSet};

/// What a clinic's change log says about resources; those that it does not mention are not in it.
pub type Attribution = BTreeMap<Resource, Logged>;

/// What a change log says about one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Who changed it last.
    pub newest: LastChange,
    /// What a service left last; `None` if none ever changed it.
    pub applied: Option<Applied>,
}

/// A resource as the last apply left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// It was there.
    Present(ResourceState),
    /// It was not there.
    Absent,
}

impl Applied {
    fn state(&self) -> Option<&ResourceState> {
        match self {
            Self::Present(state) => Some(state),
            Self::Absent => None,
        }
    }
}

impl ClinicPlan {
    /// The changed resources for which only the change log shows whether they were changed by hand.
    ///
    /// A service that changed a resource last left what is live. What was never changed is live as it began. Only
    /// resources that do not exist any more, and the order of the buttons, do not say who changed them last.
    #[must_use]
    pub fn open_questions(&self) -> BTreeSet<Resource> {
        let open = self.changes.iter().filter(|change| match &change.last_change {
            Some(last) => last.kind == ActorKind::Person,
            None => change.before.is_none() || change.address.resource == Resource::ButtonOrder,
        });
        open.map(|change| change.address.resource.clone()).collect()
    }

    /// Distinguishes intent, drift and conflict by the change log.
    pub fn attribute(&mut self, attribution: &Attribution) {
        for change in &mut self.changes {
            if let Some(logged) = attribution.get(&change.address.resource) {
                attribute(change, logged);
            }
        }
    }
}

fn attribute(change: &mut PlannedChange, Logged { newest, applied }: &Logged) {
    change.last_change.get_or_insert_with(|| newest.clone());
    // A service that changed it last left what is live, even if that is not what was read before.
    let Some(applied) = applied.as_ref().filter(|_| newest.kind == ActorKind::Person) else { return };
    change.because = because(change, applied);
    change.applied = match change.because {
        Because::Intent => None,
        Because::Drift | Because::Conflict => applied.state().cloned(),
    };
}

impl PlannedChange {
    /// Whether what the change says of the last apply and why the live value differs belong together.
    pub(super) fn says_why(&self) -> bool {
        match (self.because, &self.applied) {
            (Because::Intent, applied) => applied.is_none(),
            (Because::Drift | Because::Conflict, Some(state)) => {
                because(self, &Applied::Present(state.clone())) == self.because
            }
            (Because::Drift | Because::Conflict, None) => because(self, &Applied::Absent) == self.because,
        }
    }
}

fn because(change: &PlannedChange, applied: &Applied) -> Because {
    let applied = applied.state().map(ResourceState::values).unwrap_or_default();
    let is_applied = |field: &Field, value: &Option<FieldValue>| match (value, applied.get(field)) {
        (Some(FieldValue::Items(order)), Some(FieldValue::Items(applied))) if *field == Field::Order => {
            same_order(order, applied)
        }
        (value, applied) => value.as_ref() == applied,
    };
    if change.fields.iter().all(|row| is_applied(&row.path, &row.before)) {
        Because::Intent
    } else if change.fields.iter().all(|row| is_applied(&row.path, &row.after)) {
        Because::Drift
    } else {
        Because::Conflict
    }
}

/// Whether the buttons that stand in both lists stand in the same order. Buttons come and go without an entry about the
/// order of the others.
fn same_order(one: &[String], other: &[String]) -> bool {
    let common = |these: &[String], those: &[String]| -> Vec<String> {
        let those: BTreeSet<_> = those.iter().collect();
        these.iter().filter(|id| those.contains(id)).cloned().collect()
    };
    common(one, other) == common(other, one)
}
