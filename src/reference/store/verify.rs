//! Checking the chain of the change log from its first entry to its last.

use super::StoreError;
use super::log;
use super::row::ChangeRow;
use crate::reference::config::Limits;
use futures_util::TryStreamExt;
use sqlx::Connection;
use std::path::Path;

/// What the check of a change log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// Every entry is what was written, and none is missing.
    Whole {
        /// How many there are.
        entries: u64,
    },
    /// The chain breaks; where first.
    Broken(Broken),
}

/// Where and how a chain breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The entry with this number is missing.
    Missing(u64),
    /// The entry with this number is not what was written.
    Edited(u64),
    /// The entry with this number does not follow from the one before.
    Unlinked(u64),
    /// There are entries after the last one that was written, from this number on.
    Surplus(u64),
}

/// Checks the change log of a database.
///
/// # Errors
/// [`StoreError`] where the database cannot be read.
pub async fn verify_log(database: &Path) -> Result<Verification, StoreError> {
    let mut database = super::open(database, Limits::default().busy_time).await?;
    let mut snapshot = database.begin().await.map_err(StoreError::Read)?;
    let end = log::head(&mut snapshot).await?;
    let mut rows = sqlx::query_as::<_, ChangeRow>("SELECT * FROM changes ORDER BY seq").fetch(&mut *snapshot);
    let mut head = log::Head { length: 0, hash: String::new() };
    while let Some(row) = rows.try_next().await.map_err(StoreError::Read)? {
        if let Some(broken) = fault(&head, &row, end.length) {
            return Ok(Verification::Broken(broken));
        }
        head = log::Head { length: row.seq, hash: row.hash };
    }
    Ok(whole(&head, &end))
}

fn fault(head: &log::Head, row: &ChangeRow, last: i64) -> Option<Broken> {
    let expected = head.length + 1;
    if row.seq > last {
        return Some(Broken::Surplus(row.seq.cast_unsigned()));
    }
    if row.seq != expected {
        return Some(Broken::Missing(expected.cast_unsigned()));
    }
    if row.hash != log::hash_of(row) {
        return Some(Broken::Edited(row.seq.cast_unsigned()));
    }
    (row.previous_hash != head.hash).then_some(Broken::Unlinked(row.seq.cast_unsigned()))
}

fn whole(head: &log::Head, end: &log::Head) -> Verification {
    let entries = head.length.cast_unsigned();
    if head.length < end.length {
        return Verification::Broken(Broken::Missing(entries + 1));
    }
    if head.hash != end.hash {
        return Verification::Broken(Broken::Edited(entries));
    }
    Verification::Whole { entries }
}
