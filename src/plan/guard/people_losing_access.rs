//! How many people may lose a right in one run.

use super::{Guard, number};
use crate::domain::Limit;
use std::collections::BTreeSet;

/// Fifty: more than any one clinic's staff, so that one clinic can close while a mistake in a shared baseline stops.
///
/// A person counts once for each clinic in which they lose a right, however many rights they lose there: it is that
/// clinic's patients who lose a responder.
pub(super) const GUARD: Guard = Guard {
    name: "people_losing_access",
    counts: "people who lose a right, clinic by clinic",
    default: Limit::Count(50),
    floor: 0,
    count: |plan| number(plan.impact.lose.iter().map(|row| &row.person).collect::<BTreeSet<_>>().len()),
};
