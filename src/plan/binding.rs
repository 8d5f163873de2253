//! Which system a saved plan was made against.

use serde::{Deserialize, Serialize};

/// The system that a saved plan was made against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// A system at an address: its origin.
    Origin(String),
    /// The embedded system: the id of its database.
    Embedded(String),
}

impl Binding {
    /// What a plan calls the system: its address without anything secret, or the word `embedded`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Origin(origin) => origin,
            Self::Embedded(_) => "embedded",
        }
    }
}

/// What a system says of itself, where it does: an address may come to belong to another system, or to the same one put
/// back to an earlier state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// Which one it is. Any text.
    pub id: String,
    /// How often it was put back to an earlier state, from 1.
    pub epoch: u64,
}
