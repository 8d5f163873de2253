//! One clinic: its steps in order, each under the revision that the one before it left, and a read-back.

use super::ClinicOutcome;
use super::Event;
use super::Interrupt;
use super::Observed;
use super::Options;
use super::PerformError;
use super::Performed;
use super::Port;
use super::StepOutcome;
use super::Stop;
use super::expected::apply;
use super::expected::differences;
use super::expected::not_kept;
use crate::domain::ClinicId;
use crate::domain::ClinicState;
use crate::domain::Revision;
use crate::plan::ClinicWork;
use crate::plan::Write;

/// What the clinics of one run share.
pub(super) struct Executor<'a, P, F> {
    port: &'a P,
    options: &'a Options,
    tell: &'a F,
    /// Raised when the system no longer accepts the token.
    ended: Interrupt,
}

/// Where a clinic is after the steps so far.
struct Position<'a> {
    clinic: &'a ClinicId,
    /// `None` after an answer that did not name it.
    revision: Option<Revision>,
    /// What the clinic must look like if nobody else writes it.
    expected: ClinicState,
}

/// What reading a clinic in the middle of its steps says.
enum Reading {
    /// It is exactly as expected, at this revision.
    AsExpected(Revision),
    /// It is not.
    Different(Revision),
    /// It does not exist.
    Missing,
    /// It could not be read; why.
    Unreadable(String),
}

impl<'a, P: Port, F: Fn(Event) + Sync> Executor<'a, P, F> {
    pub(super) fn new(port: &'a P, options: &'a Options, tell: &'a F) -> Self {
        Self { port, options, tell, ended: Interrupt::default() }
    }

    /// Carries out the work of one clinic.
    pub(super) async fn clinic(&self, work: &ClinicWork) -> ClinicOutcome {
        let (steps, stop) = match self.must_end() {
            Some(reason) => (skipped(work, 0), Some(Stop::NotStarted(reason))),
            None => self.carry_out(work).await,
        };
        let outcome = ClinicOutcome { clinic: work.clinic.clone(), steps, stop };
        (self.tell)(Event::ClinicDone(Box::new(outcome.clone())));
        outcome
    }

    async fn carry_out(&self, work: &ClinicWork) -> (Vec<(u32, StepOutcome)>, Option<Stop>) {
        let mut steps = Vec::with_capacity(work.steps.len());
        let done = self.steps(work, &mut steps).await;
        let left = skipped(work, steps.len());
        steps.extend(left);
        let stop = match done {
            Ok(_) if steps.is_empty() => None,
            Ok(left_at) => self.read_back(work, left_at).await,
            Err(stop) => Some(stop),
        };
        (steps, stop)
    }

    /// Performs the steps in order until one stops or the run ends. Gives the revision that the last one left, where
    /// the system named it.
    async fn steps(&self, work: &ClinicWork, done: &mut Vec<(u32, StepOutcome)>) -> Result<Option<Revision>, Stop> {
        let mut at = Position { clinic: &work.clinic, revision: Some(work.revision), expected: work.before.clone() };
        for step in &work.steps {
            if let Some(reason) = self.must_end() {
                return Err(Stop::Interrupted(reason));
            }
            let outcome = self.step(&mut at, &step.write).await;
            let stopped = matches!(outcome, StepOutcome::Stopped(_));
            done.push((step.id, outcome));
            if stopped {
                return Err(Stop::Step);
            }
            (self.tell)(Event::StepDone { clinic: work.clinic.clone(), step: step.id });
        }
        Ok(at.revision)
    }

    async fn step(&self, at: &mut Position<'_>, write: &Write) -> StepOutcome {
        let precondition = match at.revision {
            Some(revision) => revision,
            None => match self.read(at).await.go_on() {
                Ok(revision) => revision,
                Err(error) => return StepOutcome::Stopped(error),
            },
        };
        apply(&mut at.expected, write);
        let reference = self.options.reference.as_deref();
        match self.port.perform(at.clinic, precondition, write, reference).await {
            Ok(Performed { revision, changed }) => {
                at.revision = Some(revision);
                if changed { StepOutcome::Done } else { StepOutcome::AlreadySo }
            }
            Err(error) => self.after(at, error).await,
        }
    }

