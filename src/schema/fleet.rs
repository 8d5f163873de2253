//! The fleet.

use super::setting::present;
use super::{Check, Guards, LanguageTag, RuleName, SeedPath, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fleet: the one document that speaks for all clinics of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "clinicctl fleet")]
pub struct Fleet {
    /// The fleet's name.
    pub fleet: Slug,
    /// The languages that patients are served in.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub languages: Option<Languages>,
    /// Severities that differ from the defaults, by the name of the rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("propertyNames" = {"pattern": "^[a-z][a-z-]*$"}))]
    pub rules: BTreeMap<RuleName, RuleSetting>,
    /// Limits that differ from the defaults: beyond one of them, apply stops before it sends anything.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub guards: Option<Guards>,
    /// What must stay true of the clinics; documents that open with `checks` hold more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The clinic system that comes with the tool.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub embedded: Option<Embedded>,
    /// Which clinic system the fleet lives in. Only `embedded` may stand here; an address comes from `--system`, from
    /// `CLINICCTL_SYSTEM` or from the user's own configuration.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub system: Option<System>,
}

/// The languages that patients are served in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// The language in which reports show a title.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub default: Option<LanguageTag>,
    /// The languages that every active button needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<LanguageTag>,
}

/// What a breach of a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleSetting {
    /// It stops.
    Error,
    /// It is told.
    Warning,
    /// The rule is not asked.
    Off,
}

/// The clinic system that comes with the tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Embedded {
    /// What it is filled with on its first start, relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub seed: Option<SeedPath>,
}

/// Which clinic system the fleet lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// The one that comes with the tool, in its own process.
    Embedded,
}
