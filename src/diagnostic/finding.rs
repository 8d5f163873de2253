//! One finding.

use crate::source::Place;
use serde::{Deserialize, Serialize};

/// Whether a finding stops something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It stops the run, or its clinic.
    Error,
    /// It is reported and does not stop the run.
    Warning,
}

/// Something wrong or doubtful, with the places that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule or refusal, as `clinicctl explain` knows it.
    pub rule: &'static str,
    /// Whether it stops the run.
    pub severity: Severity,
    /// One sentence without a full stop. Texts from files and servers in it are raw: rendering escapes them.
    pub message: String,
    /// The places; the first is the primary one. Empty only if no file is to blame.
    pub labels: Vec<Label>,
    /// What would be right, one sentence each.
    pub help: Vec<String>,
}

/// A place with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// A few words, or nothing.
    pub text: String,
}

impl Finding {
    /// An error at `place`.
    #[must_use]
    pub fn error(rule: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, rule, place, message)
    }

    /// A warning at `place`.
    #[must_use]
    pub fn warning(rule: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, rule, place, message)
    }

    fn new(severity: Severity, rule: &'static str, place: Place, message: impl Into<String>) -> Self {
        let labels = vec![Label { place, text: String::new() }];
        Self { rule, severity, message: message.into(), labels, help: Vec::new() }
    }

    /// Adds `text` at the primary place.
    #[must_use]
    pub fn labelled(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = self.labels.first_mut() {
            primary.text = text.into();
        }
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Adds a sentence with what would be right.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// What findings are sorted by: file, place, rule.
    #[must_use]
    pub fn sort_key(&self) -> (Option<Place>, &'static str, &str) {
        (self.labels.first().map(|label| label.place), self.rule, &self.message)
    }
}

/// The findings by file, place and rule.
pub(super) fn sorted(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    sorted
}
