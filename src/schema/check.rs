//! Checks: what must stay true of clinics, beyond what every clinic must obey.

use super::setting::present;
use super::{LabelKey, LabelValue, LeadsTo, Person, Reason, RuleSetting, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Checks: what must stay true of clinics. `plan` holds the state that would result to them, and `validate` what the
/// files alone decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "clinicctl checks")]
pub struct Checks {
    /// The checks.
    pub checks: Vec<Check>,
}

/// Something that must stay true: exactly one of `may`, `never`, `at_least`, `enabled` and `first_button`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    {"required": ["may"]}, {"required": ["never"]}, {"required": ["at_least"]}, {"required": ["enabled"]},
    {"required": ["first_button"]},
]))]
pub struct Check {
    /// The check's name, unique in the fleet.
    pub check: Slug,
    /// Why, for everybody who breaks it.
    pub because: Reason,
    /// What a breach does. Default: `error`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub severity: Option<RuleSetting>,
    /// Only clinics with all of these labels. Default: all clinics.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("propertyNames" = {"pattern": r"^[a-z][a-z0-9_-]{0,62}$"}))]
    pub clinics: BTreeMap<LabelKey, LabelValue>,
    /// Every one of these who is active holds the right.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub may: Option<Holders>,
    /// None of these holds the right.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub never: Option<Holders>,
    /// So many people hold the right.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub at_least: Option<AtLeast>,
    /// Directions that are on (`true`) or off (`false`).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub enabled: Option<Enabled>,
    /// Where the first button of the menu leads, in the app and on the web.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub first_button: Option<LeadsTo>,
}

/// A right, and who is meant: exactly one of `title`, `role` and `person`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{"required": ["title"]}, {"required": ["role"]}, {"required": ["person"]}]))]
pub struct Holders {
    /// The right.
    pub right: Right,
    /// Everybody with this title.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub title: Option<Slug>,
    /// Everybody with this role.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub role: Option<Role>,
    /// This person, in clinics that have them.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub person: Option<Person>,
}

/// A right, and how many people hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// The right.
    pub right: Right,
    /// How many, at least.
    pub people: u32,
}

/// Directions that are on or off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct Enabled {
    /// Professional-initiated conversations.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub healthcare_initiated: Option<bool>,
    /// Conversations that patients and other clinics start.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub incoming: Option<bool>,
}

/// What a person can do to a clinic's conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Start a conversation with a patient.
    Send,
    /// Answer what patients and other clinics start.
    Respond,
}

/// What a person may be in a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The only role that may message.
    HealthcareProfessional,
    /// Plans the calendar.
    Scheduler,
    /// Administers the clinic.
    Administrator,
}