    /// What an answer other than "done" means for the step. Nothing is ever sent a second time here.
    async fn after(&self, at: &mut Position<'_>, error: PerformError) -> StepOutcome {
        match error {
            PerformError::NoRevision => {
                at.revision = None;
                StepOutcome::Done
            }
            PerformError::Gone => self.after_gone(at).await,
            PerformError::Unknown(why) => self.after_unknown(at, why).await,
            PerformError::Unauthenticated => {
                self.ended.raise(error.to_string());
                StepOutcome::Stopped(error)
            }
            PerformError::Forbidden
            | PerformError::Missing
            | PerformError::Conflict { .. }
            | PerformError::Refused { .. }
            | PerformError::Failed(_) => StepOutcome::Stopped(error),
        }
    }

    /// The button was not there: the goal is reached, unless more than that happened behind our back.
    async fn after_gone(&self, at: &mut Position<'_>) -> StepOutcome {
        match self.read(at).await.go_on() {
            Ok(revision) => {
                at.revision = Some(revision);
                StepOutcome::AlreadySo
            }
            Err(error) => StepOutcome::Stopped(error),
        }
    }

    /// No answer: the step counts as done only where the clinic shows it and nothing else.
    async fn after_unknown(&self, at: &mut Position<'_>, why: String) -> StepOutcome {
        let read = match self.read(at).await {
            Reading::AsExpected(revision) => {
                at.revision = Some(revision);
                return StepOutcome::Done;
            }
            Reading::Different(_) => "the clinic was read afterwards and does not show it".to_owned(),
            Reading::Missing => "afterwards the system does not know the clinic".to_owned(),
            Reading::Unreadable(reason) => format!("the clinic could not be read afterwards: {reason}"),
        };
        StepOutcome::Stopped(PerformError::Unknown(format!("{why}; {read}")))
    }

    async fn read(&self, at: &Position<'_>) -> Reading {
        match self.port.observe(at.clinic).await {
            Observed::Live(live) if live.state == at.expected => Reading::AsExpected(live.revision),
            Observed::Live(live) => Reading::Different(live.revision),
            Observed::Missing => Reading::Missing,
            Observed::Forbidden => Reading::Unreadable(FORBIDDEN.to_owned()),
            Observed::Failed(reason) => Reading::Unreadable(reason),
        }
    }

    /// While the clinic is at the revision that our last write left, all of it must be as wanted. After that somebody
    /// else has been there, and only what we wrote must still stand: the rest is theirs.
    async fn read_back(&self, work: &ClinicWork, left_at: Option<Revision>) -> Option<Stop> {
        if let Some(reason) = self.must_end() {
            return Some(Stop::NotReadBack(reason));
        }
        match self.port.observe(&work.clinic).await {
            Observed::Live(live) if left_at == Some(live.revision) => {
                Some(not_kept(work, &live)).filter(|different| !different.is_empty()).map(Stop::NotKept)
            }
            Observed::Live(live) => {
                Some(differences(work, &live)).filter(|different| !different.is_empty()).map(Stop::ReadBack)
            }
            Observed::Missing => Some(Stop::NotReadBack(PerformError::Missing.to_string())),
            Observed::Forbidden => Some(Stop::NotReadBack(FORBIDDEN.to_owned())),
            Observed::Failed(reason) => Some(Stop::NotReadBack(reason)),
        }
    }

    fn must_end(&self) -> Option<String> {
        self.options.interrupt.reason().or(self.ended.reason()).map(str::to_owned)
    }
}

const FORBIDDEN: &str = "the token may not read this clinic";

impl Reading {
    /// The revision under which the next write may be sent, where nothing but our own writes happened.
    fn go_on(self) -> Result<Revision, PerformError> {
        match self {
            Self::AsExpected(revision) => Ok(revision),
            Self::Different(revision) => Err(PerformError::Conflict { current: Some(revision) }),
            Self::Missing => Err(PerformError::Missing),
            Self::Unreadable(reason) => {
                Err(PerformError::Failed(format!("the clinic's revision is unknown: {reason}")))
            }
        }
    }
}

/// The steps from the one at `first` on, as not tried.
fn skipped(work: &ClinicWork, first: usize) -> Vec<(u32, StepOutcome)> {
    work.steps.iter().skip(first).map(|step| (step.id, StepOutcome::Skipped)).collect()
}
