//! One step: sent under its precondition, until what became of it is known.
//!
//! ```text
//! an answer            what happened
//! none, or 5xx         read; the write and nothing else: done. Exactly as before, at the same revision: not done, and
//!                      if the port has patience left sent again under the same precondition, so that at most one of
//!                      them counts. Else: as after 412
//! done, but not at     read and compared in the same way; where the clinic is as it was, the step has failed: whoever
//! which revision       answers so would do so again
//! 412, or 404 on a     read once more, with the people, and plan the clinic again: go on where the rest is what was
//! DELETE               shown, else stop with a conflict. Where an answer to this write was lost before and the clinic
//!                      does not show it, somebody may have undone it: that is a conflict too
//! anything else        stop
//! ```

use super::clinic::Executor;
use super::halt::{Halt, NOT_AGAIN, Sent, UNREAD};
use super::position::{LastWriter, Planned, Position};
use super::{Conflict, FatalError, Observed, PerformError, Performed, Port, Replan, Sending, StepOutcome};
use crate::domain::LiveClinic;
use crate::plan::{Replanned, Step};

pub(super) const FORBIDDEN: &str = "the token may not read this clinic";
const NOT_DONE: &str = "the system said that it is done, and did not do it: the clinic is as it was";
pub(super) const CUT_SHORT: &str = "the run was stopped before the answer came";

/// What an answer that is no success makes of a step.
enum Settled {
    /// It is over.
    Over(StepOutcome),
    /// The write did not happen and may be sent under the position's revision.
    Send,
}

/// What a clinic shows of a write of which there is no certain answer.
enum Shown {
    /// The write and nothing else.
    Done(Box<LiveClinic>),
    /// Exactly what it was before.
    Untouched,
    /// Something else.
    Moved(Box<LiveClinic>),
    /// Nothing; what to say of it.
    Nothing(String),
}

