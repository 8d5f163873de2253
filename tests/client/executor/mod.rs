//! The executor on a port in memory: order, isolation, chaining, and never a write that is sent twice.

mod edited;
mod interrupted;
mod read_back;
mod uncertain;

use super::port::{Fault, MemoryPort, Request, button, clinic};
use clinicctl::domain::{ActorKind, ButtonId, ClinicState, Direction, DirectionKind, Resource, Revision};
use clinicctl::execute::{ClinicOutcome, Event, NeverAgain, Options, PerformError, StepOutcome, Stop, run};
use clinicctl::plan::{ClinicWork, Step, Write};
use clinicctl::rules::Policy;
use std::sync::Mutex;

const INCOMING: Resource = Resource::Direction(DirectionKind::Incoming);

/// Three buttons live; the work switches incoming on, deletes `old`, adds `new` and puts it first.
fn before() -> ClinicState {
    ClinicState { buttons: vec![button("book"), button("old"), button("forms")], ..ClinicState::new() }
}

fn wanted() -> ClinicState {
    ClinicState { incoming: on(), buttons: vec![button("new"), button("book"), button("forms")], ..ClinicState::new() }
}

fn on() -> Direction {
    Direction { enabled: true, ..Direction::off() }
}

fn ids(names: &[&str]) -> Vec<ButtonId> {
    names.iter().map(|name| ButtonId::parse(name).expect("a slug")).collect()
}

fn the_button(name: &str) -> Resource {
    Resource::Button(button(name).id)
}

fn work(name: &str) -> ClinicWork {
    let writes = [
        Write::PutDirection { direction: DirectionKind::Incoming, to: on() },
        Write::DeleteButton(button("old").id),
        Write::PutButton(button("new")),
        Write::PutOrder(ids(&["new", "book", "forms"])),
    ];
    let steps = writes.into_iter().zip(1..).map(|(write, id)| Step { id, write, waits_for: Vec::new() });
    ClinicWork {
        clinic: clinic(name),
        revision: Revision(40),
        before: before(),
        steps: steps.collect(),
        wanted: wanted(),
        policy: Policy::default(),
        people: Vec::new(),
    }
}

/// An edit that touches nothing of ours.
fn foreign_edit() -> Write {
    Write::PutDirection { direction: DirectionKind::HealthcareInitiated, to: on() }
}

fn system(names: &[&str]) -> MemoryPort {
    MemoryPort::with(&names.iter().map(|name| (*name, 40, before())).collect::<Vec<_>>())
}

async fn one(port: &MemoryPort) -> ClinicOutcome {
    let mut outcomes = run(port, &[work("norrtull")], &NeverAgain, &Options::default(), |_| ()).await;
    outcomes.pop().expect("one clinic, one outcome")
}

fn outcomes(outcome: &ClinicOutcome) -> Vec<&StepOutcome> {
    outcome.steps.iter().map(|(_, step)| step).collect()
}

#[tokio::test]
async fn every_step_is_sent_under_the_revision_that_the_one_before_it_left() {
    let port = system(&["norrtull"]);
    let options = Options { reference: Some("9f3c2ab".to_owned()), ..Options::default() };
    let done = run(&port, &[work("norrtull")], &NeverAgain, &options, |_| ()).await;
    let sent = |revision, resource| {
        Request::Write(clinic("norrtull"), Revision(revision), resource, Some("9f3c2ab".to_owned()))
    };
    let expected = [
        sent(40, INCOMING),
        sent(85, the_button("old")),
        sent(175, the_button("new")),
        sent(355, Resource::ButtonOrder),
        Request::Read(clinic("norrtull")),
    ];
    assert_eq!(port.requests(), expected);
    assert_eq!(done[0].stop, None);
    assert_eq!(outcomes(&done[0]), [&StepOutcome::Done; 4]);
    assert_eq!(port.state("norrtull"), wanted());
}

#[tokio::test]
async fn what_is_already_so_is_a_success() {
    let port = MemoryPort::with(&[("norrtull", 40, ClinicState { incoming: on(), ..before() })]);
    let done = one(&port).await;
    assert_eq!(outcomes(&done)[..2], [&StepOutcome::AlreadySo, &StepOutcome::Done]);
    assert_eq!(done.stop, None);
}

