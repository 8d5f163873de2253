//! Changes: what differs, why, and which line of the files declares it.

use crate::diff::{Action, FieldValue, ResourceState};
use crate::domain::{Address, ClinicId, Field, LastChange, Layer, StaffId};
use crate::source::Location;
use serde::{Deserialize, Serialize};

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
    /// The whole resource as it is; null if it is created.
    pub before: Option<ResourceState>,
    /// The whole resource as it should be; null if it is deleted.
    pub after: Option<ResourceState>,
    /// Changes that are carried out first.
    pub waits_for: Vec<u32>,
    /// Why the live value differs.
    pub because: Because,
    /// The whole resource as the last apply left it; only if it was changed since, and absent if that apply
    /// left none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub applied: Option<ResourceState>,
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
    /// The live system was changed after the last apply, and the files were not.
    Drift,
    /// Both changed.
    Conflict,
}

impl Because {
    /// Whether a change of the live system by another writer is undone.
    #[must_use]
    pub const fn overrules(self) -> bool {
        match self {
            Self::Intent => false,
            Self::Drift | Self::Conflict => true,
        }
    }
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
    /// The line that declares it; of a default the line of its button, and of a removal the line that asks for it.
    pub origin: Option<Origin>,
    /// Of `accessible_to`: the line that admits each person who is added.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub people: Vec<PersonOrigin>,
}

/// The line of the files that says a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// Which kind of document that line belongs to.
    pub layer: Layer,
    /// The same setting in the layers behind, nearest first.
    pub shadows: Vec<Shadow>,
}

/// A line of a layer behind, which says the same setting and is not heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shadow {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// Which kind of document that line belongs to.
    pub layer: Layer,
}

/// The line that admits a person to a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonOrigin {
    /// Who.
    pub person: StaffId,
    /// Where: the line of the list, or of the group's member.
    #[serde(flatten)]
    pub location: Location,
    /// Which kind of document that line belongs to.
    pub layer: Layer,
}
