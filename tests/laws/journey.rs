//! What the laws are about: a live clinic, what the files want of it, and the steps that lead there.

use crate::support::invariants::may_be_wanted;
use crate::support::model_port::ModelPort;
use crate::support::world::{any_live, desired};
use clinicctl::diff::{diff, resolve, scope};
use clinicctl::domain::{ClinicState, DesiredClinic, LiveClinic};
use clinicctl::execute::{ClinicOutcome, NeverAgain, Options, run};
use clinicctl::plan::{ClinicWork, Step, order};
use clinicctl::rules::Policy;
use proptest::prelude::*;

/// A clinic before its apply.
#[derive(Debug, Clone)]
pub(crate) struct Journey {
    pub(crate) live: LiveClinic,
    pub(crate) desired: DesiredClinic,
    pub(crate) prune: bool,
    pub(crate) wanted: ClinicState,
    pub(crate) steps: Vec<Step>,
}

impl Journey {
    /// The executor's part of it.
    pub(crate) fn work(&self) -> ClinicWork {
        ClinicWork {
            clinic: self.live.clinic.clone(),
            revision: self.live.revision,
            before: self.live.state.clone(),
            steps: self.steps.clone(),
            wanted: self.wanted.clone(),
            policy: Policy::default(),
        }
    }

    /// The executor carries it out.
    pub(crate) fn run(&self, port: &ModelPort) -> ClinicOutcome {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let options = Options { reference: Some("9f3c2ab".to_owned()), ..Options::default() };
        let work = [self.work()];
        let mut outcomes = runtime.block_on(run(port, &work, &NeverAgain, &options, |_| ()));
        outcomes.pop().expect("one clinic, one outcome")
    }
}

/// What the files want of `live`.
pub(crate) fn wanted(desired: &DesiredClinic, live: &LiveClinic, prune: bool) -> ClinicState {
    scope(desired, live, &resolve(desired, &live.directory), prune).wanted
}

/// The steps that lead from one state to another.
pub(crate) fn steps(from: &ClinicState, to: &ClinicState) -> Vec<Step> {
    order(&diff(from, to))
}

/// Any apply that the rules would let happen.
pub(crate) fn journey() -> impl Strategy<Value = Journey> {
    (any_live(), desired(), any::<bool>()).prop_filter_map("the rules block it", |(live, desired, prune)| {
        let wanted = wanted(&desired, &live, prune);
        let steps = steps(&live.state, &wanted);
        let may = may_be_wanted(&live.state, &wanted, &live.directory);
        may.then_some(Journey { live, desired, prune, wanted, steps })
    })
}
