//! Laws 2, 4 and 5: where a plan leads, and what is seen on the way.

use super::journey::{Journey, journey, plan, steps, wanted};
use crate::support::invariants::Watch;
use crate::support::model_port::ModelPort;
use crate::support::world::{any_live, desired, tried};
use clinicctl::domain::{
    Access, Button, ButtonId, ClinicState, DesiredButton, DesiredClinic, DirectionKind, LiveClinic, Unlisted,
};
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

    /// Law 3, byte for byte: whatever the files do not say is afterwards what it was before.
    #[test]
    fn p05_what_the_files_do_not_declare_stays_as_it_is(live in any_live(), desired in desired(), prune in any::<bool>()) {
        let work = plan(&desired, &live, prune).work;
        let mut model = Model::new([live.clone()]);
        for step in work.iter().flat_map(|work| &work.steps) {
            perform(&mut model, &live, &step.write);
        }
        let after = model.observe(&live.clinic).expect("the clinic is there");
        let changed = undeclared(&desired, prune, &live.state, &after.state);
        prop_assert!(changed.is_empty(), "{}", changed.join("; "));
        prop_assert_eq!((&after.name, &after.hsa_id), (&live.name, &live.hsa_id));
        prop_assert_eq!(&after.directory, &live.directory);
    }

    /// Nothing is ever deleted by a run that was not asked to.
    #[test]
    fn without_prune_no_plan_deletes_a_button(live in any_live(), desired in desired()) {
        let work = plan(&desired, &live, false).work;
        let deletes = |step: &&Step| matches!(step.write, Write::DeleteButton(_));
        prop_assert_eq!(work.iter().flat_map(|work| &work.steps).find(deletes), None);
    }

    /// A list that has people before and after has people all the time.
    #[test]
    fn no_list_passes_through_empty(journey in journey()) {
        let Journey { live, wanted, steps, .. } = &journey;
        let mut model = Model::new([live.clone()]);
        for step in steps {
            let now = perform(&mut model, live, &step.write);
            for kind in DirectionKind::ALL {
                let is_empty = |state: &ClinicState| state.direction(kind).accessible_to == Access::Listed([].into());
                let may = is_empty(&live.state) || is_empty(wanted);
                prop_assert!(may || !is_empty(&now), "{kind:?} after {:?}", step.write);
            }
        }
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

/// What `desired` says nothing about and what differs nevertheless.
fn undeclared(desired: &DesiredClinic, prune: bool, before: &ClinicState, after: &ClinicState) -> Vec<String> {
    let mut changed = Vec::new();
    for kind in DirectionKind::ALL {
        let (said, was, is) = (desired.direction(kind), before.direction(kind), after.direction(kind));
        let switched = said.enabled.is_none() && was.enabled != is.enabled;
        let listed = said.accessible_to.is_none() && was.accessible_to != is.accessible_to;
        changed.extend((switched || listed).then(|| format!("{kind:?}: {was:?} -> {is:?}")));
    }
    for was in &before.buttons {
        let listed = desired.buttons.iter().flat_map(|buttons| &buttons.listed).find(|said| said.id == was.id);
        let goes = prune && desired.buttons.as_ref().is_some_and(|said| said.fate_of_unlisted() == Unlisted::Remove);
        match (listed, after.button(&was.id)) {
            (None, is) => changed.extend((is != Some(was) && !goes).then(|| format!("{was:?} -> {is:?}"))),
            (Some(said), Some(is)) if !keeps(said, was, is) => changed.push(format!("{was:?} -> {is:?}")),
            (Some(_), Some(_)) => {}
            (Some(_), None) => changed.push(format!("{was:?} is gone")),
        }
    }
    let is_new = |button: &&Button| before.button(&button.id).is_none();
    let said = |id: &ButtonId| desired.buttons.iter().flat_map(|buttons| &buttons.listed).any(|said| said.id == *id);
    changed.extend(after.buttons.iter().filter(is_new).filter(|new| !said(&new.id)).map(|new| format!("new: {new:?}")));
    changed
}

/// Whether whatever is not said of a button is as it was.
fn keeps(said: &DesiredButton, was: &Button, is: &Button) -> bool {
    (said.leads_to.is_some() || was.leads_to == is.leads_to)
        && (said.active.is_some() || was.active == is.active)
        && (said.shown_in.is_some() || was.shown_in == is.shown_in)
        && was
            .title
            .iter()
            .all(|(language, text)| said.title.contains_key(language) || is.title.get(language) == Some(text))
        && is.title.keys().all(|language| said.title.contains_key(language) || was.title.contains_key(language))
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
