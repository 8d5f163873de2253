//! Whether people are named.

use crate::domain::ClinicId;
use crate::execute::ClinicOutcome;
use crate::plan::{Moved, Plan, Pseudonyms, Redaction};
use crate::report;
use crate::source::SourceSet;
use clap::Args;
use std::borrow::Cow;

/// Whether people are named.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct NamesArgs {
    /// Count people instead of naming them, in every format: for pull requests that everybody can read.
    ///
    /// Names go, and so does who changed something last. Staff ids become `person-1`, `person-2` and so on, anew in
    /// each clinic; a rule that may name a person says what it says of anybody, and a waiver not why. JSON then says
    /// `"names": "left_out"`. What stands in the files stays: paths and lines, titles and targets of buttons. The file
    /// of `--out` keeps everything, because `apply` needs it: do not publish it.
    #[arg(long)]
    counts_only: bool,
}

impl NamesArgs {
    /// The plan as it may be shown.
    pub(crate) fn shown<'p>(&self, plan: &'p Plan) -> Cow<'p, Plan> {
        if self.counts_only { Cow::Owned(plan.counts_only()) } else { Cow::Borrowed(plan) }
    }

    /// In what a clinic of the plan is not as the plan found it, as it may be shown.
    pub(crate) fn moved(&self, plan: &Plan, clinic: &ClinicId, moved: &Moved) -> String {
        if !self.counts_only {
            return report::moved(moved, Redaction::Told);
        }
        let mut moved = moved.clone();
        if let Moved::State(_, changes) = &mut moved {
            let mut pseudonyms = Pseudonyms::of(plan);
            changes.iter_mut().for_each(|change| pseudonyms.change_found_later(clinic, change));
        }
        report::moved(&moved, Redaction::LeftOut)
    }

    /// What became of the plan, as it may be shown.
    pub(crate) fn outcomes<'o>(&self, plan: &Plan, outcomes: &'o [ClinicOutcome]) -> Cow<'o, [ClinicOutcome]> {
        if !self.counts_only {
            return Cow::Borrowed(outcomes);
        }
        let mut pseudonyms = Pseudonyms::of(plan);
        outcomes.iter().map(|outcome| outcome.counts_only(&mut pseudonyms)).collect()
    }

    /// The files whose lines may be shown: a line may name people.
    pub(crate) fn sources<'s>(&self, sources: Option<&'s SourceSet>) -> Option<&'s SourceSet> {
        if self.counts_only { None } else { sources }
    }
}
