//! What is wrong or doubtful in the files, as a comment: if a plan cannot be made, and for `validate`.

use super::escape::{code, place, text};
use super::fit::{LIMIT, fitted};
use super::head::marker;
use crate::diagnostic::{Finding, Severity};
use crate::report::Files;
use crate::report::words::count;
use std::fmt::Write as _;

/// What the head and the last line take.
const AROUND: usize = 2_000;

/// Renders the findings of files. Files that are wrong do not tell the fleet's name, so that the marker has none there.
#[must_use]
pub(crate) fn files(files: &Files<'_>) -> String {
    let fleet = files.fleet.map_or("", |fleet| fleet.name.as_str());
    let mut comment = format!("{}### {}\n\n", marker(fleet), text(&files.verdict()));
    let mut findings: Vec<&Finding> = files.findings.iter().collect();
    findings.sort_by_key(|finding| (finding.severity, finding.sort_key()));
    let items = findings.iter().map(|finding| item(finding, files));
    let (list, left_out) = fitted(items, LIMIT - AROUND);
    comment.push_str(&list);
    if left_out > 0 {
        let _ = writeln!(comment, "- and {}; `clinicctl validate` shows all of them", count(left_out, "more finding"));
    }
    comment
}

fn item(finding: &Finding, files: &Files<'_>) -> String {
    let Finding { rule, severity, message, labels, help } = finding;
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut item = format!("- **{word}** {}: {}", code(rule), text(message));
    for (at, label) in labels.iter().enumerate() {
        let also = if at == 0 { ", at" } else { ", and" };
        let _ = write!(item, "{also} {}", place(&files.sources.locate(label.place)));
        if !label.text.is_empty() {
            let _ = write!(item, " ({})", text(&label.text));
        }
    }
    for help in help {
        let _ = write!(item, "; help: {}", text(help));
    }
    item.push('\n');
    item
}
