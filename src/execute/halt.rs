//! Why a clinic stops at a step, and the doubt that goes with it.
//!
//! An unknown outcome of a write stays unknown until a response or a read settles it: whatever stops the step
//! after that is reported beside the unknown outcome, and never in its place.

use super::{Conflict, PerformError, StepOutcome};
use crate::plan::Write;

pub(super) const NOT_AGAIN: &str = "the write was not sent again";
pub(super) const UNREAD: &str = "; the clinic could not be read afterwards: ";

/// Why a clinic stops at a step.
pub(super) enum Halt {
    /// The system said no, or nothing.
    Error(PerformError),
    /// Another writer has changed the clinic; the outcome of the step is one thing, and that the rest cannot go on
    /// another.
    Conflict(StepOutcome, Conflict),
    /// Another writer has changed the clinic, and it cannot be read again; why. Their change is unknown, so this
    /// is no conflict that they can be asked about.
    Unread(String),
    /// The run ends before the step is sent.
    Ended(String),
}

impl Halt {
    /// The same where the step itself is over, as the clinic shows.
    pub(super) fn after(self, arrived: &StepOutcome) -> Self {
        match self {
            Self::Conflict(_, conflict) => Self::Conflict(arrived.clone(), conflict),
            other @ (Self::Error(_) | Self::Unread(_) | Self::Ended(_)) => other,
        }
    }
}

/// What is known of the requests that one step has sent.
#[derive(Default)]
pub(super) struct Sent<T> {
    /// How often the write was sent, as the port counts.
    pub(super) tries: T,
    /// Why the outcome of the last write whose response was lost is unknown.
    pub(super) lost: Option<String>,
}

impl<T> Sent<T> {
    /// The outcome of the step if the clinic shows it after another writer has changed it.
    pub(super) const fn arrived(&self) -> StepOutcome {
        if self.lost.is_some() { StepOutcome::Done } else { StepOutcome::AlreadySo }
    }

    /// Why a write is not sent again that another writer may have undone: the clinic does not show it, and they
    /// have written since.
    pub(super) fn maybe_undone(&self, write: &Write) -> Option<String> {
        self.lost.as_ref()?;
        Some(format!("nobody knows whether they undid our write of `{}`: it was not sent again", write.resource()))
    }

    pub(super) fn unknown(&self, found: &str) -> Halt {
        let why = self.lost.as_deref().unwrap_or_default();
        Halt::Error(PerformError::Unknown(format!("{why}{found}")))
    }

    /// A reason to stop, reported beside the unknown outcome of an earlier request. A step that the
    /// clinic shows as done is in no doubt.
    pub(super) fn with_its_doubt(self, halt: Halt) -> Halt {
        let Some(why) = &self.lost else { return halt };
        match halt {
            Halt::Error(error @ PerformError::Unknown(_)) => Halt::Error(error),
            Halt::Error(then) => Halt::Error(PerformError::Unsettled { why: why.clone(), then: Box::new(then) }),
            Halt::Ended(reason) => self.unknown(&format!("; {NOT_AGAIN}: {reason}")),
            Halt::Unread(reason) => self.unknown(&format!("{UNREAD}{reason}")),
            Halt::Conflict(StepOutcome::Stopped(then), conflict) => {
                let unsettled = PerformError::Unsettled { why: why.clone(), then: Box::new(then) };
                Halt::Conflict(StepOutcome::Stopped(unsettled), conflict)
            }
            conflict @ Halt::Conflict(..) => conflict,
        }
    }
}
