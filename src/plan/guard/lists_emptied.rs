//! How many lists of people may become empty in one run.

use super::{Guard, directions};
use crate::domain::{Access, Limit};

/// Ten: a list that becomes empty is a clinic that closes, or a group file that lost its members.
pub(super) const GUARD: Guard = Guard {
    name: "lists_emptied",
    counts: "lists that nobody is in any more",
    default: Limit::Count(10),
    floor: 0,
    count: |plan| {
        directions(plan, |before, after| {
            before.accessible_to != Access::nobody() && after.accessible_to == Access::nobody()
        })
    },
};
