//! Verdicts: what blocks a clinic, what the rules and guards say, and what is left undone on purpose.

use crate::diagnostic::Severity;
use crate::domain::{Address, ClinicId};
use crate::source::Location;
use serde::{Deserialize, Serialize};

/// A clinic that is not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocked {
    /// The clinic.
    pub clinic: ClinicId,
    /// The rule that forbids it, or `unreadable`.
    pub rule: String,
    /// What is wrong, in one sentence.
    pub detail: String,
}

/// One finding of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingRow {
    /// The rule.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The clinic, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clinic: Option<ClinicId>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would be right.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub help: Vec<String>,
    /// The live state broke the rule before.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub already_so: bool,
    /// The reason of the waiver that covers it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waived: Option<String>,
    /// The line to discuss.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location: Option<Location>,
}

/// Clinics for which it is not known whether they were changed by hand: all their changes count as the files'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriftUnknown {
    /// The clinics with changes that may have been made by hand.
    pub clinics: Vec<ClinicId>,
    /// Why their change logs do not tell. Any text.
    pub reason: String,
}

impl DriftUnknown {
    /// One sentence without a full stop; its reason may be any text.
    #[must_use]
    pub fn sentence(&self) -> String {
        let clinics = match self.clinics.as_slice() {
            [only] => format!("the clinic `{only}`"),
            several => format!("{} clinics", several.len()),
        };
        format!("it is not known whether somebody changed {clinics} by hand: {}", self.reason)
    }
}

/// A guard that the plan exceeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardRow {
    /// `people_losing_access`, ...
    pub guard: String,
    /// The largest that is allowed.
    pub limit: u64,
    /// What the plan would do.
    pub actual: u64,
    /// The run accepts it by name, so that it does not stop `apply`.
    pub accepted: bool,
}

/// Something that the plan leaves undone on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteRow {
    /// What it is about.
    pub address: Address,
    /// One sentence.
    pub message: String,
}
