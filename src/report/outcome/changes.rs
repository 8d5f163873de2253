//! The changes of a plan by their ids.

use crate::plan::{Plan, PlannedChange};
use std::collections::BTreeMap;

/// The changes of a plan, looked up once for all outcomes.
#[derive(Debug)]
pub(in crate::report) struct Changes<'p>(BTreeMap<u32, &'p PlannedChange>);

impl<'p> Changes<'p> {
    pub(in crate::report) fn of(plan: &'p Plan) -> Self {
        Self(plan.changes.iter().map(|change| (change.id, change)).collect())
    }

    pub(in crate::report) fn get(&self, id: u32) -> Option<&'p PlannedChange> {
        self.0.get(&id).copied()
    }
}
