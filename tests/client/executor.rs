//! The executor on a port in memory: order, isolation, chaining, and never a write that is sent twice.

use super::port::Fault;
use super::port::MemoryPort;
use super::port::Request;
use super::port::button;
use super::port::clinic;
use clinicctl::domain::ActorKind;
use clinicctl::domain::Button;
use clinicctl::domain::ButtonId;
use clinicctl::domain::ClinicId;
use clinicctl::domain::ClinicState;
use clinicctl::domain::Direction;
use clinicctl::domain::DirectionKind;
use clinicctl::domain::LiveClinic;
use clinicctl::domain::Resource;
use clinicctl::domain::Revision;
use clinicctl::execute::Became;
use clinicctl::execute::ClinicOutcome;
use clinicctl::execute::Event;
use clinicctl::execute::Interrupt;
use clinicctl::execute::NeverAgain;
use clinicctl::execute::Observed;
use clinicctl::execute::Options;
use clinicctl::execute::PerformError;
use clinicctl::execute::Performed;
use clinicctl::execute::Port;
use clinicctl::execute::StepOutcome;
use clinicctl::execute::Stop;
use clinicctl::execute::run;
use clinicctl::plan::Again;
use clinicctl::plan::ClinicWork;
use clinicctl::plan::Rest;
use clinicctl::plan::Step;
use clinicctl::plan::Write;
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
async fn an_edit_between_two_steps_is_a_conflict_and_stays() {
    let port = system(&["norrtull"]).fault("norrtull", the_button("new"), Fault::EditedBefore(foreign_edit()));
    let done = one(&port).await;
    assert!(matches!(done.steps[2].1, StepOutcome::Stopped(PerformError::Conflict { current: Some(_) })));
    assert_eq!(edited(&done), [(Resource::Direction(DirectionKind::HealthcareInitiated), Some(ActorKind::Person))]);
    assert_eq!(done.steps[3].1, StepOutcome::Skipped);
    assert!(port.state("norrtull").healthcare_initiated.enabled);
    assert_eq!((port.writes(), port.reads()), (3, 1));
}

/// What a conflict says that somebody else changed, and who.
fn edited(outcome: &ClinicOutcome) -> Vec<(Resource, Option<ActorKind>)> {
    let Some(Stop::Conflict(conflict)) = &outcome.stop else { panic!("{outcome:?}") };
    let edits = conflict.edits.iter();
    edits.map(|edit| (edit.change.resource.clone(), edit.last_change.as_ref().map(kind))).collect()
}

