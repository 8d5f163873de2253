//! The two directions of messaging.

use super::{Access, Setting};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The two directions of messaging. A direction that is left out stays as it is in the live system.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Messaging {
    /// Professional-initiated conversations ("Allow healthcare professionals to start conversations").
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub healthcare_initiated: Setting<Direction>,
    /// Conversations that others start ("Allow patients and other clinics to start/handover conversations"): one
    /// switch for patients who write first and for clinics that start or hand over.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub incoming: Setting<Direction>,
}

/// One direction of messaging. A part that is left out stays as it is in the live system.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    /// Whether conversations may start this way at all: `true` or `false`.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub enabled: Setting<bool>,
    /// Who may send or respond: `everyone` ("Accessible for all healthcare professionals") or a list of people, groups
    /// and titles. An empty list is nobody. A nearer layer replaces the whole value.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub accessible_to: Setting<Access>,
}
