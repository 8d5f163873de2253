//! The table.

mod buttons;
mod directions;
mod log;
mod menu;
mod order;
mod preconditions;

use super::bench::Scenario;

/// Every scenario.
pub(crate) fn all() -> impl Iterator<Item = Scenario> {
    let tables = [directions::TABLE, buttons::TABLE, order::TABLE, preconditions::TABLE, log::TABLE, menu::TABLE];
    tables.into_iter().flatten().copied()
}
