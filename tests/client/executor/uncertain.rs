//! Writes of which it is unknown, or not said, what became of them.

use super::super::port::{Fault, PATIENCE, Request, button, clinic};
use super::edited::{edited, same};
use super::{INCOMING, before, foreign_edit, ids, one, outcomes, system, the_button, wanted, work};
use clinicctl::domain::{ActorKind, Button, Direction, DirectionKind, Resource, Revision};
use clinicctl::execute::{ClinicStatus, Observed, Options, PerformError, StepOutcome, Stop, run};
use clinicctl::plan::Write;

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_and_the_clinic_goes_on() {
    let lost = PerformError::Unknown("reset".to_owned());
    for resource in [INCOMING, the_button("old"), the_button("new"), Resource::ButtonOrder] {
        let resource_is_last = resource == Resource::ButtonOrder;
        let port = system(&["norrtull"]).fault("norrtull", resource, Fault::WrittenBut(lost.clone()));
        let done = one(&port).await;
        assert_eq!((outcomes(&done), &done.stop), (vec![&StepOutcome::Done; 4], &None));
        // The look at what became of the last write is the read-back.
        let reads = if resource_is_last { 1 } else { 2 };
        assert_eq!((port.writes(), port.reads()), (4, reads), "no write twice");
        assert_eq!(port.state("norrtull"), wanted());
    }
}

#[tokio::test]
async fn a_lost_answer_beside_somebody_elses_edit_is_a_conflict() {
    let lost = PerformError::Unknown("reset".to_owned());
    // The edit hits what a later step would overwrite: only the state that was planned against tells.
    let edit = Write::PutButton(Button { active: false, ..button("forms") });
    let edits = [foreign_edit(), edit, Write::PutButton(button("new"))];
    for edit in edits {
        let resource = edit.resource();
        let fault = Fault::WrittenThenEdited(lost.clone(), edit);
        let port = system(&["norrtull"]).fault("norrtull", INCOMING, fault);
        let done = one(&port).await;
        assert_eq!(edited(&done), [(resource, Some(ActorKind::Person))]);
        // The clinic shows the step as done; what cannot go on is the rest.
        assert_eq!(outcomes(&done)[..2], [&StepOutcome::Done, &StepOutcome::Skipped], "{done:?}");
        assert_eq!((port.writes(), port.reads()), (1, 2));
    }
}

/// Somebody who undoes what was just written leaves the clinic as the plan found it. Planned again, the rest is what was
/// shown; sent again, it would overwrite them.
#[tokio::test]
async fn a_write_that_somebody_may_have_undone_is_not_sent_again() {
    let off = Write::PutDirection { direction: DirectionKind::Incoming, to: Direction::off() };
    for (at, undo) in [
        (0, off),
        (1, Write::PutButton(button("old"))),
        (2, Write::DeleteButton(button("new").id)),
        (3, Write::PutOrder(ids(&["book", "forms", "new"]))),
    ] {
        let lost = PerformError::Unknown("reset".to_owned());
        let fault = Fault::WrittenThenEdited(lost, undo);
        let resource = work("norrtull").steps[at].write.resource();
        let why = format!("nobody knows whether they undid our write of `{resource}`: it was not sent again");
        let port = system(&["norrtull"]).fault("norrtull", resource, fault);
        let done = run(&port, &[work("norrtull")], &same, &Options::default(), |_| ()).await;
        assert!(matches!(&done[0].stop, Some(Stop::Conflict(conflict)) if conflict.why == why), "{done:?}");
        let StepOutcome::Stopped(error @ PerformError::Unsettled { why, .. }) = &done[0].steps[at].1 else {
            panic!("{done:?}")
        };
        assert!(why == "reset" && matches!(error.last(), PerformError::Conflict { .. }), "{error}");
        assert_eq!(port.writes(), at + 1);
    }
}

#[tokio::test]
async fn a_lost_request_is_sent_again_under_the_same_precondition() {
    let lost = PerformError::Unknown("time-out".to_owned());
    let port = system(&["norrtull"]).fault("norrtull", INCOMING, Fault::Answer(lost));
    let done = one(&port).await;
    assert_eq!((outcomes(&done), &done.stop), (vec![&StepOutcome::Done; 4], &None));
    let write = Request::Write(clinic("norrtull"), Revision(40), INCOMING, None);
    assert_eq!(port.requests()[..3], [write.clone(), Request::Read(clinic("norrtull")), write]);
    assert_eq!(port.state("norrtull"), wanted());
}

