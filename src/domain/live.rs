//! A clinic as the live system holds it now.

use super::{ClinicId, ClinicState, Directory, HsaId, Resource, Revision};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that was read about one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveClinic {
    /// The key.
    pub clinic: ClinicId,
    /// The name, owned by the live system. Any text: escape it before showing it.
    pub name: String,
    /// The clinic's own HSA-id, if the system has one in the right form.
    pub hsa_id: Option<HsaId>,
    /// The version that was read.
    pub revision: Revision,
    /// The managed state.
    pub state: ClinicState,
    /// Who changed each resource last; absent if it never changed.
    pub last_changes: BTreeMap<Resource, LastChange>,
    /// The people.
    pub directory: Directory,
}

/// Who changed a resource last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// The actor's name in the live system. Any text.
    pub by: String,
    /// Whether a person or a service did it.
    pub kind: ActorKind,
    /// The time, as the system writes it (RFC 3339).
    pub at: String,
    /// The commit or pull request behind it, if one was given. Any text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Who can change a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person in the console.
    Person,
    /// A pipeline such as this tool.
    Service,
}
