//! What happened, as values: events while it happens, outcomes afterwards.

use super::PerformError;
use crate::diff::{Change, diff};
use crate::domain::{ClinicId, ClinicState, LastChange, LiveClinic, Resource};

/// Something that just happened, for progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A step is done.
    StepDone {
        /// Its clinic.
        clinic: ClinicId,
        /// Its id.
        step: u32,
    },
    /// A clinic is finished, well or not.
    ClinicDone(Box<ClinicOutcome>),
}

/// What became of one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicOutcome {
    /// The clinic.
    pub clinic: ClinicId,
    /// What became of each step, in order.
    pub steps: Vec<(u32, StepOutcome)>,
    /// Why the clinic stopped before its end; `None` when everything was done and read back.
    pub stop: Option<Stop>,
}

/// The status of a clinic after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClinicStatus {
    /// Everything was written and read back.
    Done,
    /// Nothing had to be written: others had done it.
    AlreadySo,
    /// Another writer has changed it, and what is left was not sent.
    Conflict,
    /// The system refused: the content, or us.
    Refused,
    /// Something failed, or the outcome of a write is unknown.
    Failed,
    /// Not carried out, or not to the end, because the run ended.
    Skipped,
}

impl ClinicOutcome {
    /// The status that follows from the steps and the stop.
    #[must_use]
    pub fn status(&self) -> ClinicStatus {
        match &self.stop {
            None if self.steps.iter().all(|(_, step)| *step == StepOutcome::AlreadySo) => ClinicStatus::AlreadySo,
            None => ClinicStatus::Done,
            Some(Stop::Conflict(_) | Stop::ReadBack(_)) => ClinicStatus::Conflict,
            Some(Stop::NotKept(_) | Stop::NotReadBack(_)) => ClinicStatus::Failed,
            Some(Stop::Interrupted(_) | Stop::NotStarted(_)) => ClinicStatus::Skipped,
            Some(Stop::Step) => self.errors().next().map_or(ClinicStatus::Failed, PerformError::clinic_status),
        }
    }

    /// The errors of the steps that were not done.
    pub fn errors(&self) -> impl Iterator<Item = &PerformError> {
        self.steps.iter().filter_map(|(_, step)| match step {
            StepOutcome::Stopped(error) => Some(error),
            StepOutcome::Done | StepOutcome::AlreadySo | StepOutcome::Skipped => None,
        })
    }
}

impl PerformError {
    /// The status that it gives to its clinic.
    #[must_use]
    pub const fn clinic_status(&self) -> ClinicStatus {
        match self {
            Self::Conflict { .. } => ClinicStatus::Conflict,
            Self::Unauthenticated | Self::Forbidden | Self::Refused { .. } => ClinicStatus::Refused,
            Self::Interrupted(_) => ClinicStatus::Skipped,
            Self::Missing
            | Self::Gone
            | Self::NoRevision
            | Self::Failed(_)
            | Self::Unknown(_)
            | Self::Unsettled { .. } => ClinicStatus::Failed,
        }
    }
}

/// What became of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepOutcome {
    /// Written.
    Done,
    /// Nothing to write: it was already so.
    AlreadySo,
    /// Not done: this is why.
    Stopped(PerformError),
    /// Not tried, because an earlier one stopped.
    Skipped,
}

/// What another writer has changed in a clinic between its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Why the rest of the plan was not carried out on top of it, in one sentence.
    pub why: String,
    /// What they changed; nothing if the clinic's directory alone is another one.
    pub edits: Vec<Edit>,
}

/// Another writer's change of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// From what it would be like now if only we had written, to what it is.
    pub change: Change,
    /// Who and when, if the system says so: it does not of the order of buttons, and of a button that is gone.
    pub last_change: Option<LastChange>,
}

impl Conflict {
    /// What differs between what was `expected` and what is live.
    pub(super) fn between(expected: &ClinicState, live: &LiveClinic, why: String) -> Self {
        let edits = diff(expected, &live.state).into_iter().map(|change| {
            let last_change = live.last_changes.get(&change.resource).cloned();
            Edit { change, last_change }
        });
        Self { why, edits: edits.collect() }
    }
}

/// Why a clinic stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A step was not done; the last of `steps` that is [`StepOutcome::Stopped`] says why.
    Step,
    /// Another writer has changed the clinic, and what is left is no longer what was shown. The step at which this
    /// was found is [`StepOutcome::Stopped`] by a [`PerformError::Conflict`].
    Conflict(Conflict),
    /// The run ended in the middle of this clinic, between two requests; why. The steps that are left are
    /// [`StepOutcome::Skipped`].
    Interrupted(String),
    /// All steps were done, the clinic is still at the revision that the last of them left, and yet it is not as
    /// wanted in these resources: the system did not do what it said.
    NotKept(Vec<Resource>),
    /// All steps were done, another writer changed the clinic since, and these of the resources that were written are
    /// no longer as wanted. What the run did not write is not compared.
    ReadBack(Vec<(Resource, Option<LastChange>)>),
    /// All steps were done, and the read-back failed; why.
    NotReadBack(String),
    /// The run was interrupted or ended before this clinic's turn, and nothing was sent to it; why.
    NotStarted(String),
}
