//! Drift as a person reads it: the changes that undo edits by others, or that there are none.

use super::words::count;
use super::{Paint, human};
use crate::diagnostic::escape;
use crate::domain::ClinicId;
use crate::plan::Plan;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Renders what [`Plan::of_drift`] gives.
#[must_use]
pub fn drift(drift: &Plan, paint: Paint) -> String {
    if drift.changes.is_empty() { no_drift(drift, paint) } else { human::plan(drift, paint) }
}

/// That there is none; and the clinics for which it is unknown.
fn no_drift(drift: &Plan, paint: Paint) -> String {
    let mut text = String::new();
    if let Some(unknown) = &drift.drift_unknown {
        let _ = writeln!(text, "{} {}", paint.changed("note:"), escape(&unknown.sentence()));
    }
    let blocked: BTreeSet<&ClinicId> = drift.blocked.iter().map(|blocked| &blocked.clinic).collect();
    if !blocked.is_empty() {
        let clinics = count(blocked.len(), "clinic is blocked and was/clinics are blocked and were");
        let _ = writeln!(text, "{} {clinics} not compared; `clinicctl plan` says why", paint.changed("note:"));
    }
    let unknown = drift.drift_unknown.as_ref().map(|unknown| unknown.clinics.as_slice()).unwrap_or_default();
    let left_out: BTreeSet<&ClinicId> = blocked.into_iter().chain(unknown).collect();
    let compared = count(drift.summary.clinics.saturating_sub(left_out.len()), "clinic");
    let _ = writeln!(text, "No drift: nobody changed by hand what the files say about {compared}.");
    text
}