#[tokio::test]
async fn a_write_that_is_never_answered_is_sent_as_often_as_the_port_has_patience() {
    let lost = PerformError::Unknown("time-out".to_owned());
    let port = system(&["norrtull"]).fault("norrtull", INCOMING, Fault::AlwaysAnswer(lost));
    let done = one(&port).await;
    let StepOutcome::Stopped(PerformError::Unknown(why)) = &done.steps[0].1 else { panic!("{done:?}") };
    assert!(why.starts_with("time-out; ") && why.ends_with("as it was, and the write was not sent again"), "{why}");
    assert_eq!((done.status(), port.writes(), port.reads()), (ClinicStatus::Failed, PATIENCE, PATIENCE));
    assert_eq!(port.state("norrtull"), before());
}

#[tokio::test]
async fn an_answer_without_a_revision_is_settled_by_one_read() {
    let silent = PerformError::NoRevision;
    let port = system(&["norrtull"]).fault("norrtull", INCOMING, Fault::WrittenBut(silent.clone()));
    let done = one(&port).await;
    assert_eq!((done.stop, port.reads()), (None, 2));
    let port = system(&["norrtull"]).fault("norrtull", Resource::ButtonOrder, Fault::WrittenBut(silent.clone()));
    let done = one(&port).await;
    assert_eq!((done.stop, port.reads()), (None, 1), "after the last step the read-back is enough");
    let fault = Fault::WrittenThenEdited(silent, foreign_edit());
    let port = system(&["norrtull"]).fault("norrtull", INCOMING, fault);
    let done = one(&port).await;
    assert_eq!(outcomes(&done)[..2], [&StepOutcome::Done, &StepOutcome::Skipped], "{done:?}");
    assert!(matches!(done.stop, Some(Stop::Conflict(_))));
    assert_eq!(port.writes(), 1);
    let fault = Fault::WrittenThenEdited(PerformError::NoRevision, foreign_edit());
    let port = system(&["norrtull"]).fault("norrtull", Resource::ButtonOrder, fault);
    let done = one(&port).await;
    assert_eq!((outcomes(&done), &done.stop, port.reads()), (vec![&StepOutcome::Done; 4], &None, 1));
}

#[tokio::test]
async fn what_an_answer_without_a_revision_says_is_done_and_is_not_has_failed() {
    for resource in [INCOMING, Resource::ButtonOrder] {
        let fault = Fault::Answer(PerformError::NoRevision);
        let port = system(&["norrtull"]).fault("norrtull", resource, fault);
        let done = one(&port).await;
        let stopped = done.errors().collect::<Vec<_>>();
        assert!(matches!(stopped[..], [PerformError::Failed(why)] if why.contains("did not do it")), "{done:?}");
        assert_eq!((&done.stop, done.status()), (&Some(Stop::Step), ClinicStatus::Failed));
    }
}

#[tokio::test]
async fn an_answer_without_a_revision_from_a_clinic_that_cannot_be_read_leaves_it_unknown() {
    for resource in [INCOMING, Resource::ButtonOrder] {
        let port = system(&["norrtull"])
            .fault("norrtull", resource, Fault::WrittenBut(PerformError::NoRevision))
            .reading("norrtull", Observed::Failed("503".to_owned()));
        let done = one(&port).await;
        let stopped = done.errors().collect::<Vec<_>>();
        assert!(matches!(stopped[..], [PerformError::Unknown(why)] if why.ends_with("afterwards: 503")), "{done:?}");
    }
}

#[tokio::test]
async fn a_button_that_is_gone_already_is_a_success() {
    let fault = Fault::EditedBefore(Write::DeleteButton(button("old").id));
    let port = system(&["norrtull"]).fault("norrtull", the_button("old"), fault);
    let done = one(&port).await;
    assert_eq!((&done.steps[1].1, &done.stop), (&StepOutcome::AlreadySo, &None));
    assert_eq!(port.state("norrtull"), wanted());
}

#[tokio::test]
async fn a_clinic_that_is_gone_is_not_taken_for_a_button_that_is_gone() {
    let port = system(&["norrtull"])
        .fault("norrtull", the_button("old"), Fault::Answer(PerformError::Gone))
        .reading("norrtull", Observed::Missing);
    let done = one(&port).await;
    assert_eq!(done.steps[1].1, StepOutcome::Stopped(PerformError::Missing));
    assert_eq!(done.stop, Some(Stop::Step));
}