#[tokio::test]
async fn any_refusal_stops_its_clinic_and_skips_the_rest() {
    let refused = PerformError::Refused { detail: "no".to_owned(), fields: Vec::new() };
    let stops = [PerformError::Forbidden, PerformError::Missing, refused, PerformError::Failed("500".to_owned())];
    for error in stops {
        let port = system(&["norrtull", "ostra"]).fault("norrtull", the_button("old"), Fault::Answer(error.clone()));
        let done = run(&port, &[work("norrtull"), work("ostra")], &NeverAgain, &Options::default(), |_| ()).await;
        let expected = [&StepOutcome::Done, &StepOutcome::Stopped(error), &StepOutcome::Skipped, &StepOutcome::Skipped];
        assert_eq!(outcomes(&done[0]), expected);
        assert_eq!(done[0].stop, Some(Stop::Step));
        assert_eq!(done[1].stop, None, "the neighbour is done");
        assert_eq!(port.state("ostra"), wanted());
        assert_eq!(port.reads(), 1, "a clinic that stopped is not read back");
    }
}

#[tokio::test]
async fn a_refused_token_ends_the_run() {
    let port = system(&["norrtull", "ostra"]).fault("norrtull", INCOMING, Fault::Answer(PerformError::Unauthenticated));
    let options = Options { parallelism: 1, ..Options::default() };
    let done = run(&port, &[work("norrtull"), work("ostra")], &NeverAgain, &options, |_| ()).await;
    assert_eq!(done[0].steps[0].1, StepOutcome::Stopped(PerformError::Unauthenticated));
    assert!(matches!(&done[1].stop, Some(Stop::NotStarted(_))));
    assert_eq!(outcomes(&done[1]), [&StepOutcome::Skipped; 4]);
    assert_eq!(port.requests().len(), 1);
}

fn kind(change: &clinicctl::domain::LastChange) -> ActorKind {
    change.kind
}

#[tokio::test]
async fn as_many_clinics_run_at_a_time_as_asked_and_never_more() {
    let names: Vec<_> = (0..12).map(|n| format!("clinic-{n}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    for (parallelism, most) in [(0, 1), (1, 1), (5, 5), (100, 12)] {
        let port = system(&names);
        let work: Vec<_> = names.iter().rev().map(|name| work(name)).collect();
        let done = run(&port, &work, &NeverAgain, &Options { parallelism, ..Options::default() }, |_| ()).await;
        assert_eq!(port.most_under_way(), most);
        let clinics = |of: &[ClinicWork]| of.iter().map(|work| work.clinic.clone()).collect::<Vec<_>>();
        assert_eq!(done.iter().map(|done| done.clinic.clone()).collect::<Vec<_>>(), clinics(&work));
        assert!(done.iter().all(|done| done.stop.is_none()));
    }
}

#[tokio::test]
async fn events_tell_every_step_and_every_clinic_once() {
    let port = system(&["norrtull", "ostra"]).fault("ostra", the_button("old"), Fault::Answer(PerformError::Forbidden));
    let told = Mutex::new(Vec::new());
    let done = run(&port, &[work("norrtull"), work("ostra")], &NeverAgain, &Options::default(), |event| {
        told.lock().expect("not poisoned").push(event)
    })
    .await;
    let told = told.into_inner().expect("not poisoned");
    let steps = told.iter().filter(|event| matches!(event, Event::StepDone { .. })).count();
    assert_eq!(steps, 5);
    for outcome in done {
        assert!(told.contains(&Event::ClinicDone(Box::new(outcome))));
    }
    assert_eq!(told.len(), 7);
}

#[tokio::test]
async fn no_steps_mean_no_requests() {
    let port = system(&["norrtull"]);
    let nothing = ClinicWork { steps: Vec::new(), ..work("norrtull") };
    let done = run(&port, &[nothing], &NeverAgain, &Options::default(), |_| ()).await;
    assert_eq!((&done[0].stop, port.requests().len()), (&None, 0));
}

#[tokio::test]
async fn a_run_may_live_on_another_thread() {
    let done = tokio::spawn(async {
        let port = system(&["norrtull"]);
        run(&port, &[work("norrtull")], &NeverAgain, &Options::default(), |_| ()).await
    });
    assert_eq!(done.await.expect("joined")[0].stop, None);
}
