//! The folder in which the tool keeps data of its own, inside of a checkout that somebody else may have written.

use super::write;
use super::write::FileError;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why nothing may be kept in a folder.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// Whatever is written to it is written elsewhere.
    #[error("`{}` is a link, and what it leads to would be written", .0.display())]
    Link(PathBuf),
    /// It takes the place of the folder.
    #[error("`{}` is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// It takes the place of a file.
    #[error("`{}` is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// The operating system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Keeps the folder out of version control. One that is there is left alone, whatever it is.
const NOTE: &str = ".gitignore";

/// What SQLite writes beside a database, by the end of its name.
const BESIDE_A_DATABASE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Creates the folder that the database `file` will lie in, with a note that keeps it out of version control.
///
/// A folder that is there already is looked at first: a checkout can bring it along, with links in it that lead anywhere.
///
/// # Errors
/// When it is no folder, or holds a link or something else than a file in the place of the database or of what belongs to
/// it: then nothing was written. When the folder cannot be created or read.
pub fn create_private_folder(file: &Path) -> Result<(), PrivateError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let refused = |source| FileError::Write { path: folder.to_owned(), source };
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_symlink() => return Err(PrivateError::Link(folder.to_owned())),
        Ok(found) if !found.is_dir() => return Err(PrivateError::NotAFolder(folder.to_owned())),
        Ok(_) => refuse_links(folder, file)?,
        Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir(folder).map_err(refused)?,
        Err(error) => return Err(refused(error).into()),
    }
    let note = folder.join(NOTE);
    if note.exists() || note.is_symlink() { Ok(()) } else { Ok(write::write(&note, b"*\n")?) }
}

/// Refuses links in the folder (but for the note, to which nothing is written), and what is no file in the place of the
/// database.
fn refuse_links(folder: &Path, database: &Path) -> Result<(), PrivateError> {
    let unread = |source| FileError::Read { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        if entry.file_name() != NOTE && entry.file_type().map_err(unread)?.is_symlink() {
            return Err(PrivateError::Link(entry.path()));
        }
    }
    let ours = BESIDE_A_DATABASE.map(|end| with_end(database, end));
    let wrong = ours.into_iter().find(|path| fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()));
    wrong.map_or(Ok(()), |path| Err(PrivateError::NotAFile(path)))
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    PathBuf::from(name)
}
