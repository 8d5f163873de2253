//! GitLab's code quality report: one JSON list of remarks, which merge requests show beside the diff.

use super::Files;
use super::remark;
use super::remark::Level;
use super::remark::Remark;
use crate::diagnostic::to_json_text;
use crate::plan::Plan;
use crate::source::Location;
use serde::Serialize;

/// One remark, as GitLab reads it.
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
    let remarks = remark::of_plan(plan);
    let places = remark::places(plan, &remarks);
    list(&remarks, places)
}

/// What is wrong in files.
pub(super) fn files(files: &Files<'_>) -> String {
    let remarks = remark::of_files(files);
    let places = remark::places_in_files(&remarks);
    list(&remarks, places)
}

fn list(remarks: &[Remark<'_>], places: Vec<Location>) -> String {
    let prints = remark::fingerprints(remarks);
    let issues = remarks.iter().zip(places).zip(prints);
    let issues: Vec<_> = issues.map(|((remark, place), print)| issue(remark, &place, print)).collect();
    to_json_text(&issues) + "\n"
}

fn issue(remark: &Remark<'_>, place: &Location, fingerprint: String) -> Issue {
    let clinic = remark.clinic.map_or_else(String::new, |clinic| format!("{clinic}: "));
    Issue {
        // GitLab shows one line.
        description: format!("{clinic}{}", remark.text().replace('\n', "; ")),
        check_name: remark.topic.id().into_owned(),
        fingerprint,
        severity: match remark.level {
            Level::Error => "critical",
            Level::Warning => "minor",
            Level::Notice => "info",
        },
        location: Path { path: place.file.to_string(), lines: Lines { begin: place.line } },
    }
}
