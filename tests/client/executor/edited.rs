//! Somebody else's edit in the middle of a clinic.

use super::super::port::Fault;
use super::{foreign_edit, kind, one, outcomes, system, the_button, work};
use clinicctl::domain::{ActorKind, Direction, DirectionKind, LiveClinic, Resource, Revision};
use clinicctl::execute::{
    ClinicOutcome, ClinicStatus, FatalError, NeverAgain, Observed, Options, PerformError, StepOutcome, Stop, run,
};
use clinicctl::plan::{RemainingWork, Replanned, Write};

#[tokio::test]
async fn an_edit_between_two_steps_is_a_conflict_and_stays() {
    let port = system(&["norrtull"]).fault("norrtull", the_button("new"), Fault::EditedBefore(foreign_edit()));
    let done = one(&port).await;
    assert!(matches!(done.steps[2].1, StepOutcome::Stopped(PerformError::Conflict { current: Some(_) })));
    assert_eq!(edited(&done), [(Resource::Direction(DirectionKind::HealthcareInitiated), Some(ActorKind::Person))]);
    assert_eq!(done.steps[3].1, StepOutcome::Skipped);
    assert!(port.state("norrtull").healthcare_initiated.enabled);
    assert_eq!((port.writes(), port.reads()), (3, 1));
}

#[tokio::test]
async fn a_clinic_that_changed_and_cannot_be_read_again_has_failed_and_nobody_is_blamed() {
    for (read, why) in [
        (Observed::Failed("the system answered 503".to_owned()), "the system answered 503"),
        (Observed::Forbidden, "the token may not read this clinic"),
    ] {
        let port = system(&["norrtull", "ostra"])
            .fault("norrtull", the_button("new"), Fault::EditedBefore(foreign_edit()))
            .reading("norrtull", read);
        let done = run(&port, &[work("norrtull"), work("ostra")], &NeverAgain, &Options::default(), |_| ()).await;
        let why = format!("somebody else changed the clinic, and it could not be read again: {why}");
        assert_eq!(done[0].steps[2].1, StepOutcome::Stopped(PerformError::Failed(why)));
        assert_eq!((&done[0].stop, done[0].status()), (&Some(Stop::Step), ClinicStatus::Failed));
        assert_eq!(done[1].stop, None, "the neighbour is done");
    }
}

#[tokio::test]
async fn a_system_that_is_not_to_be_read_any_more_ends_the_run() {
    let circle = "the pages of `staff` lead in a circle";
    for (why, said) in [
        (FatalError::Unauthenticated, "the system does not accept the token"),
        (FatalError::ProtocolError(circle.to_owned()), circle),
    ] {
        let port = system(&["norrtull", "ostra"])
            .fault("norrtull", the_button("new"), Fault::EditedBefore(foreign_edit()))
            .hopeless("norrtull", why.clone());
        let options = Options { parallelism: 1, ..Options::default() };
        let done = run(&port, &[work("norrtull"), work("ostra")], &NeverAgain, &options, |_| ()).await;
        let StepOutcome::Stopped(error) = &done[0].steps[2].1 else { panic!("{done:?}") };
        assert!(error.to_string().ends_with(said), "{error}");
        assert_eq!(*error == PerformError::Unauthenticated, why == FatalError::Unauthenticated);
        assert_eq!(done[1].stop, Some(Stop::NotStarted(said.to_owned())));
        assert_eq!((port.writes(), port.reads()), (3, 1));
    }
}

/// What a conflict says that somebody else changed, and who.
pub(super) fn edited(outcome: &ClinicOutcome) -> Vec<(Resource, Option<ActorKind>)> {
    let Some(Stop::Conflict(conflict)) = &outcome.stop else { panic!("{outcome:?}") };
    let edits = conflict.edits.iter();
    edits.map(|edit| (edit.change.resource.clone(), edit.last_change.as_ref().map(kind))).collect()
}

/// Plans again as if the files wanted nothing but what the work wants.
pub(super) fn same(rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned {
    let mut wanted = rest.work.wanted.clone();
    wanted.healthcare_initiated = live.state.healthcare_initiated.clone();
    Replanned::Same { wanted }
}

#[tokio::test]
async fn where_the_rest_is_what_was_shown_a_conflict_is_gone_on_from_once() {
    let edit = |enabled| Write::PutDirection {
        direction: DirectionKind::HealthcareInitiated,
        to: Direction { enabled, ..Direction::off() },
    };
    let port = system(&["norrtull"]).fault("norrtull", the_button("new"), Fault::EditedBefore(edit(true)));
    let done = run(&port, &[work("norrtull")], &same, &Options::default(), |_| ()).await;
    assert_eq!((outcomes(&done[0]), &done[0].stop), (vec![&StepOutcome::Done; 4], &None));
    assert_eq!((port.writes(), port.reads()), (5, 2));
    assert!(port.state("norrtull").healthcare_initiated.enabled, "the edit stays");

    let port = system(&["norrtull"]).fault("norrtull", the_button("new"), Fault::EditedBefore(edit(true))).fault(
        "norrtull",
        Resource::ButtonOrder,
        Fault::EditedBefore(edit(false)),
    );
    let done = run(&port, &[work("norrtull")], &same, &Options::default(), |_| ()).await;
    assert!(matches!(&done[0].stop, Some(Stop::Conflict(conflict)) if conflict.why.contains("once more")), "{done:?}");
    assert_eq!(done[0].steps[3].1, StepOutcome::Stopped(PerformError::Conflict { current: Some(Revision(1435)) }));
}

#[tokio::test]
async fn where_nothing_is_left_to_do_nothing_more_is_sent() {
    let edit = Fault::EditedBefore(foreign_edit());
    let port = system(&["norrtull"]).fault("norrtull", the_button("old"), edit);
    let nothing = |_: &RemainingWork<'_>, _: &LiveClinic| Replanned::Nothing;
    let done = run(&port, &[work("norrtull")], &nothing, &Options::default(), |_| ()).await;
    assert_eq!(outcomes(&done[0])[1..], [&StepOutcome::AlreadySo; 3]);
    assert_eq!((&done[0].stop, port.writes()), (&None, 2));
}
