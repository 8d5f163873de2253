//! The page of files that were checked and not planned.

use super::page::{Frame, rendered};
use super::prose::text;
use crate::report::{Files, Paint};
use askama::Template;

#[derive(Template)]
#[template(path = "page/files.html", config = "src/report/askama.toml")]
struct Page {
    frame: Frame,
    valid: bool,
    verdict: String,
    findings: String,
}

/// The page of what the files say.
#[must_use]
pub(in crate::report) fn files(files: &Files<'_>) -> String {
    rendered(&Page {
        frame: Frame::new(),
        valid: files.fleet.is_some(),
        verdict: text(&files.verdict()),
        findings: files.drawn(Paint::Plain),
    })
}
