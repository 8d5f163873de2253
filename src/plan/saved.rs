//! Saved plans: the document, its steps, and a digest over everything.

use super::ClinicWork;
use super::Plan;

/// A plan that `plan --out` wrote and `apply FILE` does exactly, or refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPlan {
    /// The document.
    pub plan: Plan,
    /// Whether the run said `--prune`.
    pub prune: bool,
    /// What to do, clinic by clinic.
    pub work: Vec<ClinicWork>,
}

/// Why a text is no saved plan that may be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SavedPlanError {
    /// Not JSON, or not of this shape.
    #[error("this is not a plan that `clinicctl plan --out` wrote: {0}")]
    Shape(String),
    /// Another version of the format.
    #[error("this plan has the format `{found}`; this version reads `{known}`")]
    Format {
        /// What the file says.
        found: String,
        /// What this version reads.
        known: &'static str,
    },
    /// Edited or cut.
    #[error("the plan was changed after it was written: its digest does not match")]
    Digest,
}
