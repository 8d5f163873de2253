//! The entry of one clinic that did not end well.

use super::changes::Changes;
use super::edit::meanwhile;
use super::refusal::{Refusal, refusals};
use super::word::{became, clinic_became};
use crate::diagnostic;
use crate::diagnostic::{Colour, Finding, Style, escape};
use crate::domain::Resource;
use crate::execute::{ClinicOutcome, StepOutcome, Stop};
use crate::report::Paint;
use crate::source::SourceSet;
use std::fmt::Write as _;

/// The word under which a refusal of the system is drawn; not a rule of ours, so there is nothing to explain.
const REFUSED: &str = "refused-by-the-system";

/// What all entries are made with.
pub(super) struct Entries<'a> {
    pub(super) changes: Changes<'a>,
    /// The files of the plan, if they were read.
    pub(super) sources: Option<&'a SourceSet>,
    pub(super) paint: Paint,
}

impl Entries<'_> {
    /// Why one clinic stopped, what another writer did there, and how far it had come; nothing for one that ended well.
    pub(super) fn of(&self, outcome: &ClinicOutcome) -> String {
        let Some(stop) = &outcome.stop else {
            return String::new();
        };
        let word = self.paint.removed(format!("{}:", clinic_became(outcome.status())));
        let mut text = format!("{word} {}: {}\n", outcome.clinic, escape(&why(outcome, stop, &self.changes)));
        for refusal in refusals(outcome, &self.changes) {
            text.push_str(&self.drawn(&refusal));
        }
        match stop {
            Stop::Conflict(conflict) => text.push_str(&meanwhile(&conflict.edits, self.paint)),
            Stop::NotStarted(_) => return text,
            Stop::Step | Stop::Interrupted(_) | Stop::NotKept(_) | Stop::ReadBack(_) | Stop::NotReadBack(_) => {}
        }
        text + &self.steps(outcome)
    }

    fn steps(&self, outcome: &ClinicOutcome) -> String {
        let mut text = String::new();
        for (id, step) in &outcome.steps {
            let Some(change) = self.changes.get(*id) else { continue };
            let word = became(step).replace('_', " ");
            let because = since(outcome, step, &self.changes).map(|why| format!(" ({why})")).unwrap_or_default();
            let _ = writeln!(text, "  {word:<10} {}{because}", change.address.resource);
        }
        text
    }

    /// The line that asks for what was refused, drawn if its text is at hand.
    fn drawn(&self, refusal: &Refusal<'_>) -> String {
        let Refusal { pointer: _, detail, location } = refusal;
        let Some(location) = location else { return String::new() };
        let Some((sources, place)) = self.sources.and_then(|sources| Some((sources, sources.place(location)?))) else {
            return format!("  {} {}\n", self.paint.aside("-->"), escape(&format!("{location}: {detail}")));
        };
        let colour = match self.paint {
            Paint::Coloured => Colour::Coloured,
            Paint::Plain => Colour::Plain,
        };
        let finding = Finding::error(REFUSED, place, *detail);
        diagnostic::render(&[finding], sources, Style { colour, ..Style::PLAIN })
    }
}

/// Why a clinic stopped, in one sentence. Texts of the system in it are raw.
pub(in crate::report) fn why(outcome: &ClinicOutcome, stop: &Stop, changes: &Changes<'_>) -> String {
    match stop {
        Stop::Step => outcome.steps.iter().find_map(|(id, step)| at_step(*id, step, changes)).unwrap_or_default(),
        Stop::Conflict(conflict) => format!("somebody else changed the clinic, and {}", conflict.why),
        Stop::NotKept(resources) => format!(
            "the system said that everything is done, and shows something else in {} though nobody wrote since",
            named(resources.iter())
        ),
        Stop::ReadBack(resources) => {
            let names = resources.iter().map(|(resource, last)| match last {
                Some(last) => format!("`{resource}` ({} at {})", last.by, last.at),
                None => format!("`{resource}`"),
            });
            format!(
                "everything was written, and somebody has changed it since: {}",
                names.collect::<Vec<_>>().join(", ")
            )
        }
        Stop::NotReadBack(reason) => format!("everything was written and could not be read back: {reason}"),
        Stop::Interrupted(reason) => format!("stopped between two requests: {reason}"),
        Stop::NotStarted(reason) => format!("not started, and nothing was sent to it: {reason}"),
    }
}

/// Why a step was skipped.
pub(in crate::report) fn since(outcome: &ClinicOutcome, step: &StepOutcome, changes: &Changes<'_>) -> Option<String> {
    if *step != StepOutcome::Skipped {
        return None;
    }
    let stopped = outcome.steps.iter().find(|(_, step)| matches!(step, StepOutcome::Stopped(_)));
    Some(match stopped.and_then(|(id, _)| changes.get(*id)) {
        Some(change) => format!("comes after `{}`", change.address.resource),
        None => "the run ended before it".to_owned(),
    })
}

fn named<'a>(resources: impl Iterator<Item = &'a Resource>) -> String {
    resources.map(|resource| format!("`{resource}`")).collect::<Vec<_>>().join(", ")
}

fn at_step(id: u32, step: &StepOutcome, changes: &Changes<'_>) -> Option<String> {
    let StepOutcome::Stopped(error) = step else {
        return None;
    };
    let resource = changes.get(id).map_or_else(String::new, |change| format!("`{}`: ", change.address.resource));
    Some(format!("{resource}{error}"))
}
