//! What a seed file may say.

use clinic_wire::{Access, Actor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A live clinic system, as a seed file describes it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// The name of the system.
    pub system: String,
    /// Its clinics.
    pub clinics: Vec<SeedClinic>,
}

/// One clinic of a seed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedClinic {
    /// The key.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{0,62}$"))]
    pub clinic: String,
    /// The name.
    pub name: String,
    /// The clinic's own HSA-id.
    #[serde(default)]
    pub hsa_id: Option<String>,
    /// The two directions; off and nobody if they are left out.
    #[serde(default)]
    pub messaging: SeedMessaging,
    /// The buttons, in the order of the menu.
    #[serde(default)]
    pub buttons: Vec<SeedButton>,
    /// The people.
    #[serde(default)]
    pub staff: Vec<SeedPerson>,
    /// Who changed what before the system was filled, oldest first.
    #[serde(default)]
    pub changes: Vec<SeedChange>,
}

/// The two directions of a seed's clinic.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedMessaging {
    /// Professional-initiated conversations.
    #[serde(default)]
    pub healthcare_initiated: SeedDirection,
    /// What patients and other clinics start.
    #[serde(default)]
    pub incoming: SeedDirection,
}

/// One direction of a seed's clinic.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedDirection {
    /// Whether conversations may start this way.
    #[serde(default)]
    pub enabled: bool,
    /// Who may send or respond: `everyone`, or a list of staff ids, leavers included.
    #[serde(default = "nobody")]
    pub accessible_to: Access,
}

/// One button of a seed's clinic.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedButton {
    /// The key, unique in the clinic.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{0,62}$"))]
    pub id: String,
    /// What pressing it does. Any text: a live system may hold what a file cannot say.
    pub leads_to: String,
    /// Language tag to text.
    pub title: BTreeMap<String, String>,
    /// Whether patients see it.
    #[serde(default)]
    pub active: bool,
    /// Where patients see it; both if it is left out.
    #[serde(default = "everywhere")]
    pub shown_in: Vec<Surface>,
}

/// Where patients meet a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The patient app.
    App,
    /// The patient web.
    Web,
}

/// One person of a seed's clinic.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedPerson {
    /// The id, unique in the system.
    #[schemars(regex(pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"))]
    pub id: String,
    /// The name.
    pub name: String,
    /// At least one of `email` and `hsa_id` is there.
    #[serde(default)]
    pub email: Option<String>,
    /// At least one of `email` and `hsa_id` is there.
    #[serde(default)]
    pub hsa_id: Option<String>,
    /// `physician`, `nurse`, ...
    pub title: String,
    /// What the person may be in this clinic.
    pub roles: Vec<SeedRole>,
    /// Leavers stay listed as inactive.
    #[serde(default = "present")]
    pub active: bool,
}

/// What a person may be in a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeedRole {
    /// The only role that may message.
    HealthcareProfessional,
    /// Plans the calendar.
    Scheduler,
    /// Administers the clinic.
    Administrator,
}

/// An entry of the change log from before the system was filled.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedChange {
    /// `messaging/incoming`, `messaging/healthcare-initiated`, `buttons/<id>` or `button-order`.
    pub resource: String,
    /// Who did it.
    pub by: String,
    /// Whether that is a person or a service.
    pub kind: Actor,
    /// When (RFC 3339).
    pub at: jiff::Timestamp,
    /// The commit or pull request behind it.
    #[serde(default)]
    pub reference: Option<String>,
    /// The resource before, in the form of a write's body; unknown (null) if it is left out.
    #[serde(default)]
    pub before: Option<serde_json::Value>,
    /// The resource after, in the form of a write's body; what this seed says now if it is left out.
    #[serde(default)]
    pub after: Option<serde_json::Value>,
}

fn nobody() -> Access {
    Access::People(Vec::new())
}

fn everywhere() -> Vec<Surface> {
    vec![Surface::App, Surface::Web]
}

const fn present() -> bool {
    true
}

impl Default for SeedDirection {
    fn default() -> Self {
        Self { enabled: false, accessible_to: nobody() }
    }
}
