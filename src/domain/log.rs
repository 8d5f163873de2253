//! The change log of a live system, as the system reports it.

use super::{ClinicId, LastChange};
use serde::Serialize;
use serde_json::Value;

/// One entry of a clinic's change log. Every text in it is untrusted, and the entry may be about something
/// that this version does not know: escape it before showing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// The place in the log of the whole system, from 1.
    pub seq: u64,
    /// The clinic.
    pub clinic: ClinicId,
    /// What changed: `messaging/incoming`, `buttons/new-message`, `button-order`, ...
    pub resource: String,
    /// Who did it, and when.
    #[serde(flatten)]
    pub change: LastChange,
    /// The resource before; null if it was created.
    pub before: Value,
    /// The resource after; null if it was deleted.
    pub after: Value,
}
