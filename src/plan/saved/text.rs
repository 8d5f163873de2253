//! The text of a saved plan.

use super::{FORMAT, SavedPlan, SavedPlanError};
use crate::diagnostic::to_json_text;
use crate::domain::StaffId;
use crate::plan::digest::digest;
use crate::plan::{
    Binding, Blocked, ClinicWork, DriftUnknown, FindingRow, GuardLimits, GuardRow, Impact, Instance, NoteRow, Plan,
    PlannedChange, Redaction, Summary,
};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

impl SavedPlan {
    /// SHA-256 over the JSON of everything else, in hexadecimal digits.
    pub(super) fn digest(&self) -> String {
        digest(&compact(&self.written(None)))
    }

    pub(super) fn written(&self, digest: Option<&str>) -> String {
        let Self { plan, prune, binding, instance, limits, work } = self;
        to_json_text(&Written { plan, prune: *prune, binding, instance: instance.as_ref(), limits, work, digest })
    }
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    plan: &'a Plan,
    prune: bool,
    binding: &'a Binding,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<&'a Instance>,
    limits: &'a GuardLimits,
    work: &'a [ClinicWork],
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<&'a str>,
}

/// The same with every field of a plan spelt out: `flatten` and the refusal of unknown fields exclude each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Read {
    format: String,
    fleet: String,
    system: String,
    reference: Option<String>,
    summary: Summary,
    changes: Vec<PlannedChange>,
    impact: Impact,
    people: BTreeMap<StaffId, String>,
    blocked: Vec<Blocked>,
    findings: Vec<FindingRow>,
    guards: Vec<GuardRow>,
    notes: Vec<NoteRow>,
    #[serde(default)]
    drift_unknown: Option<DriftUnknown>,
    prune: bool,
    binding: Binding,
    #[serde(default)]
    instance: Option<Instance>,
    limits: GuardLimits,
    work: Vec<ClinicWork>,
    /// Not compared by itself: it is part of the text, and the whole text is compared.
    #[serde(rename = "digest")]
    _digest: String,
}

impl From<Read> for SavedPlan {
    fn from(read: Read) -> Self {
        let Read {
            format,
            fleet,
            system,
            reference,
            summary,
            changes,
            impact,
            people,
            blocked,
            findings,
            guards,
            notes,
            drift_unknown,
            prune,
            binding,
            instance,
            limits,
            work,
            _digest: _,
        } = read;
        let plan = Plan {
            format,
            fleet,
            system,
            reference,
            names: Redaction::Told,
            summary,
            changes,
            impact,
            people,
            blocked,
            findings,
            guards,
            notes,
            drift_unknown,
        };
        Self { plan, prune, binding, instance, limits, work }
    }
}

/// Refuses what is of another format, and what an older version saved.
pub(super) fn check_format(text: &str) -> Result<(), SavedPlanError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        limits: Option<IgnoredAny>,
        work: Option<IgnoredAny>,
        digest: Option<IgnoredAny>,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| SavedPlanError::Shape(error.to_string()))?;
    let Head { format, limits, work, digest } = head;
    if format != FORMAT {
        return Err(SavedPlanError::Format { found: format, known: FORMAT });
    }
    if limits.is_none() && work.is_some() && digest.is_some() { Err(SavedPlanError::Older) } else { Ok(()) }
}

/// JSON without the white space between its tokens.
pub(super) fn compact(json: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    let keep = |c: &char| {
        if in_string {
            in_string = escaped || *c != '"';
            escaped = *c == '\\' && !escaped;
            return true;
        }
        in_string = *c == '"';
        !matches!(c, ' ' | '\t' | '\n' | '\r')
    };
    json.chars().filter(keep).collect()
}
