//! What became of a plan, clinic by clinic: one entry for each clinic that did not end well, and the others counted.

mod changes;
mod counts;
mod edit;
mod entry;
mod refusal;
mod run;
mod word;

pub(super) use changes::Changes;
pub use counts::{ClinicCounts, OutcomeCounts};
pub(super) use edit::side as field_side;
pub(super) use entry::{since, why};
pub(super) use refusal::{Refusal, of_step};
pub use run::{Ended, Run};
pub(super) use word::{became, clinic_became};

use super::Paint;
use super::words::{count, thousands};
use crate::execute::{ClinicOutcome, ClinicStatus};
use crate::plan::Plan;
use crate::source::SourceSet;
use std::fmt::Write as _;

/// What a person reads after an apply: every clinic that stopped, with the reason, what was done and what was left, and
/// one line that sums it up. What the system refused is drawn at its line if the files are at hand.
#[must_use]
pub fn outcomes(run: &Run<'_>, sources: Option<&SourceSet>, paint: Paint) -> String {
    let Run { plan, outcomes, ended, exit: _ } = *run;
    let entries = entry::Entries { changes: Changes::of(plan), sources, paint };
    let mut text: String = outcomes.iter().map(|outcome| entries.of(outcome)).collect();
    let OutcomeCounts { created, updated, deleted, already_so, clinics } = OutcomeCounts::of(plan, outcomes);
    let [created, updated, deleted] = [created, updated, deleted].map(thousands);
    let finished = count(clinics.finished(), "clinic");
    let _ =
        write!(text, "Applied: {created} added, {updated} changed, {deleted} removed; {finished} done and read back.");
    if already_so > 0 {
        let _ = write!(text, " {} already so.", count(already_so, "change was/changes were"));
    }
    if clinics.stopped() > 0 {
        let _ = write!(text, " {}", paint.removed(counted(clinics)));
    }
    if !ended.sentence().is_empty() {
        let _ = write!(text, " {}", paint.removed(ended.sentence()));
    }
    text.push('\n');
    text
}

/// Why one clinic stopped, and how far it had come; nothing for one that did not.
pub(super) fn stopped(plan: &Plan, outcome: &ClinicOutcome, paint: Paint) -> String {
    entry::Entries { changes: Changes::of(plan), sources: None, paint }.of(outcome)
}

/// `3 clinics stopped: 1 conflict, 2 skipped.`
fn counted(clinics: ClinicCounts) -> String {
    let ClinicCounts { done: _, already_so: _, conflict, refused, failed, skipped } = clinics;
    let kinds = [
        (conflict, ClinicStatus::Conflict),
        (refused, ClinicStatus::Refused),
        (failed, ClinicStatus::Failed),
        (skipped, ClinicStatus::Skipped),
    ];
    let kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
    let kinds: Vec<_> =
        kinds.map(|(number, became)| format!("{} {}", thousands(number), clinic_became(became))).collect();
    format!("{} stopped: {}.", count(clinics.stopped(), "clinic"), kinds.join(", "))
}
