//! The plan as a document: `clinicctl-plan/1`, which every other format is rendered from.

mod change;
mod impact;
mod names;
mod pseudonyms;
mod verdict;

pub use change::{Because, FieldRow, Origin, PersonOrigin, PlannedChange, Shadow};
pub use impact::{DrawnButton, Impact, MenuRow, PictureRow, RightRow, SingleResponderRow};
pub use names::Redaction;
pub use pseudonyms::{Pseudonyms, anonymous};
pub use verdict::{Blocked, DriftUnknown, FindingRow, GuardRow, NoteRow};

use crate::diff::Action;
use crate::domain::StaffId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The word that names this document's version.
pub(crate) const FORMAT: &str = "clinicctl-plan/1";

/// A whole plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always `clinicctl-plan/1`.
    pub format: String,
    /// The fleet's name.
    pub fleet: String,
    /// The system's origin, or `embedded`.
    pub system: String,
    /// The commit or pull request that the run names.
    pub reference: Option<String>,
    /// Whether people are named; present only if they are not.
    #[serde(skip_serializing_if = "Redaction::are_told", default)]
    pub names: Redaction,
    /// The counts.
    pub summary: Summary,
    /// Every change, clinic by clinic, in the order of execution.
    pub changes: Vec<PlannedChange>,
    /// What people and patients notice.
    pub impact: Impact,
    /// The names of the people who enter or leave a list, by their ids. Any text.
    pub people: BTreeMap<StaffId, String>,
    /// Clinics that are not written because a rule forbids it, or that could not be read.
    pub blocked: Vec<Blocked>,
    /// Everything that the rules say.
    pub findings: Vec<FindingRow>,
    /// Guards that were exceeded.
    pub guards: Vec<GuardRow>,
    /// What the plan leaves undone on purpose.
    pub notes: Vec<NoteRow>,
    /// The clinics for which it is not known whether a change undoes a person's edit; absent if it is known for all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub drift_unknown: Option<DriftUnknown>,
}

/// The counts of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Clinics that were planned.
    pub clinics: usize,
    /// Clinics with at least one change.
    pub clinics_changed: usize,
    /// Resources to add.
    pub create: usize,
    /// Resources to change.
    pub update: usize,
    /// Resources to remove.
    pub delete: usize,
}

impl Summary {
    /// How many resources this happens to.
    pub(super) const fn count_mut(&mut self, action: Action) -> &mut usize {
        match action {
            Action::Create => &mut self.create,
            Action::Update => &mut self.update,
            Action::Delete => &mut self.delete,
        }
    }
}

impl Plan {
    /// The changes that undo edits of the live system after the last apply.
    pub fn drifted(&self) -> impl Iterator<Item = &PlannedChange> {
        self.changes.iter().filter(|change| change.because.overrules())
    }

    /// The plan of the changes that [`drifted`](Self::drifted) gives, under their own ids. What is about the whole
    /// plan is left out: its impact, its guards, and what the rules say.
    #[must_use]
    pub fn of_drift(&self) -> Self {
        let changes: Vec<PlannedChange> = self.drifted().cloned().collect();
        let mut summary = Summary { clinics: self.summary.clinics, ..Summary::default() };
        changes.iter().for_each(|change| *summary.count_mut(change.action) += 1);
        summary.clinics_changed = changes.iter().map(|change| &change.clinic).collect::<BTreeSet<_>>().len();
        Self {
            summary,
            changes,
            impact: Impact::default(),
            findings: Vec::new(),
            guards: Vec::new(),
            notes: Vec::new(),
            format: self.format.clone(),
            fleet: self.fleet.clone(),
            system: self.system.clone(),
            reference: self.reference.clone(),
            names: self.names,
            people: self.people.clone(),
            blocked: self.blocked.clone(),
            drift_unknown: self.drift_unknown.clone(),
        }
    }

    /// The guards that stop `apply`: exceeded, and not accepted by name.
    pub fn stopping_guards(&self) -> impl Iterator<Item = &GuardRow> {
        self.guards.iter().filter(|row| !row.accepted)
    }
}
