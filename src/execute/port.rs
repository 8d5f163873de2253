//! The port: all that the executor needs of a clinic system.

use crate::domain::{ClinicId, LiveClinic, Revision};
use crate::plan::Write;
use std::future::Future;

/// A live clinic system.
pub trait Port: Sync {
    /// What is remembered of one write from one time that it is sent to the next.
    type Tries: Default + Send;

    /// Reads one clinic as it is now. The directory may be left empty: whether a write arrived does not depend on
    /// anybody's name, so its people need not be read.
    ///
    /// # Errors
    /// [`FatalError`] if that is no single clinic's trouble.
    fn observe(&self, clinic: &ClinicId) -> impl Future<Output = Result<Observed, FatalError>> + Send;

    /// Reads one clinic as it is now, with its people: all that planning it again needs.
    ///
    /// # Errors
    /// [`FatalError`] if that is no single clinic's trouble.
    fn observe_with_people(&self, clinic: &ClinicId) -> impl Future<Output = Result<Observed, FatalError>> + Send;

    /// Sends one write under its precondition. `tries` are those of this write alone.
    ///
    /// # Errors
    /// [`PerformError`] says whether the system refused or whether the outcome is unknown.
    fn perform(
        &self,
        sending: Sending<'_>,
        tries: &mut Self::Tries,
    ) -> impl Future<Output = Result<Performed, PerformError>> + Send;

    /// Asked where the last outcome was [unknown](PerformError::Unknown) and the clinic has shown since that the write
    /// did not happen: whether it may be sent once more. Where it may, this takes as long as the system is to be left
    /// alone before.
    fn once_more(&self, tries: &mut Self::Tries) -> impl Future<Output = bool> + Send;
}

/// One write, and the condition under which it counts.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    /// Where.
    pub clinic: &'a ClinicId,
    /// The revision that the clinic must be at.
    pub precondition: Revision,
    /// What.
    pub write: &'a Write,
    /// What goes into the change log beside it.
    pub reference: Option<&'a str>,
}

/// What reading a clinic gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// The clinic.
    Live(Box<LiveClinic>),
    /// The system does not know it.
    Missing,
    /// The system knows it and does not let us read it.
    Forbidden,
    /// It could not be read; a sentence that says why.
    Failed(String),
}

/// An error that concerns the whole system. It ends the run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FatalError {
    /// The token is not accepted (401).
    #[error("the system does not accept the token")]
    Unauthenticated,
    /// It breaks the protocol, so that nothing it sends can be trusted, such as pages that lead in a circle; a
    /// sentence.
    #[error("{0}")]
    ProtocolError(String),
}

/// What a write gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Performed {
    /// The clinic's revision afterwards; the same as before if nothing changed.
    pub revision: Revision,
    /// Whether anything changed; `false` is "already so", a success.
    pub changed: bool,
}

/// Why a write is not known to have happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PerformError {
    /// The token is not accepted (401): nothing more can be sent.
    #[error("the system does not accept the token")]
    Unauthenticated,
    /// The token may not write this clinic (403).
    #[error("the token may not write this clinic")]
    Forbidden,
    /// The clinic is not there (404).
    #[error("the system does not know the clinic")]
    Missing,
    /// Another writer changed the clinic (412).
    #[error("somebody else changed the clinic: it is at revision {}", current.map_or_else(|| "unknown".to_owned(), |revision| revision.to_string()))]
    Conflict {
        /// The revision that the system is at, if it says so.
        current: Option<Revision>,
    },
    /// The button is not there (404 on its DELETE). It is gone already, or the whole clinic is: reading the clinic
    /// tells.
    #[error("the system does not know the button")]
    Gone,
    /// An answer that says so without the clinic's revision. A clinic system names it; what answers in its place, such
    /// as a gateway, cannot. Reading the clinic tells.
    #[error("the answer says that it is done, and not at which revision")]
    NoRevision,
    /// The system refused the content (422).
    #[error("the system refused: {detail}")]
    Refused {
        /// What it said.
        detail: String,
        /// What it said about single fields: JSON pointer and sentence.
        fields: Vec<(String, String)>,
    },
    /// The write was certainly not carried out: an answer that says so, or no connection.
    #[error("{0}")]
    Failed(String),
    /// Sent, and no answer that says what became of it: a time-out, a reset, a body that was cut, any 5xx.
    #[error("it is unknown whether the write happened: {0}")]
    Unknown(String),
    /// The outcome of an earlier attempt is unknown, and this came after it. Whatever it says of
    /// itself, the write may have happened.
    #[error("it is unknown whether the write happened: {why}; after that: {then}")]
    Unsettled {
        /// What became of the write then.
        why: String,
        /// What came after.
        then: Box<Self>,
    },
    /// The run was asked to stop while the write waited for its turn, and it was certainly not carried out; why.
    #[error("the write was not carried out: {0}")]
    Interrupted(String),
}

impl PerformError {
    /// What was said last.
    #[must_use]
    pub fn last(&self) -> &Self {
        let Self::Unsettled { why: _, then } = self else { return self };
        then.last()
    }
}
