//! A file that a file of the fleet names by its path.
//!
//! Whoever proposes a change of the fleet writes that path, and the run may happen on a machine that holds secrets. So the
//! file obeys the rules of the fleet's own files, with the checkout in the place of the fleet's folder: it is a YAML file
//! inside of it, neither hidden nor behind a link that leads out, it is a regular file, and no more of it is read than such
//! a file ever has.

use super::checkout::checkout;
use super::write::tidy;
use super::{text, walk};
use crate::source::{SourceFile, Unreadable};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The largest file that is read where a path names it: a system of ten thousand clinics takes some 70 MiB.
const LARGEST: u64 = 128 * 1024 * 1024;

/// A path in a file of a fleet.
#[derive(Debug, Clone, Copy)]
pub struct Naming<'a> {
    /// The folder of the fleet.
    pub folder: &'a Path,
    /// The file of the fleet that names the path, as it is shown.
    pub by: &'a str,
    /// The path.
    pub path: &'a str,
}

/// Why a path that a file names leads to nothing that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedError {
    /// It begins at the root of the machine or at somebody's home.
    Absolute,
    /// It leads out of the checkout, by itself or through a link; a link to nothing is not told from one that does.
    Leaves,
    /// It is hidden, or in a hidden folder.
    Hidden,
    /// Its name is not that of a YAML file.
    NotYaml,
    /// It is something else than a file; what it is, with its article.
    NotAFile(&'static str),
    /// It is larger than any file of ours.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// There is nothing.
    Missing,
    /// The operating system refused; what it said.
    Refused(String),
}

/// A file that a path names and that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    shown: String,
    /// Without links.
    path: PathBuf,
}

/// Finds the file that a path of a fleet's file names. Nothing of it is read yet.
///
/// # Errors
/// [`NamedError`]. Of what lies outside of the checkout it tells nothing, not even whether it is there.
pub fn named(naming: Naming<'_>) -> Result<Named, NamedError> {
    let Naming { folder, by, path } = naming;
    if path.starts_with('~') || Path::new(path).has_root() || Path::new(path).is_absolute() {
        return Err(NamedError::Absolute);
    }
    let ground = Ground::of(folder).map_err(|error| refused(&error))?;
    let path = ground.find(&tidy(&ground.folder_of(folder, by).join(path)))?;
    let metadata = fs::metadata(&path).map_err(|error| refused(&error))?;
    match metadata.len() {
        _ if !metadata.is_file() => Err(NamedError::NotAFile(walk::what(metadata.file_type()))),
        bytes if bytes > LARGEST => Err(NamedError::TooLarge { bytes }),
        _ => Ok(Named { shown: shown(naming), path }),
    }
}

impl Named {
    /// The path as it is shown.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Reads the file. What is judged is what was opened: another thing that took its place meanwhile is refused like it.
    ///
    /// # Errors
    /// [`NamedError`]; bytes that are no UTF-8 are told in the file.
    pub fn read(&self) -> Result<SourceFile, NamedError> {
        match text::read(&self.path, LARGEST).map_err(|error| refused(&error))? {
            (_, Some(Unreadable::TooLarge { bytes })) => Err(NamedError::TooLarge { bytes }),
            (text, unreadable) => Ok(SourceFile { path: self.shown.as_str().into(), text, unreadable }),
        }
    }
}

/// Where a path may lead.
struct Ground {
    /// The fleet's folder, without links.
    folder: PathBuf,
    /// What it may not leave.
    checkout: PathBuf,
}

impl Ground {
    fn of(folder: &Path) -> io::Result<Self> {
        Ok(Self { folder: fs::canonicalize(folder)?, checkout: checkout(folder)? })
    }

    /// The folder in which the file of the fleet lies that is shown as `by`.
    fn folder_of(&self, folder: &Path, by: &str) -> PathBuf {
        let above = walk::shown(folder);
        let below = by.strip_prefix(above.as_str()).unwrap_or(by).trim_start_matches('/');
        self.folder.join(Path::new(below).parent().unwrap_or(Path::new("")))
    }

    /// The path without links, if no step of the way leaves the ground.
    fn find(&self, path: &Path) -> Result<PathBuf, NamedError> {
        self.refuse_strange(path)?;
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(_) if self.is_behind_a_link(path) => return Err(NamedError::Leaves),
            Err(error) => return Err(refused(&error)),
        };
        self.refuse_strange(&real)?;
        Ok(real)
    }

    /// Refuses a path that no file of a fleet could have. That the fleet itself is hidden does not count.
    fn refuse_strange(&self, path: &Path) -> Result<(), NamedError> {
        if !path.starts_with(&self.checkout) {
            return Err(NamedError::Leaves);
        }
        let shared = path.components().zip(self.folder.components()).take_while(|(one, other)| one == other).count();
        let mut own = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy());
        if own.any(|name| name.starts_with('.')) {
            return Err(NamedError::Hidden);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if walk::is_yaml(&name) { Ok(()) } else { Err(NamedError::NotYaml) }
    }

    fn is_behind_a_link(&self, path: &Path) -> bool {
        path.ancestors().take_while(|part| *part != self.checkout).any(Path::is_symlink)
    }
}

/// The path as a person would write it who sees the other one.
fn shown(Naming { folder: _, by, path }: Naming<'_>) -> String {
    tidy(&Path::new(by).with_file_name(path)).to_string_lossy().into_owned()
}

fn refused(error: &io::Error) -> NamedError {
    let missing = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    if missing { NamedError::Missing } else { NamedError::Refused(error.to_string()) }
}