impl<P: Port, R: Replan, F> Executor<'_, P, R, F> {
    /// Carries out the step at which the clinic is.
    pub(super) async fn step(&self, at: &mut Position<'_>, step: &Step) -> Result<StepOutcome, Halt> {
        let mut sent = Sent::<P::Tries>::default();
        loop {
            if at.planned == Planned::NothingLeft {
                return Ok(StepOutcome::AlreadySo);
            }
            let settled = match self.must_end() {
                Some(reason) => Err(Halt::Ended(reason)),
                None => self.settle(at, step, &mut sent).await,
            };
            match settled {
                Ok(Settled::Over(outcome)) => return Ok(outcome),
                Ok(Settled::Send) => {}
                Err(halt) => return Err(sent.with_its_doubt(halt)),
            }
        }
    }

    /// One request, and whatever its answer asks for.
    async fn settle(&self, at: &mut Position<'_>, step: &Step, sent: &mut Sent<P::Tries>) -> Result<Settled, Halt> {
        match self.send(at, step, &mut sent.tries).await {
            Ok(Performed { revision, changed }) => {
                at.advance(&step.write, revision);
                Ok(Settled::Over(if changed { StepOutcome::Done } else { StepOutcome::AlreadySo }))
            }
            Err(PerformError::Unknown(why)) => {
                sent.lost = Some(why);
                let shown = self.shown(at, step).await;
                self.as_shown(shown, at, step, sent).await
            }
            Err(PerformError::NoRevision) => self.after_a_claim(at, step, sent).await,
            Err(error) => self.after(at, step, error, sent).await,
        }
    }

    async fn send(&self, at: &Position<'_>, step: &Step, tries: &mut P::Tries) -> Result<Performed, PerformError> {
        let (clinic, precondition, write) = (&at.work.clinic, at.revision, &step.write);
        let sending = Sending { clinic, precondition, write, reference: self.options.reference.as_deref() };
        tokio::select! {
            biased;
            answer = self.port.perform(sending, tries) => answer,
            () = self.options.interrupt.shortened() => Err(PerformError::Unknown(CUT_SHORT.to_owned())),
        }
    }

    /// What an answer means that is neither a success nor in doubt.
    async fn after(
        &self,
        at: &mut Position<'_>,
        step: &Step,
        error: PerformError,
        sent: &Sent<P::Tries>,
    ) -> Result<Settled, Halt> {
        match error {
            PerformError::Gone | PerformError::Conflict { .. } => self.plan_again(at, step, sent).await,
            PerformError::Interrupted(reason) => Err(Halt::Ended(reason)),
            PerformError::Unauthenticated => {
                self.ended.raise(error.to_string());
                Err(Halt::Error(error))
            }
            PerformError::Forbidden
            | PerformError::Missing
            | PerformError::NoRevision
            | PerformError::Refused { .. }
            | PerformError::Failed(_)
            | PerformError::Unknown(_)
            | PerformError::Unsettled { .. } => Err(Halt::Error(error)),
        }
    }

    /// The response claims that the write is done, without a revision: reading the clinic decides.
    async fn after_a_claim(
        &self,
        at: &mut Position<'_>,
        step: &Step,
        sent: &mut Sent<P::Tries>,
    ) -> Result<Settled, Halt> {
        let shown = self.shown(at, step).await;
        if matches!(shown, Shown::Untouched) {
            return Err(Halt::Error(PerformError::Failed(NOT_DONE.to_owned())));
        }
        sent.lost = Some(PerformError::NoRevision.to_string());
        self.as_shown(shown, at, step, sent).await
    }

    /// The outcome of the write was unknown: reading the clinic decides.
    async fn as_shown(
        &self,
        shown: Shown,
        at: &mut Position<'_>,
        step: &Step,
        sent: &mut Sent<P::Tries>,
    ) -> Result<Settled, Halt> {
        let last = at.left().len() == 1;
        match shown {
            Shown::Done(live) if last => at.advance_to_the_end(&step.write, live, LastWriter::Us),
            Shown::Done(live) => at.advance(&step.write, live.revision),
            // What others made of the rest is looked at by the read-back: nothing of it is left to be written.
            Shown::Moved(live) if last && step.write.is_done_in(&live.state) => {
                at.advance_to_the_end(&step.write, live, LastWriter::Other);
            }
            Shown::Moved(_) => return self.plan_again(at, step, sent).await,
            Shown::Untouched => return self.try_again(sent).await,
            Shown::Nothing(found) => return Err(sent.unknown(&found)),
        }
        Ok(Settled::Over(StepOutcome::Done))
    }

    async fn try_again(&self, sent: &mut Sent<P::Tries>) -> Result<Settled, Halt> {
        if self.must_end().is_none() && self.port.once_more(&mut sent.tries).await {
            return Ok(Settled::Send);
        }
        let because = self.must_end().map(|reason| format!(": {reason}")).unwrap_or_default();
        Err(sent.unknown(&format!("; the clinic was read afterwards and is as it was, and {NOT_AGAIN}{because}")))
    }

    /// Whether a write happened does not depend on anybody's name, so the people are not read.
    async fn shown(&self, at: &Position<'_>, step: &Step) -> Shown {
        if self.options.interrupt.is_short() {
            return Shown::Nothing(String::new());
        }
        let unread = |reason: &str| Shown::Nothing(format!("{UNREAD}{reason}"));
        match self.observe(at).await {
            Ok(Observed::Live(live)) if live.state == at.after(&step.write) => Shown::Done(live),
            Ok(Observed::Live(live)) if live.state == at.expected && live.revision == at.revision => Shown::Untouched,
            Ok(Observed::Live(live)) => Shown::Moved(live),
            Ok(Observed::Missing) => unread(&PerformError::Missing.to_string()),
            Ok(Observed::Forbidden) => unread(FORBIDDEN),
            Ok(Observed::Failed(reason)) => unread(&reason),
            Err(hopeless) => unread(&hopeless.to_string()),
        }
    }

    /// Another writer has changed the clinic.
    async fn plan_again(&self, at: &mut Position<'_>, step: &Step, sent: &Sent<P::Tries>) -> Result<Settled, Halt> {
        let live = match self.observe_with_people(at).await {
            Ok(Observed::Live(live)) => *live,
            Ok(Observed::Missing) => return Err(Halt::Error(PerformError::Missing)),
            Ok(Observed::Forbidden) => return Err(Halt::Unread(FORBIDDEN.to_owned())),
            Ok(Observed::Failed(reason)) => return Err(Halt::Unread(reason)),
            Err(FatalError::Unauthenticated) => return Err(Halt::Error(PerformError::Unauthenticated)),
            Err(FatalError::ProtocolError(reason)) => return Err(Halt::Unread(reason)),
        };
        let settled = if step.write.is_done_in(&live.state) {
            at.advance(&step.write, live.revision);
            Settled::Over(sent.arrived())
        } else {
            Settled::Send
        };
        match settled {
            Settled::Over(_) if live.state == at.expected => {}
            Settled::Over(_) if at.left().is_empty() => at.last_writer = LastWriter::Other,
            Settled::Over(ref arrived) => self.compare(at, live, None).map_err(|halt| halt.after(arrived))?,
            Settled::Send => self.compare(at, live, sent.maybe_undone(&step.write))?,
        }
        Ok(settled)
    }

    /// `against` is what speaks against sending the rest, even if it is what was shown.
    fn compare(&self, at: &mut Position<'_>, live: LiveClinic, against: Option<String>) -> Result<(), Halt> {
        let conflict = |at: &Position<'_>, live: &LiveClinic, why: String| {
            let outcome = StepOutcome::Stopped(PerformError::Conflict { current: Some(live.revision) });
            Halt::Conflict(outcome, Conflict::between(&at.expected, live, why))
        };
        if at.planned != Planned::Once {
            return Err(conflict(
                at,
                &live,
                "the clinic was planned again once, and somebody changed it once more".into(),
            ));
        }
        match self.again.replan(&at.rest(), &live) {
            Replanned::Same { .. } if let Some(why) = against => return Err(conflict(at, &live, why)),
            Replanned::Same { wanted } => at.go_on_from(live, wanted, Planned::Twice),
            Replanned::Nothing => {
                let wanted = live.state.clone();
                at.go_on_from(live, wanted, Planned::NothingLeft);
            }
            Replanned::Different(why) => return Err(conflict(at, &live, why)),
        }
        Ok(())
    }
}
