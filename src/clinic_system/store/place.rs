//! The file of a database, and whether it is still the one that was opened.
//!
//! A restore puts another file in its place. What is written to the old one then is answered, and gone; and the new one
//! is spoilt by the files that SQLite keeps beside a database, where those are still of the old one. PostgreSQL keeps
//! its own context.

use super::location::Kind;
use super::{Location, StoreError};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What SQLite adds to the name of a database for the files beside it.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Where a database is, and which files were opened there.
#[derive(Debug)]
pub(super) struct Place {
    /// Absent for a server, which is no file.
    path: Option<PathBuf>,
    opened: Mutex<Opened>,
}

/// The files that were opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Opened {
    database: Option<FileId>,
    beside: [Option<FileId>; 2],
}

/// What a file is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

/// What stands in the place of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// What was opened.
    It,
    /// Nothing.
    Nothing,
    /// Another file.
    Another,
}

impl Place {
    /// The place of a database that was opened just now.
    pub(super) fn of(location: &Location) -> Self {
        let path = match location.kind() {
            Kind::File(path) => Some(path.clone()),
            Kind::Postgres(_) => None,
        };
        let opened = path.as_deref().map(Opened::at).unwrap_or_default();
        Self { path, opened: Mutex::new(opened) }
    }

    /// What stands there now.
    pub(super) fn standing(&self) -> Standing {
        match (self.opened().database, self.file()) {
            (opened, found) if opened == found => Standing::It,
            (_, None) => Standing::Nothing,
            _ => Standing::Another,
        }
    }

    /// An error where it is not what was opened.
    pub(super) fn holds(&self) -> Result<(), StoreError> {
        if self.standing() == Standing::It { Ok(()) } else { Err(self.moved()) }
    }

    /// The file that stands there now.
    pub(super) fn file(&self) -> Option<FileId> {
        self.path.as_deref().and_then(id)
    }

    /// An error where there is nothing, or another file whose company is still that of the file before.
    pub(super) fn can_be_used(&self) -> Result<(), StoreError> {
        match (&self.path, self.standing()) {
            (Some(_), Standing::Nothing) => Err(self.moved()),
            (Some(path), Standing::Another) => self.is_alone(path),
            (Some(_), Standing::It) | (None, _) => Ok(()),
        }
    }

    fn is_alone(&self, path: &Path) -> Result<(), StoreError> {
        for (beside, opened) in BESIDE.map(|ending| beside(path, ending)).into_iter().zip(self.opened().beside) {
            if opened.is_some() && id(&beside) == opened {
                return Err(StoreError::Leftover { path: path.to_owned(), beside });
            }
        }
        Ok(())
    }

    /// What stands there was opened, if it is still `found`.
    pub(super) fn take(&self, found: Option<FileId>) -> Result<(), StoreError> {
        let Some(path) = &self.path else { return Ok(()) };
        let opened = Opened::at(path);
        if opened.database != found {
            return Err(self.moved());
        }
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = opened;
        Ok(())
    }

    fn opened(&self) -> Opened {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn moved(&self) -> StoreError {
        StoreError::Moved { path: self.path.clone().unwrap_or_default() }
    }
}

impl Opened {
    fn at(path: &Path) -> Self {
        Self { database: id(path), beside: BESIDE.map(|ending| id(&beside(path, ending))) }
    }
}

/// SQLite looks beside the file that a symbolic link leads to.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
    name.push(ending);
    name.into()
}

#[cfg(unix)]
fn id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    let file = fs::metadata(path).ok()?;
    Some(FileId(file.dev(), file.ino()))
}

/// Where a file that is open can be neither moved nor replaced.
#[cfg(not(unix))]
const fn id(_: &Path) -> Option<FileId> {
    None
}
