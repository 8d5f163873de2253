//! One word for what became of something.

use crate::execute::Became;
use crate::execute::PerformError;
use crate::execute::StepOutcome;

/// One word for what became of a step.
pub(in crate::report) const fn became(step: &StepOutcome) -> &'static str {
    match step {
        StepOutcome::Done => "done",
        StepOutcome::AlreadySo => "already_so",
        StepOutcome::Skipped => "skipped",
        StepOutcome::Stopped(PerformError::Unknown(_) | PerformError::Unsettled { .. }) => "unknown",
        StepOutcome::Stopped(error) => clinic_became(error.makes()),
    }
}

/// One word for what became of a clinic.
pub(in crate::report) const fn clinic_became(became: Became) -> &'static str {
    match became {
        Became::Done => "done",
        Became::AlreadySo => "already_so",
        Became::Conflict => "conflict",
        Became::Refused => "refused",
        Became::Failed => "failed",
        Became::Skipped => "skipped",
    }
}
