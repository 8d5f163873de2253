//! Law 6: people edit in the console while an apply runs, and answers are lost. Nobody's edit is overwritten unseen.

use super::journey::{Journey, journey};
use crate::support::model_port::{ModelPort, Request};
use crate::support::world::{console_edit, tried};
use clinicctl::domain::{ActorKind, Directory, Resource};
use clinicctl::execute::{ClinicOutcome, PerformError, StepOutcome, Stop};
use clinicctl::model::{Author, Model};
use clinicctl::plan::{Step, Write};
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::{Arc, Mutex};

proptest! {
    #![proptest_config(tried(512))]

    /// The edit comes before any request, the read-back included. Whatever is written after it is written over what the
    /// plan showed, and a run that ends well has led to what it showed.
    #[test]
    fn p04_an_edit_during_a_run_is_never_overwritten_unseen(
        journey in journey(),
        edit in console_edit(),
        at in any::<Index>(),
    ) {
        prop_assume!(!journey.steps.is_empty());
        let moment = at.index(journey.steps.len() + 1);
        let model = shared(&journey);
        let port = ModelPort::new(&model).before(edit_at(moment, &edit));
        let outcome = journey.run(&port);
        let model = model.lock().expect("nobody holds it");
        nothing_is_lost(&journey, &model)?;
        let theirs = model.log().iter().find(|entry| entry.change.kind == ActorKind::Person);
        ends_truly(&journey, &model, &outcome, theirs.map(|entry| &entry.resource))?;
    }

    /// The edit comes after a write was carried out, and the write's answer never does.
    #[test]
    fn p04_an_edit_behind_a_lost_answer_is_never_overwritten_unseen(
        journey in journey(),
        edit in console_edit(),
        at in any::<Index>(),
    ) {
        prop_assume!(!journey.steps.is_empty());
        let moment = at.index(journey.steps.len());
        let model = shared(&journey);
        let change = edit_at(moment, &edit);
        let port = ModelPort::new(&model).after(move |model, request| {
            change(model, request);
            (request.number == moment).then(lost)
        });
        journey.run(&port);
        nothing_is_lost(&journey, &model.lock().expect("nobody holds it"))?;
    }

    /// Without anybody else, lost answers change nothing: each write is done once, and the run ends well.
    #[test]
    fn a_lost_answer_is_read_and_not_sent_again(journey in journey(), lost_ones in any::<[bool; 8]>()) {
        let model = shared(&journey);
        let port = ModelPort::new(&model).after(move |_, request| {
            let hit = request.write.is_some() && lost_ones.get(request.number % lost_ones.len()) == Some(&true);
            hit.then(lost)
        });
        let outcome = journey.run(&port);
        prop_assert_eq!(outcome.stop, None);
        let sent: Vec<_> = port.requests().into_iter().filter_map(|request| request.write).collect();
        prop_assert_eq!(sent, journey.steps.iter().map(|step| step.write.clone()).collect::<Vec<_>>());
        prop_assert_eq!(model.lock().expect("nobody holds it").log().len(), journey.steps.len());
    }

    /// A write that never arrived is not taken for done: it is sent again, and happens once.
    #[test]
    fn a_lost_request_is_sent_again_and_happens_once(journey in journey(), at in any::<Index>()) {
        prop_assume!(!journey.steps.is_empty());
        let moment = at.index(journey.steps.len());
        let model = shared(&journey);
        let port = ModelPort::new(&model).before(move |_, request| (request.number == moment).then(lost));
        let outcome = journey.run(&port);
        prop_assert_eq!(outcome.stop, None);
        prop_assert_eq!(model.lock().expect("nobody holds it").log().len(), journey.steps.len());
    }

    /// Everybody leaves between plan and apply: an old plan brings nobody back into a list.
    #[test]
    fn p09_nobody_who_left_since_the_plan_is_added(journey in journey()) {
        let model = shared(&journey);
        let clinic = journey.live.clinic.clone();
        let port = ModelPort::new(&model).before(move |model, _| {
            model.replace_directory(&clinic, Directory::default());
            None
        });
        let outcome = journey.run(&port);
        let adds = journey.steps.iter().any(|step| adds_somebody(&journey, &step.write));
        let refused = |outcome: &StepOutcome| matches!(outcome, StepOutcome::Stopped(PerformError::Refused { .. }));
        prop_assert_eq!(outcome.steps.iter().any(|(_, outcome)| refused(outcome)), adds);
    }
}

/// Every write of ours was written over exactly what the plan showed there.
fn nothing_is_lost(journey: &Journey, model: &Model) -> Result<(), TestCaseError> {
    for ours in model.log().iter().filter(|entry| entry.change.kind == ActorKind::Service) {
        let shown = journey.shown_before(&ours.resource);
        prop_assert_eq!(&ours.before, &shown, "{} was overwritten unseen", ours.resource);
    }
    Ok(())
}

/// A run that says that it ended well has done what it showed; one that says that there was a conflict had a reason.
fn ends_truly(
    journey: &Journey,
    model: &Model,
    outcome: &ClinicOutcome,
    theirs: Option<&Resource>,
) -> Result<(), TestCaseError> {
    let live = model.observe(&journey.live.clinic).expect("the clinic is there");
    match &outcome.stop {
        None => {
            // Of what they changed, the files may leave a part to them.
            let is_theirs = |step: &Step| Some(&step.write.resource()) == theirs;
            let done = journey.steps.iter().all(|step| is_theirs(step) || step.write.is_done_in(&live.state));
            prop_assert!(done, "a write is missing: {:?}", live.state);
        }
        Some(Stop::Conflict(_)) => prop_assert!(theirs.is_some(), "nobody else was there"),
        Some(Stop::ReadBack(changed)) => {
            let named =
                changed.iter().any(|(resource, _)| Some(resource) == theirs || *resource == Resource::ButtonOrder);
            prop_assert!(named, "{changed:?}");
        }
        Some(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
    }
    Ok(())
}

fn shared(journey: &Journey) -> Arc<Mutex<Model>> {
    Arc::new(Mutex::new(Model::new([journey.live.clone()])))
}

/// Somebody edits the clinic at request number `moment`.
fn edit_at(moment: usize, edit: &Write) -> impl Fn(&mut Model, &Request) -> Option<PerformError> + Send + Sync + use<> {
    let edit = edit.clone();
    move |model, request| {
        if request.number == moment {
            let revision = model.observe(&request.clinic).map(|live| live.revision);
            // The console may refuse it, as it may refuse anybody.
            let _answer = model.perform(&request.clinic, revision, &edit, &Author::person("karin.holm"));
        }
        None
    }
}

fn lost() -> PerformError {
    PerformError::Unknown("the connection was reset".to_owned())
}

fn adds_somebody(journey: &Journey, write: &Write) -> bool {
    use clinicctl::domain::Access::{Everyone, Listed};
    let Write::PutDirection { direction, to } = write else { return false };
    match (&journey.live.state.direction(*direction).accessible_to, &to.accessible_to) {
        (_, Everyone) => false,
        (Everyone, Listed(after)) => !after.is_empty(),
        (Listed(before), Listed(after)) => !after.is_subset(before),
    }
}
