//! Findings for machines, and JSON that is safe to print.

use super::book::Book;
use super::escape::is_hidden;
use super::finding::sorted;
use super::summary::counts;
use super::{Disarmer, Finding, Notation, Severity};
use crate::source::{Place, SourceSet};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The findings, sorted by file and place, as one versioned document. Texts in it are raw: print it with
/// [`to_json_text`].
#[must_use]
pub fn json(findings: &[Finding], sources: &SourceSet) -> Value {
    let (errors, warnings) = counts(findings);
    let findings = sorted(findings);
    let book = Book::of(&findings, sources);
    let findings: Vec<Value> = findings.into_iter().map(|finding| one(finding, &book)).collect();
    json!({"format": "clinicctl-findings/1", "errors": errors, "warnings": warnings, "findings": findings})
}

/// `value` as indented JSON in which every control character, every character that turns the direction of text and
/// every other hidden one is written as an escape, so that the text can be shown anywhere; and so is what a runner of
/// pipelines could take for a command.
///
/// # Panics
/// When `value` is no JSON: a map whose keys are not texts, or a type whose own serialisation fails.
#[must_use]
pub fn to_json_text(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("the types of this crate are JSON");
    if !json.contains(|c| c != '\n' && is_hidden(c)) {
        return Disarmer::new(Notation::Json).disarm(json);
    }
    let mut safe = String::with_capacity(json.len() + 64);
    json.chars().for_each(|c| push(&mut safe, c));
    Disarmer::new(Notation::Json).disarm(safe)
}

fn one(finding: &Finding, book: &Book<'_>) -> Value {
    let Finding { rule, severity, message, labels, help } = finding;
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut object = json!({"rule": rule, "severity": severity, "message": message, "help": help,
        "file": null, "line": null, "column": null});
    let places = labels.iter().map(|label| located(label.place, Some(&label.text), book));
    object["labels"] = places.collect();
    let primary = labels.first().map(|label| located(label.place, None, book));
    if let (Some(Value::Object(primary)), Some(object)) = (primary, object.as_object_mut()) {
        object.extend(primary);
    }
    object
}

fn located(place: Place, text: Option<&str>, book: &Book<'_>) -> Value {
    let mut object = json!({"file": null, "line": null, "column": null});
    if let Some(page) = book.page(place) {
        let (line, column) = page.lines.position(place.span.range().start);
        object = json!({"file": &*page.file.path, "line": line, "column": column});
    }
    if let Some(text) = text {
        object["text"] = text.into();
    }
    object
}

/// Appends a character of a JSON document. Hidden ones stand in its texts only, where an escape means the same; the
/// line feeds are those of the indentation.
fn push(json: &mut String, c: char) {
    if c == '\n' || !is_hidden(c) {
        return json.push(c);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a text cannot fail.
        let _ = write!(json, "\\u{unit:04x}");
    }
}
