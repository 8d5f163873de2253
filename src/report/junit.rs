//! JUnit: a test case for each clinic, which fails if the clinic is not as the files say and will not be.
//!
//! Without times, so that the same plan gives the same bytes.

use super::annotation::{Annotation, Level, Topic};
use super::words::count;
use super::{Files, Paint, annotation, outcome};
use crate::diagnostic::{Disarmer, Notation, escape, escape_cut};
use crate::domain::ClinicId;
use crate::execute::ClinicOutcome;
use crate::plan::Plan;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::{BTreeMap, BTreeSet};

/// A plan: clinics fail that are blocked, and guards that stop it.
pub(super) fn plan(plan: &Plan) -> String {
    applied(plan, &[])
}

/// A plan and what became of it: clinics fail as well that stopped.
pub(super) fn applied(plan: &Plan, outcomes: &[ClinicOutcome]) -> String {
    let annotations = annotation::of_plan(plan);
    let mut by_clinic = BTreeMap::<Option<&ClinicId>, Vec<&Annotation<'_>>>::new();
    for annotation in &annotations {
        by_clinic.entry(annotation.clinic).or_default().push(annotation);
    }
    let of_fleet = by_clinic.remove(&None).unwrap_or_default();
    let stops: BTreeMap<_, _> = outcomes.iter().map(|outcome| (&outcome.clinic, outcome)).collect();
    let mut clinics: BTreeSet<&ClinicId> = by_clinic.keys().copied().flatten().collect();
    clinics.extend(plan.changes.iter().map(|change| &change.clinic));
    let (guards, of_fleet): (Vec<_>, Vec<_>) =
        of_fleet.into_iter().partition(|annotation| matches!(annotation.topic, Topic::Guard(_)));
    let mut cases: Vec<_> =
        guards.into_iter().map(|annotation| case(&annotation.title(), vec![annotation], None)).collect();
    cases.push(case("the fleet", of_fleet, None));
    for clinic in &clinics {
        let annotations = by_clinic.remove(&Some(*clinic)).unwrap_or_default();
        let stop = stops.get(*clinic).map(|outcome| outcome::stopped(plan, outcome, Paint::Plain));
        cases.push(case(clinic.as_str(), annotations, stop.filter(|text| !text.is_empty())));
    }
    if let Some(others @ 1..) = plan.summary.clinics.checked_sub(clinics.len()) {
        cases.push(case(&count(others, "other clinic"), Vec::new(), None));
    }
    report(&plan.fleet, cases)
}

/// What is wrong in files: a test case for each file, which fails where it holds an error.
pub(super) fn files(files: &Files<'_>) -> String {
    let annotations = annotation::of_files(files);
    let mut by_file = BTreeMap::<&str, Vec<&Annotation<'_>>>::new();
    by_file.extend(files.sources.files().iter().map(|file| (&*file.path, Vec::new())));
    for annotation in &annotations {
        by_file
            .entry(annotation.place.as_ref().map_or("the folder", |place| &place.file))
            .or_default()
            .push(annotation);
    }
    let fleet = files.fleet.map_or("clinicctl", |fleet| fleet.name.as_str());
    report(fleet, by_file.into_iter().map(|(file, annotations)| case(file, annotations, None)).collect())
}

fn report(fleet: &str, cases: Vec<TestCase>) -> String {
    let fleet = attribute(fleet);
    let mut suite = TestSuite::new(&fleet);
    for mut case in cases {
        case.set_classname(&fleet);
        suite.add_test_case(case);
    }
    let mut report = Report::new("clinicctl");
    report.add_test_suite(suite);
    // Writing into memory cannot fail, and a report that is not there is one that a pipeline notices.
    let xml = report.to_string().unwrap_or_default();
    // Nothing is ever skipped, and the root may not say so: Jenkins' schema does not know the attribute there.
    Disarmer::new(Notation::Markup).disarm(xml.replacen(" skipped=\"0\"", "", 1))
}

/// A case fails where a annotation is an error or the clinic stopped; what else there is to say stands beside it.
fn case(name: &str, annotations: Vec<&Annotation<'_>>, stopped: Option<String>) -> TestCase {
    let (errors, others): (Vec<_>, Vec<_>) =
        annotations.into_iter().partition(|annotation| annotation.level == Level::Error);
    let mut failures: Vec<_> =
        errors.iter().map(|annotation| (annotation.topic.id().into_owned(), line(annotation))).collect();
    failures.extend(stopped.map(|text| ("stopped".to_owned(), text)));
    let status = failures.first().map_or_else(TestCaseStatus::success, |(kind, first)| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let all: Vec<_> = failures.iter().map(|(_, text)| text.trim_end()).collect();
        status.set_type(attribute(kind));
        status.set_message(attribute(first.lines().next().unwrap_or_default()));
        status.set_description(text(&all.join("\n")));
        status
    });
    let mut case = TestCase::new(attribute(name), status);
    if !others.is_empty() {
        let lines: Vec<_> = others.into_iter().map(line).collect();
        case.set_system_out(text(&lines.join("\n")));
    }
    case
}

fn line(annotation: &Annotation<'_>) -> String {
    let place = annotation.place.as_ref().map_or_else(String::new, |place| format!("\n{}", escape(&place.to_string())));
    format!("{}: {}{place}", annotation.topic.id(), annotation.text())
}

/// The longest name or message.
const LONGEST: usize = 1_000;

/// A text that stands in one line.
fn attribute(line: &str) -> String {
    text(&escape_cut(line, LONGEST))
}

/// XML can hold two characters less than Unicode, besides the control characters that are escaped already.
fn text(text: &str) -> String {
    text.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}")
}
