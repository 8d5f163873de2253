//! A write of which nobody knows what became of it: whatever comes after that, the doubt is told until something ends it.

use super::port::clinic;
use clinicctl::domain::{ClinicId, ClinicState, Direction, DirectionKind, Directory, LiveClinic, Revision};
use clinicctl::execute::{
    ClinicOutcome, ClinicStatus, FatalError, NeverAgain, Observed, Options, PerformError, Performed, Port, Sending,
    StepOutcome, Stop, run,
};
use clinicctl::plan::{ClinicWork, Step, Write};
use clinicctl::rules::Policy;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

/// Says these things, one after the other.
struct Scripted {
    writes: Mutex<VecDeque<PerformError>>,
    reads: Mutex<VecDeque<Observed>>,
}

impl Port for Scripted {
    type Tries = ();

    async fn observe(&self, _: &ClinicId) -> Result<Observed, FatalError> {
        Ok(self.reads.lock().expect("not poisoned").pop_front().expect("no further read"))
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.observe(clinic).await
    }

    async fn perform(&self, _: Sending<'_>, (): &mut ()) -> Result<Performed, PerformError> {
        Err(self.writes.lock().expect("not poisoned").pop_front().expect("no further write"))
    }

    async fn once_more(&self, (): &mut ()) -> bool {
        true
    }
}

fn on() -> ClinicState {
    ClinicState { incoming: Direction { enabled: true, ..Direction::off() }, ..ClinicState::new() }
}

fn work() -> ClinicWork {
    let write = Write::PutDirection { direction: DirectionKind::Incoming, to: on().incoming };
    ClinicWork {
        clinic: clinic("norrtull"),
        revision: Revision(40),
        before: ClinicState::new(),
        steps: vec![Step { id: 1, write, waits_for: Vec::new() }],
        wanted: on(),
        policy: Policy::default(),
        people: Vec::new(),
    }
}

fn shows(revision: u64, state: ClinicState) -> Observed {
    Observed::Live(Box::new(LiveClinic {
        clinic: clinic("norrtull"),
        name: "Norrtull".to_owned(),
        hsa_id: None,
        revision: Revision(revision),
        state,
        last_changes: BTreeMap::new(),
        directory: Directory::default(),
    }))
}

fn untouched() -> Observed {
    shows(40, ClinicState::new())
}

/// Somebody else has written, and our write is not to be seen.
fn moved() -> Observed {
    shows(41, ClinicState { healthcare_initiated: on().incoming, ..ClinicState::new() })
}

fn lost() -> PerformError {
    PerformError::Unknown("the system answered 502".to_owned())
}

async fn outcome(writes: Vec<PerformError>, reads: Vec<Observed>) -> ClinicOutcome {
    let port = Scripted { writes: Mutex::new(writes.into()), reads: Mutex::new(reads.into()) };
    let mut outcomes = run(&port, &[work()], &NeverAgain, &Options::default(), |_| ()).await;
    let left = (port.writes.into_inner().expect("not poisoned"), port.reads.into_inner().expect("not poisoned"));
    assert!(left.0.is_empty() && left.1.is_empty(), "not all of it was asked for: {left:?}");
    outcomes.pop().expect("one clinic, one outcome")
}

fn stopped(outcome: &ClinicOutcome) -> &PerformError {
    let StepOutcome::Stopped(error) = &outcome.steps[0].1 else { panic!("{outcome:?}") };
    assert_eq!((&outcome.stop, outcome.status()), (&Some(Stop::Step), ClinicStatus::Failed));
    error
}

#[tokio::test]
async fn whatever_a_later_answer_says_the_first_one_is_still_unknown() {
    let refused = PerformError::Refused { detail: "no".to_owned(), fields: Vec::new() };
    let failed = PerformError::Failed("the system answered 409".to_owned());
    for then in [PerformError::Missing, PerformError::Forbidden, PerformError::Unauthenticated, refused, failed] {
        let done = outcome(vec![lost(), then.clone()], vec![untouched()]).await;
        let why = "the system answered 502".to_owned();
        assert_eq!(*stopped(&done), PerformError::Unsettled { why, then: Box::new(then.clone()) });
        assert_eq!(stopped(&done).last(), &then);
    }
}

#[tokio::test]
async fn a_later_read_that_fails_leaves_it_unknown() {
    let moved_on = PerformError::Conflict { current: None };
    let cases = [
        (vec![lost(), moved_on.clone()], vec![untouched(), Observed::Missing], "does not know the clinic"),
        (vec![lost(), moved_on.clone()], vec![untouched(), Observed::Forbidden], "may not read this clinic"),
        (vec![lost(), moved_on], vec![untouched(), Observed::Failed("503".to_owned())], "read afterwards: 503"),
        (vec![lost()], vec![moved(), Observed::Missing], "does not know the clinic"),
        (vec![lost()], vec![moved(), Observed::Failed("503".to_owned())], "read afterwards: 503"),
        (vec![lost()], vec![Observed::Missing], "does not know the clinic"),
    ];
    for (writes, reads, said) in cases {
        let done = outcome(writes, reads).await;
        let text = stopped(&done).to_string();
        assert!(text.starts_with("it is unknown whether the write happened: the system answered 502; "), "{text}");
        assert!(text.contains(said), "{text}");
    }
}

#[tokio::test]
async fn a_write_that_arrives_late_is_done_once_a_read_shows_it() {
    let moved_on = PerformError::Conflict { current: None };
    let done = outcome(vec![lost(), moved_on], vec![untouched(), shows(41, on()), shows(41, on())]).await;
    assert_eq!((&done.steps[0].1, &done.stop), (&StepOutcome::Done, &None));
}

#[tokio::test]
async fn a_write_that_only_the_end_of_the_run_holds_back_is_skipped_unless_it_was_sent_before() {
    let ended = || PerformError::Interrupted("the run was asked to stop".to_owned());
    let done = outcome(vec![ended()], vec![]).await;
    let stop = Stop::Interrupted("the run was asked to stop".to_owned());
    assert_eq!((&done.steps[0].1, &done.stop), (&StepOutcome::Skipped, &Some(stop)));
    assert_eq!(done.status(), ClinicStatus::Skipped);

    let done = outcome(vec![lost(), ended()], vec![untouched()]).await;
    let text = stopped(&done).to_string();
    assert!(text.ends_with("the write was not sent again: the run was asked to stop"), "{text}");
}

#[tokio::test]
async fn without_a_doubt_a_clinic_that_is_gone_is_not_done() {
    let done = outcome(vec![PerformError::Conflict { current: None }], vec![Observed::Missing]).await;
    assert_eq!(*stopped(&done), PerformError::Missing);
}
