//! A group of people.

use super::{Person, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A group: people named once. In a clinic it stands for those members who are in that clinic's directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "clinicctl group")]
pub struct Group {
    /// The group's name.
    pub group: Slug,
    /// The people, possibly of several clinics.
    pub members: Vec<Person>,
}
