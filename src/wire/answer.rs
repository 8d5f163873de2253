//! Bodies of answers.

use super::Access;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// `GET /api/v1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApiRoot {
    /// Always `clinic-settings`.
    pub api: String,
    /// The version of the contract.
    pub version: String,
    /// The name of the system. Any text.
    pub system: String,
    /// What the system offers beyond the minimum, such as `snapshot`.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Which system this is; with the capability `instance`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "or_none")]
    pub instance: Option<Instance>,
}

/// A system, told apart from every other one and from its own past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instance {
    /// The same for as long as the system keeps its data. Any text.
    pub id: String,
    /// From 1; it grows where the system is put back to an earlier state.
    pub epoch: u64,
}

/// What has another shape is none: without the capability it is somebody's own field, which is not ours to judge.
fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Instance>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// What to pass as `cursor` for the next page; absent or null on the last one.
    #[serde(default)]
    pub next_cursor: Option<String>,
}

/// A clinic in `GET /api/v1/clinics`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClinicSummary {
    /// The key.
    pub clinic: String,
    /// The name.
    pub name: String,
    /// The clinic's own HSA-id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hsa_id: Option<String>,
    /// The version of the clinic's state.
    pub revision: u64,
}

/// The whole live state of a clinic: `GET /api/v1/clinics/{clinic}` and a line of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClinicLine {
    /// The key.
    pub clinic: String,
    /// The name.
    pub name: String,
    /// The clinic's own HSA-id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hsa_id: Option<String>,
    /// The version of this state.
    pub revision: u64,
    /// The two directions.
    pub messaging: Messaging,
    /// The buttons, in the order of the menu.
    pub buttons: Vec<ButtonState>,
    /// The directory; only in a snapshot with `include=staff`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<Vec<StaffItem>>,
}

/// The two directions of messaging.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Messaging {
    /// Professional-initiated conversations.
    pub healthcare_initiated: DirectionState,
    /// What patients and other clinics start.
    pub incoming: DirectionState,
}

/// One direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectionState {
    /// Whether conversations may start this way.
    pub enabled: bool,
    /// Who may send or respond.
    pub accessible_to: Access,
    /// Who changed it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<LastChange>,
}

/// One button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ButtonState {
    /// The key.
    pub id: String,
    /// What pressing it does.
    pub leads_to: String,
    /// Language tag to text.
    pub title: BTreeMap<String, String>,
    /// Whether patients see it.
    pub active: bool,
    /// `app`, `web` or both.
    pub shown_in: Vec<String>,
    /// Who changed it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<LastChange>,
}

/// The order of the buttons: the answer to `PUT .../button-order`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderState {
    /// The ids of all buttons.
    pub order: Vec<String>,
}

/// Who changed something last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LastChange {
    /// The actor's name.
    pub by: String,
    /// Whether it is a person or a service.
    pub kind: Actor,
    /// When (RFC 3339).
    pub at: String,
    /// The commit or pull request behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// The kind of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody in the console.
    Person,
    /// A pipeline.
    Service,
}

/// One person of a clinic's directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StaffItem {
    /// The system's own id.
    pub id: String,
    /// The name.
    pub name: String,
    /// At least one of `email` and `hsa_id` is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// At least one of `email` and `hsa_id` is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hsa_id: Option<String>,
    /// `physician`, `nurse`, ...: a free vocabulary.
    pub title: String,
    /// `healthcare_professional`, `scheduler`, `administrator`; only the first may message.
    pub roles: Vec<String>,
    /// Leavers stay listed as inactive.
    pub active: bool,
}

/// One entry of the change log, newest first in `GET .../changes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeEntry {
    /// The place in the log of the whole system, from 1.
    pub seq: u64,
    /// The clinic.
    pub clinic: String,
    /// `messaging/incoming`, `buttons/new-message`, `button-order`, ...
    pub resource: String,
    /// Who did it.
    pub by: String,
    /// Whether that is a person or a service.
    pub kind: Actor,
    /// When (RFC 3339).
    pub at: String,
    /// The commit or pull request behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The resource before; null if it was created.
    pub before: serde_json::Value,
    /// The resource after; null if it was deleted.
    pub after: serde_json::Value,
}

/// `GET /api/v1/clinics/{clinic}/menu`: what a patient sees now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Menu {
    /// The active buttons of that surface, in order.
    pub buttons: Vec<MenuButton>,
}

/// One button of a menu, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MenuButton {
    /// The key.
    pub id: String,
    /// The text.
    pub title: String,
    /// What pressing it does.
    pub leads_to: String,
}
