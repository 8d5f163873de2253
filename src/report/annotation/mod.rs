//! Annotations: what a plan or its files make worth saying at a line, in the order in which it matters.
//!
//! The formats that programs turn into marks beside a diff (`github`, `gitlab`, `sarif`) say the same annotations.
//! The texts of an annotation are escaped and cut already, so that none of them holds a hidden character.

mod changes;
mod rule_results;
mod topic;

pub(super) use topic::Topic;

use super::Files;
use crate::diagnostic::escape_cut;
use crate::domain::ClinicId;
use crate::plan::Plan;
use crate::source::Location;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The longest sentence that is shown. Our own are shorter; what they quote may have any length.
const LONGEST: usize = 1_000;

/// How much a annotation matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Level {
    /// It stops something.
    Error,
    /// It is doubtful.
    Warning,
    /// It is worth knowing.
    Notice,
}

/// Something to say at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Annotation<'a> {
    pub(super) level: Level,
    pub(super) topic: Topic<'a>,
    /// The clinic, if it is about one.
    pub(super) clinic: Option<&'a ClinicId>,
    /// One sentence without a full stop.
    pub(super) message: String,
    /// What would be right, one sentence each.
    pub(super) help: Vec<String>,
    /// The reason why it was waived.
    pub(super) waived: Option<String>,
    /// The line to discuss.
    pub(super) place: Option<Location>,
}

impl Annotation<'_> {
    /// The sentence, and below it what would be right.
    pub(super) fn text(&self) -> String {
        let waived = self.waived.as_ref().map_or_else(String::new, |reason| format!(" (waived: {reason})"));
        let mut text = format!("{}{waived}", self.message);
        for help in &self.help {
            let _ = write!(text, "\n{help}");
        }
        text
    }

    /// What it is about, in a few words: `dead-button in norrtull`.
    pub(super) fn title(&self) -> String {
        self.clinic.map_or_else(|| self.topic.id().into_owned(), |clinic| format!("{} in {clinic}", self.topic.id()))
    }
}

/// Everything worth saying about a plan: what the rules find, who loses access, what was changed outside the files,
/// which guards stop it, which clinics are not written.
pub(super) fn of_plan(plan: &Plan) -> Vec<Annotation<'_>> {
    let mut annotations: Vec<_> = plan.findings.iter().map(rule_results::finding).collect();
    annotations.extend(changes::losses(plan));
    annotations.extend(changes::outside(plan));
    annotations.extend(plan.guards.iter().map(rule_results::guard));
    annotations.extend(rule_results::blocked(plan));
    annotations
}

/// Everything worth saying about files.
pub(super) fn of_files<'a>(files: &Files<'a>) -> Vec<Annotation<'a>> {
    files.sorted().into_iter().map(|finding| rule_results::file_finding(finding, files.sources)).collect()
}

/// A line for each annotation, for programs that show none without one: its own, else the first of its clinic, else
/// nothing but the folder in which the run stands.
pub(super) fn places(plan: &Plan, annotations: &[Annotation<'_>]) -> Vec<Location> {
    let mut first = BTreeMap::<&ClinicId, &Location>::new();
    for change in &plan.changes {
        if let Some(origin) = change.fields.iter().find_map(|row| row.origin.as_ref()) {
            first.entry(&change.clinic).or_insert(&origin.location);
        }
    }
    for row in &plan.findings {
        if let (Some(clinic), Some(location)) = (&row.clinic, &row.location) {
            first.entry(clinic).or_insert(location);
        }
    }
    let near = |annotation: &Annotation<'_>| annotation.clinic.and_then(|clinic| first.get(clinic).copied()).cloned();
    annotations
        .iter()
        .map(|annotation| annotation.place.clone().or_else(|| near(annotation)).unwrap_or_else(nowhere))
        .collect()
}

/// The same for files; a folder without any has no line.
pub(super) fn places_in_files(annotations: &[Annotation<'_>]) -> Vec<Location> {
    annotations.iter().map(|annotation| annotation.place.clone().unwrap_or_else(nowhere)).collect()
}

/// The place of an annotation that belongs to no line.
fn nowhere() -> Location {
    Location { file: ".".into(), line: 1, column: 1 }
}

/// A name for each annotation that stays the same when lines move, so that a program knows one that it has shown
/// before. No two of a run are alike.
pub(super) fn fingerprints(annotations: &[Annotation<'_>]) -> Vec<String> {
    let mut seen = BTreeMap::<String, usize>::new();
    let print = |annotation: &Annotation<'_>| {
        let file = annotation.place.as_ref().map_or("", |place| &place.file);
        let clinic = annotation.clinic.map_or("", ClinicId::as_str);
        let mut known = [&*annotation.topic.id(), clinic, file, &annotation.message].join("\0");
        let before = seen.entry(known.clone()).or_default();
        *before += 1;
        let _ = write!(known, "\0{before}");
        hexadecimal(&Sha256::digest(known))
    };
    annotations.iter().map(print).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A text from outside, safe to show.
fn shown(text: &str) -> String {
    escape_cut(text, LONGEST).into_owned()
}
