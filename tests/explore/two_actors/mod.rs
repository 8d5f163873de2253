//! Every interleaving of an apply and a person in the console, on a small clinic, with lost requests, lost answers and
//! crashes.
//!
//! At each request of the apply any of a few things may happen first: the person edits something or undoes what the apply
//! wrote last, the request or its answer is lost, or the apply dies, before the request or after it was carried out. Then
//! it is run again. All schedules with up to [`MOST`] such disturbances are tried, one after the other, on the model. It
//! demands
//!
//! - that every write of ours is written over exactly what the plan of its run showed there, or what that run has left
//!   there (P4);
//! - that no write of ours newly breaks I1 or I2, or gives a right that neither the state before it nor its plan's goal
//!   gives (P6);
//! - that a run without interference then reaches what the files say, and one more has nothing to do (P7, P8).

mod clinic;
mod schedule;
mod watch;

use self::clinic::{SCENARIOS, Scenario};
use self::schedule::{Executor, Schedules};

/// The most disturbances in one schedule. Two edits of the person between the requests of one run, and an answer that is
/// lost beside them, is what it takes to fool an executor that compares too little.
const MOST: usize = 3;

#[test]
fn p04_p06_p07_no_interleaving_of_two_actors_does_harm() {
    let mut tried = 0;
    for scenario in SCENARIOS {
        tried += explore(scenario, Executor::Real).unwrap_or_else(|harm| panic!("{}: {harm}", scenario.name));
    }
    assert!(tried >= 9_300, "only {tried} schedules were tried");
}

/// A check that cannot fail is no check.
#[test]
fn every_wrong_executor_is_found() {
    for (wrong, harm) in [
        (Executor::WithoutPrecondition, "overwritten unseen"),
        (Executor::RetriesBlindly, "overwritten unseen"),
        (Executor::ComparesNothing, "overwritten unseen"),
    ] {
        let found = SCENARIOS.iter().find_map(|scenario| explore(scenario, wrong).err());
        let what = found.unwrap_or_else(|| panic!("{wrong:?} does no harm"));
        assert!(what.contains(harm), "{wrong:?} was found for another reason: {what}");
    }
}

/// Tries every schedule; how many there are, or the first that does harm.
fn explore(scenario: &Scenario, executor: Executor) -> Result<usize, String> {
    let mut schedules = Schedules::default();
    let mut tried = 0;
    loop {
        tried += 1;
        let harm = schedule::run(scenario, executor, &mut schedules);
        harm.map_err(|harm| format!("{harm}, in the schedule {:?}", schedules.told()))?;
        if !schedules.advance() {
            return Ok(tried);
        }
    }
}
