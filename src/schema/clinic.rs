//! A clinic.

use super::setting::present;
use super::{Date, LabelKey, LabelValue, Messaging, PatientInterface, Reason, RuleName, Setting, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A clinic: what it wants of its messaging settings. Whatever no layer declares stays as it is in the live system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "clinicctl clinic")]
pub struct Clinic {
    /// The clinic's id in the live system; the file may have any name.
    pub clinic: Slug,
    /// The baseline that this clinic builds on.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub extends: Option<Slug>,
    /// Labels for selections such as `-l region=stockholm`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("propertyNames" = {"pattern": r"^[a-z][a-z0-9_-]{0,62}$"}))]
    pub labels: BTreeMap<LabelKey, LabelValue>,
    /// What is meant although it looks unusual.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub expects: Option<Expects>,
    /// Who may start and answer conversations.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub messaging: Setting<Messaging>,
    /// The buttons of the patient's menu.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub patient_interface: Setting<PatientInterface>,
    /// Rules that this clinic may break for a while, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waive: Vec<Waiver>,
}

/// What is meant although it looks unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    /// Incoming is on for other clinics that hand over; having no `new_message` button is meant.
    HandoverOnly,
}

/// A rule that a clinic may break, with the reason that the plan shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The rule's name.
    pub rule: RuleName,
    /// Why, for everybody who reads the plan.
    pub reason: Reason,
    /// The last day on which the waiver holds.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub until: Option<Date>,
}
