//! How many directions of messaging may be switched off in one run.

use super::{Guard, directions};
use crate::domain::Limit;

/// Ten: closing more doors at once than that is a decision of the region, not of one file.
pub(super) const GUARD: Guard = Guard {
    name: "directions_switched_off",
    counts: "directions of messaging that are switched off",
    default: Limit::Count(10),
    floor: 0,
    count: |plan| directions(plan, |before, after| before.enabled && !after.enabled),
};
