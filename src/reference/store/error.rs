//! What can fail about a database.

use sqlx::error::DatabaseError;
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
    /// The file could not be opened as a database.
    #[error("the database `{}` cannot be opened", path.display())]
    Open {
        /// The file.
        path: PathBuf,
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
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// A row holds what this program never writes.
    #[error("the database holds a row that this program did not write")]
    Row(#[source] serde_json::Error),
}

impl StoreError {
    /// Whether the same may succeed in a moment: another process holds the lock, or all readers are taken.
    pub(crate) fn passes(&self) -> bool {
        match self {
            Self::Read(error) | Self::Write(error) | Self::Open { path: _, source: error } => is_busy(error),
            Self::Create { .. } | Self::Migrate(_) | Self::Random(_) | Self::Row(_) => false,
        }
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    // SQLite's primary codes 5 (busy) and 6 (locked); extended codes keep the primary one in their lowest byte.
    let code = error.as_database_error().and_then(DatabaseError::code).and_then(|code| code.parse::<u32>().ok());
    matches!(error, sqlx::Error::PoolTimedOut) || matches!(code.map(|code| code & 0xff), Some(5 | 6))
}
