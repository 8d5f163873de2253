//! Rows as the rest of the server sees them.

use super::StoreError;
use super::statement::Statement;
use crate::clinic::ClinicState;
use clinic_wire::{Actor, ChangeEntry};
use serde_json::{Value, json};
use sqlx::FromRow;

/// A clinic's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ClinicRow {
    pub(crate) clinic: String,
    pub(crate) name: String,
    pub(crate) hsa_id: Option<String>,
    revision: i64,
    state: String,
}

impl ClinicRow {
    /// The statement that finds a clinic.
    pub(super) fn of(clinic: &str) -> Statement {
        Statement::new("SELECT clinic, name, hsa_id, revision, state FROM clinics WHERE clinic = $1").bind(clinic)
    }

    pub(crate) const fn revision(&self) -> u64 {
        self.revision.cast_unsigned()
    }

    pub(crate) fn state(&self) -> Result<ClinicState, StoreError> {
        serde_json::from_str(&self.state).map_err(StoreError::Row)
    }

    /// The clinic as one line of JSON. The stored state is spliced in as it is: a snapshot of ten thousand clinics
    /// would otherwise spend most of its time on taking states apart and putting them together again. `staff` is a
    /// list of documents with commas between them.
    pub(crate) fn line(&self, staff: Option<&str>) -> String {
        let hsa_id = self.hsa_id.as_ref().map_or_else(String::new, |hsa_id| format!(",\"hsa_id\":{}", json!(hsa_id)));
        let state = self.state.strip_prefix('{').and_then(|state| state.strip_suffix('}')).unwrap_or_default();
        let staff = staff.map_or_else(String::new, |staff| format!(",\"staff\":[{staff}]"));
        let (clinic, name, revision) = (json!(self.clinic), json!(self.name), self.revision);
        format!("{{\"clinic\":{clinic},\"name\":{name}{hsa_id},\"revision\":{revision},{state}{staff}}}")
    }

    /// The clinic as a value.
    pub(crate) fn value(&self) -> Result<Value, StoreError> {
        serde_json::from_str(&self.line(None)).map_err(StoreError::Row)
    }
}

/// An entry of the change log, hashes included.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ChangeRow {
    pub(crate) seq: i64,
    pub(crate) clinic: String,
    pub(crate) resource: String,
    pub(crate) actor: String,
    pub(crate) kind: String,
    pub(crate) made_at: String,
    pub(crate) reference: Option<String>,
    pub(crate) before_json: String,
    pub(crate) after_json: String,
    pub(crate) previous_hash: String,
    pub(crate) hash: String,
}

impl ChangeRow {
    /// The entry as the API shows it.
    pub(crate) fn entry(self) -> Result<ChangeEntry, StoreError> {
        Ok(ChangeEntry {
            seq: self.seq.cast_unsigned(),
            clinic: self.clinic,
            resource: self.resource,
            by: self.actor,
            kind: actor_of(&self.kind),
            at: self.made_at,
            reference: self.reference,
            before: serde_json::from_str(&self.before_json).map_err(StoreError::Row)?,
            after: serde_json::from_str(&self.after_json).map_err(StoreError::Row)?,
        })
    }
}

/// The word for a kind of actor.
pub(crate) const fn kind_word(kind: Actor) -> &'static str {
    match kind {
        Actor::Person => "person",
        Actor::Service => "service",
    }
}

/// The kind of actor that a word means; whatever is not a person is a service.
pub(crate) fn actor_of(word: &str) -> Actor {
    if word == kind_word(Actor::Person) { Actor::Person } else { Actor::Service }
}
