//! What the laws are about: a live clinic, what the files want of it, and the steps that lead there.

use super::diff::whole;
use crate::support::invariants::may_be_wanted;
use crate::support::model_port::ModelPort;
use crate::support::world::{any_live, desired};
use clinicctl::diff::{Members, ResourceState, diff, resolve, scope};
use clinicctl::domain::{ClinicState, DesiredClinic, Layers, LiveClinic, Resource};
use clinicctl::execute::{ClinicOutcome, Options, Replan, run};
use clinicctl::model::{Author, Model};
use clinicctl::plan::{ClinicPlan, ClinicWork, PlanContext, RemainingWork, Step, order, plan_clinic};
use clinicctl::rules::Policy;
use clinicctl::source::{SourceFile, SourceSet};
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
            people: Vec::new(),
        }
    }

    /// The executor carries it out, and plans it again where somebody else has written to it.
    pub(crate) fn run(&self, port: &ModelPort) -> ClinicOutcome {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let options = Options { reference: Some("9f3c2ab".to_owned()), ..Options::default() };
        let work = [self.work()];
        let mut outcomes = runtime.block_on(run(port, &work, &self.again(), &options, |_| ()));
        outcomes.pop().expect("one clinic, one outcome")
    }
}

impl Journey {
    /// Plans it again as an apply of a folder does.
    pub(crate) fn again(&self) -> impl Replan {
        let shown = plan(&self.desired, &self.live, self.prune).impact;
        move |rest: &RemainingWork<'_>, live: &LiveClinic| {
            rest.compare(&shown, live, plan(&self.desired, live, self.prune))
        }
    }
}

impl Journey {
    /// What the plan shows of a resource that it writes, before its step.
    pub(crate) fn shown_before(&self, resource: &Resource) -> Option<ResourceState> {
        let mut model = Model::new([self.live.clone()]);
        for step in self.steps.iter().take_while(|step| step.write.resource() != *resource) {
            let revision = model.observe(&self.live.clinic).map(|live| live.revision);
            let done = model.perform(&self.live.clinic, revision, &step.write, &Author::service("nobody"));
            done.expect("the write is accepted");
        }
        whole(&model.observe(&self.live.clinic).expect("the clinic is there").state, resource)
    }
}

/// The whole plan of one clinic.
pub(crate) fn plan(desired: &DesiredClinic, live: &LiveClinic, prune: bool) -> ClinicPlan {
    let file = SourceFile { path: "norrtull.yaml".into(), text: "clinic: norrtull\n".to_owned(), unreadable: None };
    let sources = SourceSet::new(vec![file]);
    let today = jiff::civil::date(2026, 11, 22);
    plan_clinic(
        desired,
        live,
        Policy::default(),
        &PlanContext { sources: &sources, layers: &Layers::default(), members: &Members::default(), prune, today },
    )
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
