//! How many buttons may be removed in one run.

use super::{Guard, number};
use crate::diff::Action;
use crate::domain::Limit;

/// Ten: a removed button takes its titles with it, and they cannot be restored from the live system.
pub(super) const GUARD: Guard = Guard {
    name: "buttons_removed",
    counts: "buttons that are removed",
    default: Limit::Count(10),
    floor: 0,
    count: |plan| number(plan.changes.iter().filter(|change| change.action == Action::Delete).count()),
};
