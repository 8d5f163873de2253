//! One clinic: its steps in order, each under the revision that the one before it left, and a read-back.

use super::expected::{differences, not_kept};
use super::halt::Halt;
use super::position::{LastWriter, Position};
use super::step::{CUT_SHORT, FORBIDDEN};
use super::{
    ClinicOutcome, Event, FatalError, Interrupt, Observed, Options, PerformError, Port, Replan, StepOutcome, Stop,
};
use crate::plan::ClinicWork;

const CHANGED: &str = "somebody else changed the clinic, and it could not be read again: ";

/// What the clinics of one run share.
pub(super) struct Executor<'a, P, R, F> {
    pub(super) port: &'a P,
    pub(super) again: &'a R,
    pub(super) options: &'a Options,
    tell: &'a F,
    /// Raised when the system no longer accepts the token.
    pub(super) ended: Interrupt,
}

impl<'a, P: Port, R: Replan, F: Fn(Event) + Sync> Executor<'a, P, R, F> {
    pub(super) fn new(port: &'a P, again: &'a R, options: &'a Options, tell: &'a F) -> Self {
        Self { port, again, options, tell, ended: Interrupt::default() }
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
        let mut at = Position::start(work);
        let mut steps = Vec::with_capacity(work.steps.len());
        let done = self.steps(&mut at, &mut steps).await;
        let left = skipped(work, steps.len());
        steps.extend(left);
        let stop = match done {
            Ok(()) if steps.is_empty() => None,
            Ok(()) => self.read_back(at).await,
            Err(stop) => Some(stop),
        };
        (steps, stop)
    }

    /// Performs the steps in order until one stops or the run ends.
    async fn steps(&self, at: &mut Position<'_>, done: &mut Vec<(u32, StepOutcome)>) -> Result<(), Stop> {
        let work = at.work;
        for step in &work.steps {
            match self.step(at, step).await {
                Ok(outcome) => done.push((step.id, outcome)),
                Err(Halt::Ended(reason)) => return Err(Stop::Interrupted(reason)),
                Err(Halt::Error(error)) => {
                    done.push((step.id, StepOutcome::Stopped(error)));
                    return Err(Stop::Step);
                }
                Err(Halt::Unread(reason)) => {
                    done.push((step.id, StepOutcome::Stopped(PerformError::Failed(format!("{CHANGED}{reason}")))));
                    return Err(Stop::Step);
                }
                Err(Halt::Conflict(outcome, conflict)) => {
                    done.push((step.id, outcome));
                    return Err(Stop::Conflict(conflict));
                }
            }
            (self.tell)(Event::StepDone { clinic: work.clinic.clone(), step: step.id });
        }
        Ok(())
    }

    /// While the clinic is at the revision that our last write left, all of it must be as wanted. After that somebody
    /// else has been there, and only what we wrote must still stand: the rest is theirs.
    async fn read_back(&self, mut at: Position<'_>) -> Option<Stop> {
        let observed = match (at.seen.take(), self.must_end()) {
            (Some(live), _) => Observed::Live(live),
            (None, Some(reason)) => return Some(Stop::NotReadBack(reason)),
            (None, None) => match self.observe(&at).await {
                Ok(observed) => observed,
                Err(hopeless) => return Some(Stop::NotReadBack(hopeless.to_string())),
            },
        };
        match observed {
            Observed::Live(live) if at.last_writer == LastWriter::Us && at.revision == live.revision => {
                Some(not_kept(&at, &live)).filter(|different| !different.is_empty()).map(Stop::NotKept)
            }
            Observed::Live(live) => {
                Some(differences(&at, &live)).filter(|different| !different.is_empty()).map(Stop::ReadBack)
            }
            Observed::Missing => Some(Stop::NotReadBack(PerformError::Missing.to_string())),
            Observed::Forbidden => Some(Stop::NotReadBack(FORBIDDEN.to_owned())),
            Observed::Failed(reason) => Some(Stop::NotReadBack(reason)),
        }
    }
}

impl<P: Port, R, F> Executor<'_, P, R, F> {
    /// Reads the clinic without its people.
    pub(super) async fn observe(&self, at: &Position<'_>) -> Result<Observed, FatalError> {
        self.read(self.port.observe(&at.work.clinic)).await
    }

    /// Reads the clinic with its people.
    pub(super) async fn observe_with_people(&self, at: &Position<'_>) -> Result<Observed, FatalError> {
        self.read(self.port.observe_with_people(&at.work.clinic)).await
    }

    /// Waits for this, unless the run is to stop at once. If nothing more is to be read, the run ends.
    async fn read(&self, reading: impl Future<Output = Result<Observed, FatalError>>) -> Result<Observed, FatalError> {
        let read = tokio::select! {
            biased;
            read = reading => read,
            () = self.options.interrupt.shortened() => Ok(Observed::Failed(CUT_SHORT.to_owned())),
        };
        read.inspect_err(|hopeless| self.ended.raise(hopeless.to_string()))
    }

    /// Why nothing more may be sent.
    pub(super) fn must_end(&self) -> Option<String> {
        self.options.interrupt.reason().or(self.ended.reason()).map(str::to_owned)
    }
}

/// The steps from the one at `first` on, as not tried.
fn skipped(work: &ClinicWork, first: usize) -> Vec<(u32, StepOutcome)> {
    work.steps.iter().skip(first).map(|step| (step.id, StepOutcome::Skipped)).collect()
}
