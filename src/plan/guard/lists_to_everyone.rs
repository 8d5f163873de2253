//! How many lists of people may be opened to everyone in one run.

use super::{Guard, directions};
use crate::domain::{Access, Limit};

/// Ten: `everyone` in a shared baseline replaces careful lists without a trace of who stood in them.
pub(super) const GUARD: Guard = Guard {
    name: "lists_to_everyone",
    counts: "lists of people that become `everyone`",
    default: Limit::Count(10),
    floor: 0,
    count: |plan| {
        directions(plan, |before, after| {
            before.accessible_to != Access::Everyone && after.accessible_to == Access::Everyone
        })
    },
};
