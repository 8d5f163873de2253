//! Saved plans: the document, its work, what it is bound to, and a digest over everything.
//!
//! A saved plan is the plan's own JSON with `prune`, `binding`, `work` and `digest` added. It is a promise about what
//! `apply FILE` will do, so reading is strict: whatever is not exactly what writing this plan gives, white space
//! aside, is refused. That catches every edit, and with it duplicate keys, of which JSON readers silently take one.

use super::Blocked;
use super::ClinicWork;
use super::DriftUnknown;
use super::FindingRow;
use super::GuardRow;
use super::Impact;
use super::Names;
use super::NoteRow;
use super::Plan;
use super::PlannedChange;
use super::Summary;
use super::document::FORMAT;
use crate::diagnostic::to_json_text;
use crate::domain::ClinicId;
use crate::domain::Revision;
use crate::domain::StaffId;
use serde::Deserialize;
use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The longest text that is read, in bytes.
///
/// A plan that changes every resource of ten thousand clinics takes about 100 MiB; anything much longer is no plan.
pub const SAVED_PLAN_MAX: usize = 256 * 1024 * 1024;

/// A plan that `plan --out` wrote and `apply FILE` does exactly, or refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPlan {
    /// The document.
    pub plan: Plan,
    /// Whether the run said `--prune`.
    pub prune: bool,
    /// The only system that it may be applied to.
    pub binding: Binding,
    /// What to do, clinic by clinic.
    pub work: Vec<ClinicWork>,
}

/// The system that a saved plan was made against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// A system at an address: its origin.
    Origin(String),
    /// The embedded system: the id of its database.
    Embedded(String),
}

/// Why a text is no saved plan that may be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SavedPlanError {
    /// Longer than [`SAVED_PLAN_MAX`].
    #[error("this is too long for a saved plan: {bytes} bytes, where {SAVED_PLAN_MAX} are the most")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not JSON, or not of this shape.
    #[error("this is not a plan that `clinicctl plan --out` wrote: {0}")]
    Shape(String),
    /// Another version of the format.
    #[error("this plan has the format `{found}`; this version reads `{known}`")]
    Format {
        /// What the file says.
        found: String,
        /// What this version reads.
        known: &'static str,
    },
    /// Edited or cut.
    #[error("the plan was changed after it was written: its digest does not match")]
    Digest,
}

/// A clinic that is not as a saved plan found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The clinic.
    pub clinic: ClinicId,
    /// The revision that the plan was made against.
    pub planned: Revision,
    /// The revision now; `None` where the clinic could not be read.
    pub now: Option<Revision>,
}

impl SavedPlan {
    /// The text to keep: JSON for people to read, hidden characters escaped, ending in a line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = to_json_text(&self.written(Some(&self.digest())));
        text.push('\n');
        text
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`SavedPlanError`] for anything else; layout (white space between tokens) is the only thing that may differ.
    pub fn from_json(text: &str) -> Result<Self, SavedPlanError> {
        if text.len() > SAVED_PLAN_MAX {
            return Err(SavedPlanError::TooLarge { bytes: text.len() });
        }
        check_format(text)?;
        let read: Read = serde_json::from_str(text).map_err(|error| SavedPlanError::Shape(error.to_string()))?;
        let saved = Self::from(read);
        if compact(text) == compact(&saved.to_json()) { Ok(saved) } else { Err(SavedPlanError::Digest) }
    }

    /// The clinics with work that are no longer at the revision that the plan was made against. Where there is one,
    /// nothing of the plan may be written.
    #[must_use]
    pub fn stale(&self, live: &BTreeMap<ClinicId, Revision>) -> Vec<Moved> {
        let moved = |work: &ClinicWork| Moved {
            clinic: work.clinic.clone(),
            planned: work.revision,
            now: live.get(&work.clinic).copied(),
        };
        self.work.iter().map(moved).filter(|moved| moved.now != Some(moved.planned)).collect()
    }

    /// Takes a clinic out of the plan, because it must not be written any more.
    pub fn block(&mut self, blocked: Blocked) {
        let Plan { changes, impact, summary, blocked: all, .. } = &mut self.plan;
        let clinic = &blocked.clinic;
        let goes = |change: &PlannedChange| change.clinic == *clinic;
        for change in changes.iter().filter(|change| goes(change)) {
            *summary.count_mut(change.action) -= 1;
        }
        summary.clinics_changed -= usize::from(changes.iter().any(goes));
        changes.retain(|change| !goes(change));
        impact.gain.retain(|row| row.clinic != *clinic);
        impact.lose.retain(|row| row.clinic != *clinic);
        impact.menus.retain(|row| row.clinic != *clinic);
        impact.single_responders.retain(|row| row.clinic != *clinic);
        impact.pictures.retain(|row| row.clinic != *clinic);
        self.work.retain(|work| work.clinic != *clinic);
        all.push(blocked);
    }

    /// SHA-256 over the JSON of everything else, in hexadecimal digits.
    fn digest(&self) -> String {
        let hash = Sha256::digest(compact(&to_json_text(&self.written(None))));
        hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn written<'a>(&'a self, digest: Option<&'a str>) -> Written<'a> {
        let Self { plan, prune, binding, work } = self;
        Written { plan, prune: *prune, binding, work, digest }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    plan: &'a Plan,
    prune: bool,
    binding: &'a Binding,
    work: &'a [ClinicWork],
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<&'a str>,
}

/// The same with every field of a plan spelt out: `flatten` and the refusal of unknown fields exclude each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
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
            work,
            _digest: _,
        } = read;
        let plan = Plan {
            format,
            fleet,
            system,
            reference,
            names: Names::Told,
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
        Self { plan, prune, binding, work }
    }
}

fn check_format(text: &str) -> Result<(), SavedPlanError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| SavedPlanError::Shape(error.to_string()))?;
    if head.format == FORMAT {
        return Ok(());
    }
    Err(SavedPlanError::Format { found: head.format, known: FORMAT })
}

/// JSON without the white space between its tokens.
fn compact(json: &str) -> String {
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
