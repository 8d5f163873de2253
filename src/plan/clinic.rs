//! The plan of one clinic.

use super::Step;
use crate::domain::ClinicId;
use crate::domain::ClinicState;
use crate::domain::DesiredClinic;
use crate::domain::LiveClinic;
use crate::domain::Revision;
use crate::rules::Policy;
use crate::source::SourceSet;
use serde::Deserialize;
use serde::Serialize;

/// What is the same for all clinics of a run.
#[derive(Debug, Clone, Copy)]
pub struct PlanContext<'a> {
    /// The files, to turn places into lines.
    pub sources: &'a SourceSet,
    /// The run says `--prune`.
    pub prune: bool,
    /// The day of the run.
    pub today: jiff::civil::Date,
}

/// What executing needs to know about one clinic, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClinicWork {
    /// The clinic.
    pub clinic: ClinicId,
    /// The revision that the plan was made against: the first step's precondition.
    pub revision: Revision,
    /// The whole state that the plan was made against: after an answer that never came, only this tells a write of
    /// ours from an edit that nobody reviewed.
    pub before: ClinicState,
    /// The writes, in order.
    pub steps: Vec<Step>,
    /// The whole state afterwards.
    pub wanted: ClinicState,
    /// What the fleet says about rules, to judge a saved plan again.
    pub policy: Policy,
}

/// Everything that planning found out about one clinic; small when nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicPlan {
    /// The clinic.
    pub clinic: ClinicId,
}

/// Plans one clinic.
#[must_use]
pub fn plan_clinic(
    desired: &DesiredClinic,
    _live: &LiveClinic,
    _policy: Policy,
    _context: &PlanContext<'_>,
) -> ClinicPlan {
    ClinicPlan { clinic: desired.clinic.clone() }
}
