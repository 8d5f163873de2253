//! Checking the chain of the change log from its first entry to its last.

use super::database::Database;
use super::open::open_as_it_is;
use super::row::ChangeRow;
use super::statement::Statement;
use super::{Location, StoreError, log};
use std::fmt;

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

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(entry) => write!(f, "entry {entry} is missing"),
            Self::Edited(entry) => write!(f, "entry {entry} is not what was written"),
            Self::Unlinked(entry) => write!(f, "entry {entry} does not follow from the one before"),
            Self::Surplus(entry) => write!(f, "entry {entry} and whatever follows it were added by another hand"),
        }
    }
}

/// Entries that are read at a time: a log may be larger than the memory.
const PIECE: i64 = 1000;

/// Checks the change log of a database, which is not changed, nor made if there is none.
///
/// # Errors
/// [`StoreError`] if the database cannot be read.
pub async fn verify_log(database: impl Into<Location>) -> Result<Verification, StoreError> {
    let mut connection = open_as_it_is(&database.into()).await?;
    let mut snapshot = connection.begin_snapshot().await?;
    verify(&mut snapshot.database()).await
}

async fn verify(database: &mut Database<'_>) -> Result<Verification, StoreError> {
    let end = log::head(database).await?;
    let mut head = log::Head { length: 0, hash: String::new() };
    let mut last = i64::MIN;
    loop {
        let piece = Statement::new("SELECT * FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2").bind(last).bind(PIECE);
        let rows: Vec<ChangeRow> = database.all(piece).await?;
        let Some(newest) = rows.last() else { return Ok(whole(&head, &end)) };
        last = newest.seq;
        for row in rows {
            if let Some(broken) = fault(&head, &row, end.length) {
                return Ok(Verification::Broken(broken));
            }
            head = log::Head { length: row.seq, hash: row.hash };
        }
    }
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
