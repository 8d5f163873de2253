//! SARIF 2.1.0: the findings of a plan or of files for programs that collect them, such as GitHub's code scanning.

mod document;

use super::annotation::{Annotation, Level, Topic};
use super::words::count;
use super::{Files, annotation};
use crate::diagnostic::to_json_text;
use crate::plan::Plan;
use crate::source::Location;
use document::{
    Artifact, Descriptor, Driver, Fingerprints, Invocation, Log, Logical, Notification, Outcome, Physical, Place,
    Region, Run, Suppression, Text, Tool,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeSet;

/// The most results: GitHub shows no more of an upload, and refuses one with five times as many.
const MOST: usize = 5_000;

/// What may stand in a path of a URI as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A plan.
pub(super) fn plan(plan: &Plan) -> String {
    let annotations = annotation::of_plan(plan);
    let places = annotation::places(plan, &annotations);
    log(&annotations, &places)
}

/// What is wrong in files.
pub(super) fn files(files: &Files<'_>) -> String {
    let annotations = annotation::of_files(files);
    let places = annotation::places_in_files(&annotations);
    log(&annotations, &places)
}

fn log(annotations: &[Annotation<'_>], places: &[Location]) -> String {
    let topics: Vec<Topic<'_>> =
        annotations.iter().map(|annotation| annotation.topic).collect::<BTreeSet<_>>().into_iter().collect();
    let mut rows: Vec<_> = annotations.iter().zip(places).zip(annotation::fingerprints(annotations)).collect();
    // What is cut is what matters least; among equals the order stays.
    rows.sort_by_key(|((annotation, _), _)| annotation.level);
    let cut = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let results =
        rows.into_iter().map(|((annotation, place), print)| outcome(annotation, place, print, &topics)).collect();
    let run = Run {
        tool: Tool { driver: driver(&topics) },
        invocations: [invocation(cut)],
        column_kind: "unicodeCodePoints",
        results,
    };
    to_json_text(&Log::of(run)) + "\n"
}

fn driver(topics: &[Topic<'_>]) -> Driver {
    let rules = topics.iter().map(|topic| Descriptor {
        id: topic.id().into_owned(),
        short_description: text(topic.says()),
        help: text(topic.explanation()),
    });
    Driver { name: "clinicctl", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() }
}

/// Says how many results were left out.
fn invocation(cut: usize) -> Invocation {
    let left_out = (cut > 0).then(|| Notification {
        level: document::Level::Warning,
        message: text(&format!("{} left out, those that matter least", count(cut, "more result is/more results are"))),
    });
    Invocation { execution_successful: true, tool_execution_notifications: left_out.into_iter().collect() }
}

fn outcome(annotation: &Annotation<'_>, place: &Location, print: String, topics: &[Topic<'_>]) -> Outcome {
    let logical = annotation.clinic.map(|clinic| Logical { name: clinic.to_string(), kind: "clinic" });
    let clinic = annotation.clinic.map_or_else(String::new, |clinic| format!("{clinic}: "));
    let waived = annotation.waived.clone().map(|justification| Suppression { kind: "inSource", justification });
    Outcome {
        rule_id: annotation.topic.id().into_owned(),
        rule_index: topics.binary_search(&annotation.topic).unwrap_or_default(),
        level: match annotation.level {
            Level::Error => document::Level::Error,
            Level::Warning => document::Level::Warning,
            Level::Notice => document::Level::Note,
        },
        message: text(&format!("{clinic}{}", annotation.text())),
        locations: [Place { physical_location: physical(place), logical_locations: logical.into_iter().collect() }],
        partial_fingerprints: Fingerprints { clinicctl: print },
        suppressions: waived.into_iter().collect(),
    }
}

fn physical(place: &Location) -> Physical {
    let uri = utf8_percent_encode(&place.file, PATH).to_string();
    Physical {
        artifact_location: Artifact { uri },
        region: Region { start_line: place.line, start_column: place.column },
    }
}

/// A message. Plain messages of the standard may hold links, `[text](address)`: data may not.
fn text(text: &str) -> Text {
    Text { text: text.replace("](", "] (") }
}
