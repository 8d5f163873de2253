//! What can fail about a database.

use super::Location;
use sqlx::postgres::PgDatabaseError;
use std::io;
use std::path::PathBuf;

/// Why a database could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file, or its folder, could not be made.
    #[error("the database `{}` cannot be created", path.display())]
    Create {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The file could not be opened as a database, or the server cannot be reached.
    #[error("the database `{location}` cannot be opened")]
    Open {
        /// Where it is.
        location: Location,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
    /// The file is of another program, or of a newer version of this one.
    #[error("the database cannot be brought to the shape that this version needs")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A read failed.
    #[error("the database could not be read")]
    Read(#[source] sqlx::Error),
    /// A write failed.
    #[error("the database could not be written")]
    Write(#[source] sqlx::Error),
    /// A write was made, and the database did not say that it will stay.
    #[error("the database did not confirm a write")]
    Commit(#[source] sqlx::Error),
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// A row holds what this program never writes.
    #[error("the database holds a row that this program did not write")]
    Row(#[source] serde_json::Error),
}

impl StoreError {
    /// Whether the same may succeed in a moment: another process holds a lock, all readers are taken, or the server is
    /// away. Nothing was written then.
    pub(crate) fn passes(&self) -> bool {
        match self {
            Self::Read(error) | Self::Write(error) | Self::Open { location: _, source: error } => {
                is_away(error) || is_busy(error)
            }
            // Without an answer nobody knows whether it was written.
            Self::Commit(error) => !is_away(error) && is_busy(error),
            Self::Create { .. } | Self::Migrate(_) | Self::Random(_) | Self::Row(_) => false,
        }
    }
}

fn is_away(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::Io(_))
}

fn is_busy(error: &sqlx::Error) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        return BUSY_POSTGRES.contains(&&*code);
    }
    // SQLite's primary codes 5 (busy) and 6 (locked); extended codes keep the primary one in their lowest byte.
    matches!(code.parse::<u32>().map(|code| code & 0xff), Ok(5 | 6))
}

/// PostgreSQL's codes for what another attempt may not meet: a serialisation failure, a deadlock, a lock that was not
/// to be had, too many connections, a transaction that stood still, a server that stops or starts.
const BUSY_POSTGRES: [&str; 8] = ["40001", "40P01", "55P03", "53300", "25P03", "57P01", "57P02", "57P03"];
