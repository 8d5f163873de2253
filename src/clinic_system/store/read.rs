//! Reads: single clinics, pages of lists, pages of the snapshot. Each is one statement, so what it returns was true at
//! one moment.

use super::row::ChangeRow;
use super::statement::Statement;
use super::{ClinicRow, Store, StoreError};
use clinic_wire::{ChangeEntry, ClinicSummary, StaffItem};
use sqlx::FromRow;

/// A line of the snapshot.
#[derive(FromRow)]
pub(crate) struct SnapshotRow {
    #[sqlx(flatten)]
    pub(crate) clinic: ClinicRow,
    /// The documents of its staff, with commas between them; empty if there are none.
    staff: Option<String>,
}

impl SnapshotRow {
    pub(crate) fn line(&self, with_staff: bool) -> String {
        self.clinic.line(with_staff.then_some(self.staff.as_deref().unwrap_or_default()))
    }
}

impl Store {
    /// What the system is called.
    pub(crate) async fn system_name(&self) -> Result<String, StoreError> {
        let name = self.one(Statement::new("SELECT value FROM meta WHERE key = 'system'")).await?;
        name.map(|(name,)| name).ok_or(StoreError::Read(sqlx::Error::RowNotFound))
    }

    /// One clinic.
    pub(crate) async fn clinic(&self, clinic: &str) -> Result<Option<ClinicRow>, StoreError> {
        self.one(ClinicRow::of(clinic)).await
    }

    /// At most `limit` clinics whose keys come after `after`, in the order of keys.
    pub(crate) async fn clinics(&self, after: &str, limit: i64) -> Result<Vec<ClinicSummary>, StoreError> {
        let statement = Statement::new(
            "SELECT clinic, name, hsa_id, revision FROM clinics WHERE clinic > $1 ORDER BY clinic LIMIT $2",
        );
        let rows: Vec<(String, String, Option<String>, i64)> = self.all(statement.bind(after).bind(limit)).await?;
        let summary = |(clinic, name, hsa_id, revision): (String, String, Option<String>, i64)| ClinicSummary {
            clinic,
            name,
            hsa_id,
            revision: revision.cast_unsigned(),
        };
        Ok(rows.into_iter().map(summary).collect())
    }

    /// At most `limit` people of a clinic whose ids come after `after`, in the order of ids, and whose name, e-mail or
    /// HSA-id contains `search` (in lower case).
    pub(crate) async fn staff(
        &self,
        clinic: &str,
        search: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<StaffItem>, StoreError> {
        let statement = Statement::new(
            "SELECT document FROM staff
             WHERE clinic = $1 AND id > $2 AND search LIKE $3 ESCAPE '\\' ORDER BY id LIMIT $4",
        );
        let statement = statement.bind(clinic).bind(after).bind(contains(search)).bind(limit);
        let documents: Vec<(String,)> = self.all(statement).await?;
        documents.iter().map(|(document,)| serde_json::from_str(document).map_err(StoreError::Row)).collect()
    }

    /// At most `limit` entries of a clinic's change log that are older than `before`, newest first.
    pub(crate) async fn changes(&self, clinic: &str, before: i64, limit: i64) -> Result<Vec<ChangeEntry>, StoreError> {
        let statement =
            Statement::new("SELECT * FROM changes WHERE clinic = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
        let rows: Vec<ChangeRow> = self.all(statement.bind(clinic).bind(before).bind(limit)).await?;
        rows.into_iter().map(ChangeRow::entry).collect()
    }

    /// What has become of a clinic since it was at `revision`, newest first: a write that changes something raises the
    /// revision by one and has one entry. At most `limit` entries.
    pub(crate) async fn changes_since(
        &self,
        clinic: &str,
        revision: u64,
        limit: i64,
    ) -> Result<Vec<ChangeEntry>, StoreError> {
        let statement = Statement::new(
            "SELECT * FROM changes WHERE clinic = $1 ORDER BY seq DESC LIMIT
                 (SELECT CASE WHEN revision <= $2 THEN 0 WHEN revision - $2 < $3 THEN revision - $2 ELSE $3 END
                  FROM clinics WHERE clinic = $1)",
        );
        let revision = i64::try_from(revision).unwrap_or(i64::MAX);
        let rows: Vec<ChangeRow> = self.all(statement.bind(clinic).bind(revision).bind(limit)).await?;
        rows.into_iter().map(ChangeRow::entry).collect()
    }

    /// The newest entry of the change log about one resource of a clinic.
    pub(crate) async fn newest_change(&self, clinic: &str, resource: &str) -> Result<Option<ChangeEntry>, StoreError> {
        let statement =
            Statement::new("SELECT * FROM changes WHERE clinic = $1 AND resource = $2 ORDER BY seq DESC LIMIT 1");
        let row: Option<ChangeRow> = self.one(statement.bind(clinic).bind(resource)).await?;
        row.map(ChangeRow::entry).transpose()
    }

    /// At most `limit` clinics of the snapshot after `after`, with their staff if that is wanted.
    pub(crate) async fn snapshot(&self, staff: bool, after: &str, limit: i64) -> Result<Vec<SnapshotRow>, StoreError> {
        let statement = Statement::new(
            "SELECT clinic, name, hsa_id, revision, state,
                    CASE WHEN $1 = 1 THEN
                        (SELECT string_agg(document, ',' ORDER BY id) FROM staff WHERE staff.clinic = clinics.clinic)
                    END AS staff
             FROM clinics WHERE clinic > $2 ORDER BY clinic LIMIT $3",
        );
        self.all(statement.bind(i64::from(staff)).bind(after).bind(limit)).await
    }

    /// One clinic of the snapshot, with its staff if that is wanted.
    pub(crate) async fn snapshot_of(&self, staff: bool, clinic: &str) -> Result<Option<SnapshotRow>, StoreError> {
        let statement = Statement::new(
            "SELECT clinic, name, hsa_id, revision, state,
                    CASE WHEN $1 = 1 THEN
                        (SELECT string_agg(document, ',' ORDER BY id) FROM staff WHERE staff.clinic = clinics.clinic)
                    END AS staff
             FROM clinics WHERE clinic = $2",
        );
        self.one(statement.bind(i64::from(staff)).bind(clinic)).await
    }
}

/// A pattern for `LIKE` that finds `text` anywhere, and takes its `%` and `_` for themselves.
pub(super) fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
