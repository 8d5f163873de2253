//! GitLab's code quality report: one JSON list of annotations, which merge requests show beside the diff.

use super::annotation::{Annotation, Level};
use super::{Files, annotation};
use crate::diagnostic::to_json_text;
use crate::plan::Plan;
use crate::source::Location;
use serde::Serialize;

/// One annotation, as GitLab reads it.
#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Path,
}

#[derive(Serialize)]
struct Path {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// A plan.
pub(super) fn plan(plan: &Plan) -> String {
    let annotations = annotation::of_plan(plan);
    let places = annotation::places(plan, &annotations);
    list(&annotations, places)
}

/// What is wrong in files.
pub(super) fn files(files: &Files<'_>) -> String {
    let annotations = annotation::of_files(files);
    let places = annotation::places_in_files(&annotations);
    list(&annotations, places)
}

fn list(annotations: &[Annotation<'_>], places: Vec<Location>) -> String {
    let prints = annotation::fingerprints(annotations);
    let issues = annotations.iter().zip(places).zip(prints);
    let issues: Vec<_> = issues.map(|((annotation, place), print)| issue(annotation, &place, print)).collect();
    to_json_text(&issues) + "\n"
}

fn issue(annotation: &Annotation<'_>, place: &Location, fingerprint: String) -> Issue {
    let clinic = annotation.clinic.map_or_else(String::new, |clinic| format!("{clinic}: "));
    Issue {
        // GitLab shows one line.
        description: format!("{clinic}{}", annotation.text().replace('\n', "; ")),
        check_name: annotation.topic.id().into_owned(),
        fingerprint,
        severity: match annotation.level {
            Level::Error => "critical",
            Level::Warning => "minor",
            Level::Notice => "info",
        },
        location: Path { path: place.file.to_string(), lines: Lines { begin: place.line } },
    }
}
