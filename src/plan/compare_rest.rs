//! A clinic planned again in the middle of its steps, because another writer has changed it.
//!
//! What a person agreed to is what was shown. So the steps that are left go on only if planning again gives the same
//! writes, over the same values, with the same impact; anything else is a conflict, and this says why.

use super::impact::impact;
use super::{ClinicPlan, ClinicWork, Impact, Step};
use crate::diff::diff;
use crate::domain::{ClinicState, LiveClinic};
use crate::rules::Judgement;

/// What is left to do in one clinic.
#[derive(Debug, Clone, Copy)]
pub struct RemainingWork<'a> {
    /// The whole work.
    pub work: &'a ClinicWork,
    /// The steps of it that are not done.
    pub left: &'a [Step],
    /// The state of the clinic if no other writer had changed it.
    pub expected: &'a ClinicState,
}

/// What planning again says about the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replanned {
    /// It is what was shown, and may be sent.
    Same {
        /// The whole state afterwards, with what others have written meanwhile.
        wanted: ClinicState,
    },
    /// There is nothing left to do: others did it.
    Nothing,
    /// It is not what was shown; a sentence that says why.
    Different(String),
}

const OTHER_WRITES: &str = "what would be written now is not what the plan showed";
const OTHER_VALUES: &str = "what would be overwritten now is not what the plan showed";
const OTHER_IMPACT: &str = "what people and patients would notice now is not what the plan showed";
const NOT_AS_LEFT: &str = "a saved plan goes on only where a clinic is exactly as the plan left it";

impl RemainingWork<'_> {
    /// Compares the rest with `again`, the plan that the files give for the clinic as it is now. `shown` is the impact
    /// of the whole work, as it was shown.
    #[must_use]
    pub fn compare(&self, shown: &Impact, live: &LiveClinic, again: ClinicPlan) -> Replanned {
        if let Some(blocked) = again.blocked.first() {
            return Replanned::Different(format!("it is now blocked by `{}`: {}", blocked.rule, blocked.detail));
        }
        let Some(work) = again.work else { return self.nothing(live) };
        let writes = |steps: &[Step]| steps.iter().map(|step| step.write.clone()).collect::<Vec<_>>();
        if writes(&work.steps) != writes(self.left) {
            return Replanned::Different(OTHER_WRITES.to_owned());
        }
        if diff(&live.state, &work.wanted) != diff(self.expected, &self.work.wanted) {
            return Replanned::Different(OTHER_VALUES.to_owned());
        }
        if !self.has_impact(shown, live) || again.impact != self.impact_from(self.expected, live) {
            return Replanned::Different(OTHER_IMPACT.to_owned());
        }
        Replanned::Same { wanted: work.wanted }
    }

    /// The same without the files, for a saved plan: it is unknown what else they declare, so the clinic must be
    /// exactly as expected, and the rules must still agree.
    #[must_use]
    pub fn compare_strictly(&self, shown: &Impact, live: &LiveClinic, today: jiff::civil::Date) -> Replanned {
        if live.state == self.work.wanted {
            return self.nothing(live);
        }
        if live.state != *self.expected {
            return Replanned::Different(NOT_AS_LEFT.to_owned());
        }
        if let Some(judgement) = self.work.judge_again(live, today).into_iter().find(Judgement::blocks) {
            let (rule, detail) = (judgement.breach.rule, judgement.breach.message);
            return Replanned::Different(format!("it is now blocked by `{rule}`: {detail}"));
        }
        if !self.has_impact(shown, live) {
            return Replanned::Different(OTHER_IMPACT.to_owned());
        }
        Replanned::Same { wanted: self.work.wanted.clone() }
    }

    /// Nothing is to be done any more, which is well only if others have done all of it.
    fn nothing(&self, live: &LiveClinic) -> Replanned {
        if self.left.iter().all(|step| step.write.is_done_in(&live.state)) {
            return Replanned::Nothing;
        }
        Replanned::Different(OTHER_WRITES.to_owned())
    }

    /// Whether the whole work would still be shown with this impact, among the people who work in the clinic now.
    fn has_impact(&self, shown: &Impact, live: &LiveClinic) -> bool {
        self.impact_from(&self.work.before, live) == *shown
    }

    fn impact_from(&self, before: &ClinicState, live: &LiveClinic) -> Impact {
        impact(&LiveClinic { state: before.clone(), ..live.clone() }, &self.work.wanted)
    }
}
