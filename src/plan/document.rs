//! The plan as a document: `clinicctl-plan/1`, which every other format is rendered from.

use crate::diagnostic::Severity;
use crate::diff::Action;
use crate::diff::FieldValue;
use crate::diff::ResourceState;
use crate::domain::Address;
use crate::domain::ButtonId;
use crate::domain::ClinicId;
use crate::domain::Field;
use crate::domain::LastChange;
use crate::domain::Right;
use crate::domain::StaffId;
use crate::domain::Surface;
use crate::source::Location;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;

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

/// One change of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedChange {
    /// From 1, unique in the plan.
    pub id: u32,
    /// `norrtull/messaging/incoming`.
    pub address: Address,
    /// The clinic, repeated for filters.
    pub clinic: ClinicId,
    /// What happens.
    pub action: Action,
    /// The whole resource as it is; null where it is created.
    pub before: Option<ResourceState>,
    /// The whole resource as it should be; null where it is deleted.
    pub after: Option<ResourceState>,
    /// Changes that are carried out first.
    pub waits_for: Vec<u32>,
    /// Why the live value differs.
    pub because: Because,
    /// Who changed the live resource last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_change: Option<LastChange>,
    /// What differs inside.
    pub fields: Vec<FieldRow>,
}

/// Why a live value differs from the wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The files changed.
    Intent,
}

/// One value inside a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRow {
    /// `enabled`, `title.sv`, ...
    pub path: Field,
    /// As it is.
    pub before: Option<FieldValue>,
    /// As it should be.
    pub after: Option<FieldValue>,
    /// The line that says so; null where the value follows from others (a default, a removal).
    pub origin: Option<Origin>,
}

/// The line of the files that says a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// The same setting in the layers behind, nearest first.
    pub shadows: Vec<Location>,
}

/// What people and patients notice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impact {
    /// Rights that people gain.
    pub gain: Vec<RightRow>,
    /// Rights that people lose.
    pub lose: Vec<RightRow>,
    /// Menus that change.
    pub menus: Vec<MenuRow>,
}

/// One person's right in one clinic: the direction is on and the person is an effective member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightRow {
    /// The clinic.
    pub clinic: ClinicId,
    /// The person's id.
    pub person: StaffId,
    /// The person's name. Any text.
    pub name: String,
    /// Which right.
    pub right: Right,
}

/// A menu that patients will see change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuRow {
    /// The clinic.
    pub clinic: ClinicId,
    /// Where.
    pub surface: Surface,
    /// The active buttons as they are.
    pub before: Vec<ButtonId>,
    /// The active buttons as they will be.
    pub after: Vec<ButtonId>,
}

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
    /// The clinic, where it is about one.
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

impl Plan {
    /// The guards that stop `apply`: exceeded, and not accepted by name.
    pub fn stopping_guards(&self) -> impl Iterator<Item = &GuardRow> {
        self.guards.iter().filter(|row| !row.accepted)
    }
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
