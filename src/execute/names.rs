//! Outcomes without people, for public reports.
//!
//! What a plan says of people is masked as in the plan. What the live system says in its own words may name anybody, so
//! those words go; that something was refused, failed or is unknown, and where, stays.

use super::{ClinicOutcome, Conflict, Edit, PerformError, StepOutcome, Stop};
use crate::domain::{ClinicId, Field};
use crate::plan::{Pseudonyms, anonymous};

/// What stands in place of words that may name people.
const LEFT_OUT: &str = "the reason may name people and is left out";

impl ClinicOutcome {
    /// The same outcome without people.
    #[must_use]
    pub fn counts_only(&self, pseudonyms: &mut Pseudonyms) -> Self {
        let Self { clinic, steps, stop } = self;
        Self {
            clinic: clinic.clone(),
            steps: steps.iter().map(|(id, step)| (*id, self::step(step))).collect(),
            stop: stop.as_ref().map(|stop| self::stop(clinic, stop, pseudonyms)),
        }
    }
}

fn step(step: &StepOutcome) -> StepOutcome {
    match step {
        StepOutcome::Stopped(error) => StepOutcome::Stopped(self::error(error)),
        StepOutcome::Done | StepOutcome::AlreadySo | StepOutcome::Skipped => step.clone(),
    }
}

fn error(error: &PerformError) -> PerformError {
    match error {
        PerformError::Refused { detail: _, fields } => {
            let fields = fields.iter().map(|(pointer, _)| (self::pointer(pointer), LEFT_OUT.to_owned()));
            PerformError::Refused { detail: LEFT_OUT.to_owned(), fields: fields.collect() }
        }
        PerformError::Failed(_) => PerformError::Failed(format!("it was not written; {LEFT_OUT}")),
        PerformError::Unknown(_) => PerformError::Unknown(LEFT_OUT.to_owned()),
        PerformError::Unsettled { why: _, then } => {
            PerformError::Unsettled { why: LEFT_OUT.to_owned(), then: Box::new(self::error(then)) }
        }
        // Why a run ends is said in our own words.
        PerformError::Interrupted(_)
        | PerformError::Unauthenticated
        | PerformError::Forbidden
        | PerformError::Missing
        | PerformError::Conflict { .. }
        | PerformError::Gone
        | PerformError::NoRevision => error.clone(),
    }
}

/// A pointer that names a field and at most a place in it; the whole resource in place of any other text.
fn pointer(pointer: &str) -> String {
    let mut parts = pointer.split('/').skip(1);
    let known = parts.next().is_some_and(|name| Field::parse(name).is_some());
    let place = parts.all(|part| part.chars().all(|c| c.is_ascii_digit()));
    if known && place { pointer.to_owned() } else { String::new() }
}

fn stop(clinic: &ClinicId, stop: &Stop, pseudonyms: &mut Pseudonyms) -> Stop {
    match stop {
        Stop::Conflict(Conflict { why: _, edits }) => Stop::Conflict(Conflict {
            why: "what is left of the plan is no longer what was shown".to_owned(),
            edits: edits.iter().map(|edit| self::edit(clinic, edit, pseudonyms)).collect(),
        }),
        Stop::ReadBack(resources) => {
            let mut resources = resources.clone();
            resources.iter_mut().filter_map(|(_, last)| last.as_mut()).for_each(anonymous);
            Stop::ReadBack(resources)
        }
        Stop::NotReadBack(_) => Stop::NotReadBack(LEFT_OUT.to_owned()),
        // Why a run ends is said in our own words.
        Stop::Step | Stop::Interrupted(_) | Stop::NotKept(_) | Stop::NotStarted(_) => stop.clone(),
    }
}

fn edit(clinic: &ClinicId, edit: &Edit, pseudonyms: &mut Pseudonyms) -> Edit {
    let Edit { mut change, mut last_change } = edit.clone();
    pseudonyms.change_found_later(clinic, &mut change);
    last_change.iter_mut().for_each(anonymous);
    Edit { change, last_change }
}
