//! Laws 2, 4 and 5: where a plan leads, and what is seen on the way.

use super::journey::{Journey, journey, steps, wanted};
use crate::support::invariants::Watch;
use crate::support::model_port::ModelPort;
use crate::support::world::tried;
use clinicctl::domain::{ClinicState, LiveClinic};
use clinicctl::execute::StepOutcome;
use clinicctl::model::{Author, Model};
use clinicctl::plan::{Step, Write};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

proptest! {
    #![proptest_config(tried(256))]

    /// Law 2. Every step changes something, and the log knows each once.
    #[test]
    fn after_an_apply_nothing_is_left_to_do(journey in journey()) {
        let model = Arc::new(Mutex::new(Model::new([journey.live.clone()])));
        let outcome = journey.run(&ModelPort::new(&model));
        prop_assert_eq!(outcome.stop, None);
        prop_assert!(outcome.steps.iter().all(|(_, outcome)| *outcome == StepOutcome::Done));
        let model = model.lock().expect("nobody holds it");
        let live = model.observe(&journey.live.clinic).expect("the clinic is there");
        prop_assert_eq!(&live.state, &journey.wanted);
        prop_assert_eq!(wanted(&journey.desired, live, journey.prune), journey.wanted);
        prop_assert_eq!(model.log().len(), journey.steps.len());
    }

    /// Law 2, for an apply without changes: it reads nothing and writes nothing.
    #[test]
    fn an_apply_of_nothing_sends_nothing(journey in journey()) {
        let live = LiveClinic { state: journey.wanted.clone(), ..journey.live.clone() };
        let steps = steps(&live.state, &wanted(&journey.desired, &live, journey.prune));
        prop_assert_eq!(&steps, &Vec::new());
        let port = ModelPort::new(&Arc::new(Mutex::new(Model::new([live.clone()]))));
        Journey { live, steps, ..journey }.run(&port);
        prop_assert!(port.requests().is_empty());
    }

    /// Law 4, on clinics that are too large to explore to the end: one order of all that `waits_for` allows.
    #[test]
    fn no_moment_of_any_order_breaks_an_invariant(
        journey in journey(),
        picks in prop::collection::vec(any::<Index>(), 16),
    ) {
        let Journey { live, wanted, steps, .. } = &journey;
        let watch = Watch::new(&live.state, wanted, &live.directory);
        let mut model = Model::new([live.clone()]);
        let mut before = live.state.clone();
        for step in any_order(steps, &picks) {
            let after = perform(&mut model, live, &step.write);
            watch.step(&before, &after).map_err(TestCaseError::fail)?;
            before = after;
        }
        prop_assert_eq!(&before, wanted);
    }

    /// Law 5: the files are read again, and so is the clinic.
    #[test]
    fn after_a_crash_a_second_run_finishes(journey in journey(), at in any::<Index>()) {
        let Journey { live, desired, prune, wanted: goal, steps: planned } = &journey;
        let done = &planned[..at.index(planned.len() + 1)];
        let mut model = Model::new([live.clone()]);
        for step in done {
            perform(&mut model, live, &step.write);
        }
        let crashed = model.observe(&live.clinic).expect("the clinic is there").clone();
        let again = wanted(desired, &crashed, *prune);
        prop_assert_eq!(&again, goal);
        for step in steps(&crashed.state, &again) {
            prop_assert!(done.iter().all(|done| done.write != step.write), "twice: {:?}", step.write);
            perform(&mut model, live, &step.write);
        }
        prop_assert_eq!(&model.observe(&live.clinic).expect("the clinic is there").state, goal);
    }
}

/// The steps in an order that `waits_for` allows; `picks` says which of those that are ready comes next.
fn any_order<'a>(steps: &'a [Step], picks: &[Index]) -> Vec<&'a Step> {
    let mut left: Vec<_> = steps.iter().collect();
    let mut done = BTreeSet::new();
    let mut order = Vec::new();
    for pick in picks.iter().cycle().take(steps.len()) {
        let is_ready = |step: &&Step| step.waits_for.iter().all(|id| done.contains(id));
        let ready: Vec<_> = (0..left.len()).filter(|at| is_ready(&left[*at])).collect();
        let step = left.remove(*pick.get(&ready));
        done.insert(step.id);
        order.push(step);
    }
    order
}

fn perform(model: &mut Model, live: &LiveClinic, write: &Write) -> ClinicState {
    let revision = model.observe(&live.clinic).map(|live| live.revision);
    model.perform(&live.clinic, revision, write, &Author::service("config-pipeline")).expect("the write is accepted");
    model.observe(&live.clinic).expect("the clinic is there").state.clone()
}
