//! What happened, as values: events while it happens, outcomes afterwards.

use super::PerformError;
use crate::domain::ClinicId;
use crate::domain::LastChange;
use crate::domain::Resource;

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

/// Why a clinic stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A step was not done; the last of `steps` that is [`StepOutcome::Stopped`] says why.
    Step,
    /// The run ended in the middle of this clinic, between two requests; why. The steps that are left are
    /// [`StepOutcome::Skipped`].
    Interrupted(String),
    /// All steps were done, the clinic is still at the revision that the last of them left, and yet it is not as
    /// wanted in these resources: the system did not do what it said.
    NotKept(Vec<Resource>),
    /// All steps were done, somebody changed the clinic since, and these of the resources that were written are no
    /// longer as wanted. What the run did not write is not looked at: it is somebody else's business.
    ReadBack(Vec<(Resource, Option<LastChange>)>),
    /// All steps were done, and the read-back failed; why.
    NotReadBack(String),
    /// The run was interrupted or ended before this clinic's turn, and nothing was sent to it; why.
    NotStarted(String),
}
