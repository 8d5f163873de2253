//! What was done, counted.

use super::changes::Changes;
use crate::diff::Action;
use crate::execute::{ClinicOutcome, ClinicStatus, StepOutcome};
use crate::plan::Plan;

/// What was done, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCounts {
    /// Resources added.
    pub created: usize,
    /// Resources changed.
    pub updated: usize,
    /// Resources removed.
    pub deleted: usize,
    /// Writes that turned out to be unnecessary.
    pub already_so: usize,
    /// Clinics by what became of them.
    pub clinics: ClinicCounts,
}

/// Clinics by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClinicCounts {
    /// Everything was done and read back.
    pub done: usize,
    /// Nothing had to be done.
    pub already_so: usize,
    /// Another writer changed them.
    pub conflict: usize,
    /// The system refused.
    pub refused: usize,
    /// Something went wrong.
    pub failed: usize,
    /// The run ended first.
    pub skipped: usize,
}

impl OutcomeCounts {
    /// Counts what became of `plan`.
    #[must_use]
    pub fn of(plan: &Plan, outcomes: &[ClinicOutcome]) -> Self {
        let changes = Changes::of(plan);
        let mut counts = Self::default();
        for outcome in outcomes {
            *counts.clinics.count_mut(outcome.status()) += 1;
            for (id, step) in &outcome.steps {
                counts.add(changes.get(*id).map(|change| change.action), step);
            }
        }
        counts
    }

    fn add(&mut self, action: Option<Action>, step: &StepOutcome) {
        match (step, action) {
            (StepOutcome::Done, Some(Action::Create)) => self.created += 1,
            (StepOutcome::Done, Some(Action::Delete)) => self.deleted += 1,
            (StepOutcome::Done, Some(Action::Update) | None) => self.updated += 1,
            (StepOutcome::AlreadySo, _) => self.already_so += 1,
            (StepOutcome::Stopped(_) | StepOutcome::Skipped, _) => {}
        }
    }
}

impl ClinicCounts {
    /// Clinics that are as the plan wanted them.
    #[must_use]
    pub const fn finished(&self) -> usize {
        self.done + self.already_so
    }

    /// Clinics that are not.
    #[must_use]
    pub const fn stopped(&self) -> usize {
        self.conflict + self.refused + self.failed + self.skipped
    }

    const fn count_mut(&mut self, became: ClinicStatus) -> &mut usize {
        match became {
            ClinicStatus::Done => &mut self.done,
            ClinicStatus::AlreadySo => &mut self.already_so,
            ClinicStatus::Conflict => &mut self.conflict,
            ClinicStatus::Refused => &mut self.refused,
            ClinicStatus::Failed => &mut self.failed,
            ClinicStatus::Skipped => &mut self.skipped,
        }
    }
}
