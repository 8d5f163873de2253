//! One word for what became of something.

use crate::execute::{ClinicStatus, PerformError, StepOutcome};

/// One word for what became of a step.
pub(in crate::report) const fn became(step: &StepOutcome) -> &'static str {
    match step {
        StepOutcome::Done => "done",
        StepOutcome::AlreadySo => "already_so",
        StepOutcome::Skipped => "skipped",
        StepOutcome::Stopped(PerformError::Unknown(_) | PerformError::Unsettled { .. }) => "unknown",
        StepOutcome::Stopped(error) => clinic_became(error.clinic_status()),
    }
}

/// One word for what became of a clinic.
pub(in crate::report) const fn clinic_became(became: ClinicStatus) -> &'static str {
    match became {
        ClinicStatus::Done => "done",
        ClinicStatus::AlreadySo => "already_so",
        ClinicStatus::Conflict => "conflict",
        ClinicStatus::Refused => "refused",
        ClinicStatus::Failed => "failed",
        ClinicStatus::Skipped => "skipped",
    }
}
