//! Why the model says no: one variant for each answer of the contract.

use crate::domain::{ClinicId, Revision};

/// A write that was not accepted. Nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such clinic (404).
    #[error("there is no clinic `{0}`")]
    UnknownClinic(ClinicId),
    /// The button to delete is not there, or not any more (404).
    #[error("the button is gone already")]
    UnknownButton,
    /// The write names no revision (428).
    #[error("a write must name the revision that it changes")]
    PreconditionMissing,
    /// The clinic is at another revision than the write names (412).
    #[error("the clinic is at revision {current}")]
    Conflict {
        /// The revision that it is at.
        current: Revision,
    },
    /// The content cannot be accepted (422); never empty.
    #[error("the content is refused: {}", .0.iter().map(|fault| fault.detail.as_str()).collect::<Vec<_>>().join("; "))]
    Content(Vec<Fault>),
}

/// What is wrong with one field of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A JSON pointer into the body of the request.
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}
