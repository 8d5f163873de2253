//! The look at a clinic after its last write.

use super::super::port::{Fault, button};
use super::{INCOMING, foreign_edit, ids, kind, on, one, outcomes, system, the_button, work};
use clinicctl::domain::{ActorKind, Button, Direction, DirectionKind, Resource};
use clinicctl::execute::{NeverAgain, Observed, Options, StepOutcome, Stop, run};
use clinicctl::plan::Write;

#[tokio::test]
async fn a_read_back_that_differs_names_the_resource_and_who() {
    let edits = [
        (Write::PutDirection { direction: DirectionKind::Incoming, to: Direction::off() }, INCOMING),
        (Write::PutButton(Button { active: false, ..button("new") }), the_button("new")),
        (Write::PutOrder(ids(&["book", "new", "forms"])), Resource::ButtonOrder),
    ];
    for (edit, resource) in edits {
        let fault = Fault::EditedAfterwards(edit);
        let port = system(&["norrtull"]).fault("norrtull", Resource::ButtonOrder, fault);
        let done = one(&port).await;
        let Some(Stop::ReadBack(differing)) = done.stop else { panic!("{done:?}") };
        let who = |(resource, by): &(Resource, Option<_>)| (resource.clone(), by.as_ref().map(kind));
        assert_eq!(differing.iter().map(who).collect::<Vec<_>>(), [(resource, Some(ActorKind::Person))]);
    }
}

#[tokio::test]
async fn a_read_back_looks_at_everything_while_nobody_else_has_been_there() {
    let port = system(&["norrtull"]);
    let mut work = work("norrtull");
    work.steps.pop();
    work.wanted.healthcare_initiated = on();
    work.wanted.buttons[0].active = !work.wanted.buttons[0].active;
    let changed = the_button(work.wanted.buttons[0].id.as_str());
    let done = run(&port, &[work], &NeverAgain, &Options::default(), |_| ()).await;
    let unkept = [Resource::Direction(DirectionKind::HealthcareInitiated), changed, Resource::ButtonOrder];
    assert_eq!(done[0].stop, Some(Stop::NotKept(unkept.into())));
}

#[tokio::test]
async fn after_somebody_elses_edit_a_read_back_looks_at_the_order_wherever_a_button_was_written() {
    let edit = Fault::EditedAfterwards(Write::PutOrder(ids(&["book", "new", "forms"])));
    let mut work = work("norrtull");
    work.steps.pop();
    let last = work.steps.last().expect("steps").write.resource();
    let port = system(&["norrtull"]).fault("norrtull", last, edit);
    let done = run(&port, &[work], &NeverAgain, &Options::default(), |_| ()).await;
    let Some(Stop::ReadBack(differing)) = &done[0].stop else { panic!("{done:?}") };
    assert_eq!(differing.iter().map(|(resource, _)| resource).collect::<Vec<_>>(), [&Resource::ButtonOrder]);
}

#[tokio::test]
async fn a_read_back_ignores_what_the_run_did_not_write() {
    let port = system(&["norrtull"]).fault("norrtull", Resource::ButtonOrder, Fault::EditedAfterwards(foreign_edit()));
    assert_eq!(one(&port).await.stop, None);
}

#[tokio::test]
async fn a_read_back_that_fails_is_told() {
    for observed in [Observed::Missing, Observed::Forbidden, Observed::Failed("503".to_owned())] {
        let port = system(&["norrtull"]).reading("norrtull", observed);
        let done = one(&port).await;
        assert!(matches!(done.stop, Some(Stop::NotReadBack(_))), "{done:?}");
        assert_eq!(outcomes(&done), [&StepOutcome::Done; 4]);
    }
}
