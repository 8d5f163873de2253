//! Reading and writing files: the only floor that touches the file system.
//!
//! ```text
//! folder -> walk (which files there are, without following links out of it) -> read (in parallel, each at most 1 MiB)
//! a path in one of them -> named (inside of the checkout, under the same rules) -> read (at most 128 MiB)
//! ```

mod checkout;
mod named;
mod open;
mod private;
mod text;
mod walk;
mod watch;
mod write;

use crate::source::{SourceFile, SourceSet, Unreadable};
use rayon::prelude::*;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walk::Found;

pub use checkout::beside;
pub use named::{Named, NamedError, Naming, named};
pub use private::{PrivateError, create_private_folder};
pub use watch::{Watch, WatchError, watch};
pub use write::{FileError, Unwritable, read_text, refuse_unwritable, tidy, write};

/// A folder that could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at this path.
    #[error("there is no folder `{}`", .0.display())]
    Missing(PathBuf),
    /// Something else than a folder.
    #[error("`{}` is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The operating system refused.
    #[error("cannot read the folder `{}`", path.display())]
    Refused {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Reads every `*.yaml` and `*.yml` below `folder`, hidden ones excepted. A single file that cannot be used is in the
/// set with the reason.
///
/// Links are followed inside the folder only, and no file is read twice; of each file at most a byte more than 1 MiB is
/// read, and a file that changes meanwhile is read again. Nothing but regular files is opened.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn read(folder: &Path) -> Result<SourceSet, ReadError> {
    let refused = |source: std::io::Error| {
        if source.kind() == ErrorKind::NotFound {
            return ReadError::Missing(folder.to_owned());
        }
        ReadError::Refused { path: folder.to_owned(), source }
    };
    if !folder.metadata().map_err(refused)?.is_dir() {
        return Err(ReadError::NotAFolder(folder.to_owned()));
    }
    let found = walk::walk(folder).map_err(refused)?;
    Ok(SourceSet::new(found.into_par_iter().map(read_one).collect()))
}

/// The path of a file of a set from the folder from which the set was read, with `/` between its parts.
#[must_use]
pub fn below<'a>(folder: &Path, file: &'a SourceFile) -> &'a str {
    walk::below(folder, &file.path)
}

/// Whether [`read`] reads a file at this path below the folder.
#[must_use]
pub fn is_of_fleet(below: &str) -> bool {
    walk::is_found(below)
}

fn read_one(found: Found) -> SourceFile {
    let Found { shown, path, unreadable } = found;
    let (text, unreadable) = match unreadable {
        Some(why) => (String::new(), Some(why)),
        None => text::read(&path, text::LARGEST)
            .unwrap_or_else(|error| (String::new(), Some(Unreadable::Refused(error.to_string())))),
    };
    SourceFile { path: shown.into(), text, unreadable }
}
