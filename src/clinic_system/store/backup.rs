//! A copy of a database while servers work on it.

use super::location::Kind;
use super::{Location, sqlite};
use crate::config::Limits;
use sqlx::Connection as _;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has its own tools.
    #[error("`{0}` is a PostgreSQL database, which `pg_dump` copies")]
    Postgres(Location),
    /// There is nothing to copy.
    #[error("there is no database `{}`", .0.display())]
    Missing(PathBuf),
    /// A file of that name is left as it is.
    #[error("`{}` exists already and was left as it is", .0.display())]
    Exists(PathBuf),
    /// SQLite takes names in Unicode only.
    #[error("the name `{}` is not Unicode", .0.display())]
    Name(PathBuf),
    /// The database could not be read.
    #[error("the database `{}` cannot be copied", path.display())]
    Read {
        /// The database.
        path: PathBuf,
        /// What it said.
        #[source]
        source: sqlx::Error,
    },
    /// The copy could not be kept.
    #[error("the copy `{}` cannot be written", path.display())]
    Write {
        /// The copy.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
}

/// Copies a database of SQLite into `file`, as it is at one moment, whatever is written to it meanwhile. The copy is
/// there whole or not at all, and nothing is overwritten.
///
/// # Errors
/// [`BackupError`].
pub async fn backup(database: impl Into<Location>, file: &Path) -> Result<(), BackupError> {
    let location = database.into();
    let path = match location.kind() {
        Kind::File(path) => path,
        Kind::Postgres(_) => return Err(BackupError::Postgres(location)),
    };
    if !path.exists() {
        return Err(BackupError::Missing(path.clone()));
    }
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let failed = |source| BackupError::Write { path: file.to_owned(), source };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let copy = NamedTempFile::new_in(folder).map_err(failed)?;
    copy_into(path, copy.path()).await?;
    copy.as_file().sync_all().map_err(failed)?;
    match copy.persist_noclobber(file) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(BackupError::Exists(file.to_owned())),
        Err(error) => Err(failed(error.error)),
    }
}

/// SQLite makes the copy inside one read transaction, so that neither waits for the writer nor the writer for it.
async fn copy_into(path: &Path, copy: &Path) -> Result<(), BackupError> {
    let target = copy.to_str().ok_or_else(|| BackupError::Name(copy.to_owned()))?;
    let failed = |source| BackupError::Read { path: path.to_owned(), source };
    let mut connection = sqlite::connect(path, Limits::default().busy_time).await.map_err(failed)?;
    sqlx::query("VACUUM INTO $1").bind(target).execute(&mut connection).await.map_err(failed)?;
    connection.close().await.map_err(failed)
}