/// Plans again as if the files wanted nothing but what the work wants.
fn same(rest: &Rest<'_>, live: &LiveClinic) -> Again {
    let mut wanted = rest.work.wanted.clone();
    wanted.healthcare_initiated = live.state.healthcare_initiated.clone();
    Again::Same { wanted }
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
    let nothing = |_: &Rest<'_>, _: &LiveClinic| Again::Nothing;
    let done = run(&port, &[work("norrtull")], &nothing, &Options::default(), |_| ()).await;
    assert_eq!(outcomes(&done[0])[1..], [&StepOutcome::AlreadySo; 3]);
    assert_eq!((&done[0].stop, port.writes()), (&None, 2));
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_and_the_clinic_goes_on() {
    let lost = PerformError::Unknown("reset".to_owned());
    for resource in [INCOMING, the_button("old"), the_button("new"), Resource::ButtonOrder] {
        let port = system(&["norrtull"]).fault("norrtull", resource, Fault::WrittenBut(lost.clone()));
        let done = one(&port).await;
        assert_eq!((outcomes(&done), &done.stop), (vec![&StepOutcome::Done; 4], &None));
        assert_eq!((port.writes(), port.reads()), (4, 2), "no write twice");
        assert_eq!(port.state("norrtull"), wanted());
    }
}

#[tokio::test]
async fn a_lost_answer_beside_somebody_elses_edit_is_a_conflict() {
    let lost = PerformError::Unknown("reset".to_owned());
    // The edit hits what a later step would overwrite: only the state that was planned against tells.
    let edit = Write::PutButton(Button { active: false, ..button("forms") });
    let edited = [foreign_edit(), edit, Write::PutButton(button("new"))];
    for edit in edited {
        let resource = edit.resource();
        let fault = Fault::WrittenThenEdited(lost.clone(), edit);
        let port = system(&["norrtull"]).fault("norrtull", INCOMING, fault);
        let done = one(&port).await;
        assert_eq!(self::edited(&done), [(resource, Some(ActorKind::Person))]);
        // The clinic shows the step as done; what cannot go on is the rest.
        assert_eq!(outcomes(&done)[..2], [&StepOutcome::Done, &StepOutcome::Skipped], "{done:?}");
        assert_eq!((port.writes(), port.reads()), (1, 2));
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
async fn a_write_that_is_never_answered_is_sent_four_times() {
    let lost = PerformError::Unknown("time-out".to_owned());
    let port = system(&["norrtull"]).fault("norrtull", INCOMING, Fault::AlwaysAnswer(lost));
    let done = one(&port).await;
    let StepOutcome::Stopped(PerformError::Unknown(why)) = &done.steps[0].1 else { panic!("{done:?}") };
    assert!(why.starts_with("time-out; ") && why.ends_with("sent 4 times"), "{why}");
    assert_eq!((done.became(), port.writes(), port.reads()), (Became::Failed, 4, 4));
    assert_eq!(port.state("norrtull"), before());
}

#[tokio::test]
async fn an_interrupted_run_sends_nothing_again() {
    let lost = Fault::AlwaysAnswer(PerformError::Unknown("reset".to_owned()));
    let options = Options::default();
    let port = system(&["norrtull"]).fault("norrtull", INCOMING, lost);
    let port = Raising { port, interrupt: options.interrupt.clone() };
    let done = run(&port, &[work("norrtull")], &NeverAgain, &options, |_| ()).await;
    let StepOutcome::Stopped(PerformError::Unknown(why)) = &done[0].steps[0].1 else { panic!("{done:?}") };
    assert!(why.contains("as it was, and the write was not sent again"), "{why}");
    assert_eq!((port.port.writes(), port.port.reads()), (1, 1));
}

/// Asks the run to stop while its first write is under way.
struct Raising {
    port: MemoryPort,
    interrupt: Interrupt,
}

impl Port for Raising {
    async fn observe(&self, clinic: &ClinicId) -> Observed {
        self.port.observe(clinic).await
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Observed {
        self.port.observe_with_people(clinic).await
    }

    async fn perform(
        &self,
        clinic: &ClinicId,
        precondition: Revision,
        write: &Write,
        reference: Option<&str>,
    ) -> Result<Performed, PerformError> {
        self.interrupt.raise("the run was asked to stop");
        self.port.perform(clinic, precondition, write, reference).await
    }
}

/// Never answers a write, and asks the run to stop at once while one is under way.
struct Silent(Interrupt);

impl Port for Silent {
    async fn observe(&self, _: &ClinicId) -> Observed {
        panic!("nothing is read after a run was stopped at once")
    }

    async fn observe_with_people(&self, _: &ClinicId) -> Observed {
        panic!("nothing is read after a run was stopped at once")
    }

    async fn perform(&self, _: &ClinicId, _: Revision, _: &Write, _: Option<&str>) -> Result<Performed, PerformError> {
        self.0.cut_short("at once");
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_run_that_is_stopped_at_once_waits_for_no_answer_and_names_what_is_unknown() {
    let options = Options { parallelism: 1, ..Options::default() };
    let port = Silent(options.interrupt.clone());
    let done = run(&port, &[work("norrtull"), work("ostra")], &NeverAgain, &options, |_| ()).await;
    assert!(matches!(&done[0].steps[0].1, StepOutcome::Stopped(PerformError::Unknown(_))), "{done:?}");
    assert_eq!(outcomes(&done[0])[1..], [&StepOutcome::Skipped; 3]);
    assert_eq!(done[1].stop, Some(Stop::NotStarted("at once".to_owned())));
}

#[tokio::test]
async fn an_answer_without_a_revision_is_settled_before_the_next_write_only() {
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
    assert_eq!(done.steps[0].1, StepOutcome::Done);
    assert!(matches!(done.steps[1].1, StepOutcome::Stopped(PerformError::Conflict { current: Some(_) })));
    assert_eq!(port.writes(), 1);
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

#[tokio::test]
async fn an_interruption_finishes_what_is_under_way_and_begins_nothing() {
    let port = system(&["norrtull", "ostra", "soder"]);
    let interrupt = Interrupt::default();
    let options = Options { parallelism: 2, interrupt: interrupt.clone(), ..Options::default() };
    let stop = |event| {
        if matches!(event, Event::StepDone { step: 2, .. }) {
            interrupt.raise("interrupted");
        }
    };
    let done = run(&port, &[work("norrtull"), work("ostra"), work("soder")], &NeverAgain, &options, stop).await;
    for outcome in &done[..2] {
        assert_eq!(outcome.stop, Some(Stop::Interrupted("interrupted".to_owned())));
        assert_eq!(outcomes(outcome)[1..], [&StepOutcome::Done, &StepOutcome::Skipped, &StepOutcome::Skipped]);
    }
    assert_eq!(done[2].stop, Some(Stop::NotStarted("interrupted".to_owned())));
    assert_eq!((port.writes(), port.reads()), (4, 0));
}

#[tokio::test]
async fn an_interruption_after_the_last_step_says_that_nothing_was_read_back() {
    let port = system(&["norrtull"]);
    let options = Options::default();
    let stop = |event| {
        if matches!(event, Event::StepDone { step: 4, .. }) {
            options.interrupt.raise("interrupted");
        }
    };
    let done = run(&port, &[work("norrtull")], &NeverAgain, &options, stop).await;
    assert_eq!(done[0].stop, Some(Stop::NotReadBack("interrupted".to_owned())));
}

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

fn kind(change: &clinicctl::domain::LastChange) -> ActorKind {
    change.kind
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
