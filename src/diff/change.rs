//! What differs between two states of a clinic.

use crate::domain::Button;
use crate::domain::ButtonId;
use crate::domain::ClinicState;
use crate::domain::Direction;
use crate::domain::Field;
use crate::domain::Resource;
use serde::Deserialize;
use serde::Serialize;

/// What happens to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It does not exist yet.
    Create,
    /// It exists and differs.
    Update,
    /// It goes.
    Delete,
}

/// One resource that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub resource: Resource,
    /// As it is; `None` when it does not exist.
    pub before: Option<ResourceState>,
    /// As it should be; `None` when it goes.
    pub after: Option<ResourceState>,
    /// What differs inside, in the order in which the format lists the fields.
    pub fields: Vec<FieldChange>,
}

/// The whole state of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ResourceState {
    /// A direction of messaging.
    Direction(Direction),
    /// A button.
    Button(Button),
    /// The order of all buttons.
    Order {
        /// Their ids.
        order: Vec<ButtonId>,
    },
}

/// One value inside a resource that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// As it is.
    pub before: Option<FieldValue>,
    /// As it should be.
    pub after: Option<FieldValue>,
}

/// The value of a field, as reports show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// On or off.
    Switch(bool),
    /// A text, or the word `everyone`.
    Text(String),
    /// Ids of people or buttons, or surfaces.
    Items(Vec<String>),
}

/// Compares two states. Resources that are the same in both do not appear.
#[must_use]
pub fn diff(_before: &ClinicState, _after: &ClinicState) -> Vec<Change> {
    Vec::new()
}
