//! Guards: limits on what one run may do to a fleet, because one commit must not be able to break it.
//!
//! A guard counts something over all clinics of a plan. More than its limit stops `apply` until a person accepts that
//! guard by name; `plan` only shows it. One file a guard, all of them in one table.

mod buttons_removed;
mod clinics_changed;
mod directions_switched_off;
mod lists_emptied;
mod lists_to_everyone;
mod people_losing_access;

use super::{ClinicPlan, GuardRow, PlannedChange};
use crate::diff::ResourceState;
use crate::domain::{DesiredFleet, Direction, Limit};
use std::collections::{BTreeMap, BTreeSet};

/// One row of the table.
#[derive(Debug)]
pub struct Guard {
    /// The name in `guards:`, in plans and for `--accept`.
    pub name: &'static str,
    /// What it counts, in one line.
    pub counts: &'static str,
    /// The limit unless `fleet.yaml` sets another one.
    pub default: Limit,
    /// What a limit in percent allows in any fleet, however small.
    pub floor: u64,
    /// How much of it one clinic's plan has.
    count: fn(&ClinicPlan) -> u64,
}

/// Every guard, sorted by name.
pub const GUARDS: &[&Guard] = &[
    &buttons_removed::GUARD,
    &clinics_changed::GUARD,
    &directions_switched_off::GUARD,
    &lists_emptied::GUARD,
    &lists_to_everyone::GUARD,
    &people_losing_access::GUARD,
];

/// The guard of this name.
#[must_use]
pub fn find_guard(name: &str) -> Option<&'static Guard> {
    GUARDS.iter().copied().find(|guard| guard.name == name)
}

/// The largest number that each guard allows, all of them by name; `None` where the guard is off.
pub type GuardLimits = BTreeMap<String, Option<u64>>;

/// What guards are measured against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuardSettings {
    /// Limits that differ from the defaults, by the name of the guard.
    pub limits: BTreeMap<String, Limit>,
    /// The clinics in the folder, before any filter: what a percentage is of. A run for one clinic is thereby held to
    /// the same number as a run for all.
    pub clinics_in_folder: usize,
    /// Guards that the person who runs this accepts by name.
    pub accepted: BTreeSet<String>,
}

impl GuardSettings {
    /// What a saved plan says.
    pub(super) fn of_saved(limits: &GuardLimits, accepted: BTreeSet<String>) -> Self {
        let limit = |limit: &Option<u64>| limit.map_or(Limit::Off, Limit::Count);
        let limits = limits.iter().map(|(name, said)| (name.clone(), limit(said))).collect();
        Self { limits, clinics_in_folder: 0, accepted }
    }

    /// The largest number that each guard allows.
    #[must_use]
    pub fn allowed(&self) -> GuardLimits {
        let limit = |guard: &&Guard| *self.limits.get(guard.name).unwrap_or(&guard.default);
        let allowed = |guard: &&Guard| (guard.name.to_owned(), guard.allowed(limit(guard), self.clinics_in_folder));
        GUARDS.iter().map(allowed).collect()
    }

    /// What `fleet`, whole and unfiltered, says.
    #[must_use]
    pub fn of(fleet: &DesiredFleet, accepted: BTreeSet<String>) -> Self {
        let limits = fleet.guards.iter().map(|(name, said)| (name.clone(), said.value)).collect();
        Self { limits, clinics_in_folder: fleet.clinics.len(), accepted }
    }
}

/// The guards that these plans exceed together.
pub(super) fn exceeded(settings: &GuardSettings, clinics: &[ClinicPlan]) -> Vec<GuardRow> {
    GUARDS.iter().filter_map(|guard| guard.row(settings, clinics)).collect()
}

impl Guard {
    fn row(&self, settings: &GuardSettings, clinics: &[ClinicPlan]) -> Option<GuardRow> {
        let limit = settings.limits.get(self.name).unwrap_or(&self.default);
        let limit = self.allowed(*limit, settings.clinics_in_folder)?;
        let actual = clinics.iter().map(self.count).sum();
        let accepted = settings.accepted.contains(self.name);
        (actual > limit).then(|| GuardRow { guard: self.name.to_owned(), limit, actual, accepted })
    }

    /// The largest number that `limit` allows in a folder of so many clinics; `None` if the guard is off.
    #[must_use]
    pub fn allowed(&self, limit: Limit, clinics_in_folder: usize) -> Option<u64> {
        match limit {
            Limit::Count(count) => Some(count),
            Limit::Percent(percent) => {
                let share =
                    u64::try_from(clinics_in_folder).unwrap_or(u64::MAX).saturating_mul(u64::from(percent)) / 100;
                Some(share.max(self.floor))
            }
            Limit::Off => None,
        }
    }
}

/// How many directions of a clinic change in a way that `matters(before, after)`.
fn directions(plan: &ClinicPlan, matters: fn(&Direction, &Direction) -> bool) -> u64 {
    let counts = |change: &&PlannedChange| match (&change.before, &change.after) {
        (Some(ResourceState::Direction(before)), Some(ResourceState::Direction(after))) => matters(before, after),
        _ => false,
    };
    number(plan.changes.iter().filter(counts).count())
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
