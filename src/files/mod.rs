//! Reading and writing files: the only floor that touches the file system.

use crate::source::SourceSet;
use std::path::Path;
use std::path::PathBuf;

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
/// # Errors
/// When the folder itself cannot be read.
pub fn read(folder: &Path) -> Result<SourceSet, ReadError> {
    Err(ReadError::Missing(folder.to_owned()))
}
