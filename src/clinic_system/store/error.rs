//! What can fail about a database.

use super::trouble::Trouble;
use super::{Location, trouble};
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
    /// The file is not the one that was opened any more.
    #[error("the database `{}` was moved or replaced while it was open", path.display())]
    Moved {
        /// Where it was.
        path: PathBuf,
    },
    /// The file was replaced, and what SQLite keeps beside it belongs to the one before.
    #[error(
        "the database `{}` was replaced, but not `{}`, which belongs to the one before and would spoil this one: move \
         it away",
        path.display(), beside.display()
    )]
    Leftover {
        /// The new file.
        path: PathBuf,
        /// What is of the old one.
        beside: PathBuf,
    },
    /// Where the database was, there is another one.
    #[error("`{location}` holds another database than the one that was opened")]
    Foreign {
        /// Where it was.
        location: Location,
    },
    /// No connection was to be had.
    #[error("no connection to the database was to be had")]
    Connect(#[source] sqlx::Error),
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

/// Why it is not known that a write was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteFailure {
    /// The database cannot do it now. Nothing was written.
    Now(Trouble),
    /// The database was told to keep it, and did not say that it will: nobody knows.
    Unknown,
    /// Something failed that nobody foresaw. Nothing was written.
    Failed,
}

impl StoreError {
    /// What keeps the database from doing it now; `None` where asking again would not help, as far as anybody knows.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Read(error) | Self::Write(error) | Self::Commit(error) => Trouble::of(error),
            Self::Open { location: _, source: error } | Self::Connect(error) => {
                Some(Trouble::of(error).unwrap_or(Trouble::Away))
            }
            Self::Moved { .. } | Self::Leftover { .. } | Self::Foreign { .. } | Self::Migrate(_) => {
                Some(Trouble::Replaced)
            }
            Self::Create { .. } | Self::Random(_) | Self::Row(_) => None,
        }
    }

    /// Whether nobody knows what became of what was written.
    fn leaves_doubt(&self) -> bool {
        matches!(self, Self::Commit(error) if !trouble::leaves_nothing(error))
    }
}

impl From<&StoreError> for WriteFailure {
    fn from(error: &StoreError) -> Self {
        match error.trouble() {
            _ if error.leaves_doubt() => Self::Unknown,
            Some(trouble) => Self::Now(trouble),
            None => Self::Failed,
        }
    }
}

impl WriteFailure {
    /// What it says of the database as a whole.
    pub(crate) const fn trouble(self) -> Trouble {
        match self {
            Self::Now(trouble) => trouble,
            Self::Unknown | Self::Failed => Trouble::Failing,
        }
    }
}
