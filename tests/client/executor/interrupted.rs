//! Runs that are asked to stop, or to stop at once.

use super::super::port::{Fault, MemoryPort};
use super::{INCOMING, outcomes, system, work};
use clinicctl::domain::ClinicId;
use clinicctl::execute::{
    Event, FatalError, Interrupt, NeverAgain, Observed, Options, PerformError, Performed, Port, Sending, StepOutcome,
    Stop, run,
};

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
    type Tries = usize;

    async fn observe(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.port.observe(clinic).await
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.port.observe_with_people(clinic).await
    }

    async fn perform(&self, sending: Sending<'_>, tries: &mut usize) -> Result<Performed, PerformError> {
        self.interrupt.raise("the run was asked to stop");
        self.port.perform(sending, tries).await
    }

    async fn once_more(&self, _: &mut usize) -> bool {
        panic!("a run that is asked to stop sends nothing again")
    }
}

/// Never answers a write, and asks the run to stop at once while one is under way.
struct Silent(Interrupt);

impl Port for Silent {
    type Tries = ();

    async fn observe(&self, _: &ClinicId) -> Result<Observed, FatalError> {
        panic!("nothing is read after a run was stopped at once")
    }

    async fn observe_with_people(&self, _: &ClinicId) -> Result<Observed, FatalError> {
        panic!("nothing is read after a run was stopped at once")
    }

    async fn perform(&self, _: Sending<'_>, (): &mut ()) -> Result<Performed, PerformError> {
        self.0.cut_short("at once");
        std::future::pending().await
    }

    async fn once_more(&self, (): &mut ()) -> bool {
        panic!("nothing is sent after a run was stopped at once")
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
