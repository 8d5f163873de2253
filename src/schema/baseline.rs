//! A baseline.

use super::setting::present;
use super::{Messaging, PatientInterface, Setting, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A baseline: what many clinics share. Clinics and other baselines build on it with `extends`; what they say
/// themselves wins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "clinicctl baseline")]
pub struct Baseline {
    /// The baseline's name.
    pub baseline: Slug,
    /// The baseline that this one builds on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub extends: Option<Slug>,
    /// Who may start and answer conversations.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub messaging: Setting<Messaging>,
    /// The buttons of the patient's menu.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub patient_interface: Setting<PatientInterface>,
}
