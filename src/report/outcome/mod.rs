//! What became of a plan, clinic by clinic.

use super::Paint;
use super::words::count;
use crate::diagnostic::escape;
use crate::diff::Action;
use crate::domain::Resource;
use crate::execute::ClinicOutcome;
use crate::execute::StepOutcome;
use crate::execute::Stop;
use crate::plan::Plan;
use crate::plan::PlannedChange;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What was done, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCounts {
    /// Resources added.
    pub created: usize,
    /// Resources changed.
    pub updated: usize,
    /// Resources removed.
    pub deleted: usize,
    /// Writes that turned out to be unnecessary.
    pub already_so: usize,
    /// Clinics in which everything was done and read back.
    pub finished: usize,
    /// Clinics that stopped before their end.
    pub stopped: usize,
}

impl OutcomeCounts {
    /// Counts what became of `plan`.
    #[must_use]
    pub fn of(plan: &Plan, outcomes: &[ClinicOutcome]) -> Self {
        let changes = by_id(plan);
        let mut counts = Self::default();
        for outcome in outcomes {
            *if outcome.stop.is_some() { &mut counts.stopped } else { &mut counts.finished } += 1;
            for (id, step) in &outcome.steps {
                counts.add(changes.get(id).map(|change| change.action), step);
            }
        }
        counts
    }

    fn add(&mut self, action: Option<Action>, step: &StepOutcome) {
        match (step, action) {
            (StepOutcome::Done, Some(Action::Create)) => self.created += 1,
            (StepOutcome::Done, Some(Action::Delete)) => self.deleted += 1,
            (StepOutcome::Done, Some(Action::Update) | None) => self.updated += 1,
            (StepOutcome::AlreadySo, _) => self.already_so += 1,
            (StepOutcome::Stopped(_) | StepOutcome::Skipped, _) => {}
        }
    }
}

/// What a person reads after an apply: every clinic that stopped, with the reason and what was left, and one line
/// that sums it up.
#[must_use]
pub fn outcomes(plan: &Plan, outcomes: &[ClinicOutcome], paint: Paint) -> String {
    let changes = by_id(plan);
    let mut text: String = outcomes.iter().map(|outcome| stopped(outcome, &changes, paint)).collect();
    let OutcomeCounts { created, updated, deleted, already_so, finished, stopped } = OutcomeCounts::of(plan, outcomes);
    let clinics = count(finished, "clinic");
    let _ =
        write!(text, "Applied: {created} added, {updated} changed, {deleted} removed; {clinics} done and read back.");
    if already_so > 0 {
        let _ = write!(text, " {} already so.", count(already_so, "change was/changes were"));
    }
    if stopped > 0 {
        let _ = write!(text, " {}", paint.removed(format!("{} stopped.", count(stopped, "clinic"))));
    }
    text.push('\n');
    text
}

fn by_id(plan: &Plan) -> BTreeMap<u32, &PlannedChange> {
    plan.changes.iter().map(|change| (change.id, change)).collect()
}

/// Why one clinic stopped, and how far it had come; nothing for one that did not.
fn stopped(outcome: &ClinicOutcome, changes: &BTreeMap<u32, &PlannedChange>, paint: Paint) -> String {
    let Some(stop) = &outcome.stop else {
        return String::new();
    };
    let clinic = &outcome.clinic;
    let mut text = format!("{} {clinic}: {}\n", paint.removed("stopped:"), why(outcome, stop, changes));
    for (id, step) in &outcome.steps {
        let Some(change) = changes.get(id) else { continue };
        let _ = writeln!(text, "  {:<8} {}", became(step), change.address.resource);
    }
    text
}

fn why(outcome: &ClinicOutcome, stop: &Stop, changes: &BTreeMap<u32, &PlannedChange>) -> String {
    match stop {
        Stop::Step => outcome.steps.iter().find_map(|(id, step)| at_step(*id, step, changes)).unwrap_or_default(),
        Stop::Conflict(conflict) => format!("somebody else changed the clinic: {}", escape(&conflict.why)),
        Stop::NotKept(resources) => {
            let names = named(resources.iter());
            format!(
                "the system said that everything is done, and shows something else in {names} though nobody wrote since"
            )
        }
        Stop::ReadBack(resources) => {
            let names = named(resources.iter().map(|(resource, _)| resource));
            format!("everything was written, and somebody has changed {names} since")
        }
        Stop::NotReadBack(reason) => format!("everything was written and could not be read back: {}", escape(reason)),
        Stop::Interrupted(reason) => format!("stopped between two requests: {}", escape(reason)),
        Stop::NotStarted(reason) => format!("not started: {}", escape(reason)),
    }
}

fn named<'a>(resources: impl Iterator<Item = &'a Resource>) -> String {
    let names: Vec<_> = resources.map(|resource| format!("`{resource}`")).collect();
    names.join(", ")
}

fn at_step(id: u32, step: &StepOutcome, changes: &BTreeMap<u32, &PlannedChange>) -> Option<String> {
    let StepOutcome::Stopped(error) = step else {
        return None;
    };
    let resource = changes.get(&id).map_or_else(String::new, |change| format!("`{}`: ", change.address.resource));
    Some(format!("{resource}{}", escape(&error.to_string())))
}

/// One word for what became of a step.
pub(super) fn became(step: &StepOutcome) -> &'static str {
    match step {
        StepOutcome::Done => "done",
        StepOutcome::AlreadySo => "same",
        StepOutcome::Stopped(_) => "stopped",
        StepOutcome::Skipped => "skipped",
    }
}
