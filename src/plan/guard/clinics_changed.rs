//! How many clinics one run may change.

use super::Guard;
use crate::domain::Limit;

/// A quarter of the fleet: a roll-out to more than that is announced, not slipped in.
///
/// The floor: a quarter of a small fleet would stop everyday work, and ten clinics are reviewed one by one. A limit
/// given as a number has no floor: who writes `3` means three.
pub(super) const GUARD: Guard = Guard {
    name: "clinics_changed",
    counts: "clinics with at least one change",
    default: Limit::Percent(25),
    floor: 10,
    count: |plan| u64::from(!plan.changes.is_empty()),
};
