//! Writing, whole or not at all, and reading single files that are no part of a fleet.

use super::open;
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

/// The longest single file that is read: a saved plan of ten thousand changed clinics has some 40 MiB.
const LONGEST: u64 = 256 * 1024 * 1024;

/// Why a path is none to write to.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// Folders are not made.
    #[error("there is no folder `{}`", .0.display())]
    NoFolder(PathBuf),
    /// A folder, a link, a pipe, a device: a file in its place would not be what was asked for.
    #[error("`{}` is not a regular file", .0.display())]
    NotAFile(PathBuf),
}

/// A file that could not be read or written; the text names it.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing to read.
    #[error("there is no file `{}`", .0.display())]
    Missing(PathBuf),
    /// Reading failed.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Writing failed; what was there before is unchanged.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Refuses what [`write()`] would refuse, while there is nothing to write yet.
///
/// Files are replaced whole: a link would be replaced and not what it leads to, and a device by a file.
///
/// # Errors
/// When there is no folder, or something else than a file has the name.
pub fn refuse_unwritable(path: &Path) -> Result<(), Unwritable> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(Unwritable::NoFolder(folder.to_owned()));
    }
    replaced(path).map(drop).map_err(|_| Unwritable::NotAFile(path.to_owned()))
}

/// Writes a file whole: a full disk or a crash leaves what was there before. A new file is its owner's alone, since it
/// may name people; one that replaces another keeps the permissions of that.
///
/// # Errors
/// When the folder is not there or cannot be written, or when something else than a file has the name.
pub fn write(path: &Path, contents: &[u8]) -> Result<(), FileError> {
    let written = replaced(path).and_then(|replaced| {
        let mut file = new_in(folder_of(path))?;
        file.write_all(contents)?;
        if let Some(replaced) = replaced {
            file.as_file().set_permissions(replaced.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(path).map(drop).map_err(|error| error.error)
    });
    written.map_err(|source| FileError::Write { path: path.to_owned(), source })?;
    keep_name(folder_of(path));
    Ok(())
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file that writing to this path would replace.
fn replaced(path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(_) => Err(open::not_a_file()),
        // What else is wrong with a path, writing finds out.
        Err(_) => Ok(None),
    }
}

/// A new file beside the one that it will replace. `tempfile` would name this file, which the user does not know, in
/// its errors; what is wrong is wrong with the folder.
fn new_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
        .map_err(|error| fs::read_dir(folder).err().unwrap_or_else(|| io::Error::from(error.kind())))
}

/// Has the folder remember the new name through a crash, if the system can do that. That it cannot is no failure: the
/// file is written.
fn keep_name(folder: &Path) {
    if cfg!(unix) {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Reads a text file.
///
/// # Errors
/// When it is not there, is no regular file, is not UTF-8, or is longer than any file of ours.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    read_bounded(path).map_err(|source| {
        let path = path.to_owned();
        if source.kind() == io::ErrorKind::NotFound {
            FileError::Missing(path)
        } else {
            FileError::Read { path, source }
        }
    })
}

fn read_bounded(path: &Path) -> io::Result<String> {
    // Opening a device may already do something.
    if !fs::metadata(path)?.is_file() {
        return Err(open::not_a_file());
    }
    read_opened(path)
}

fn read_opened(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open::regular(path)?.take(LONGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(io::Error::other("longer than 256 MiB"));
    }
    Ok(text)
}

/// The path without `.` and without `folder/..`, as a person would write it.
#[must_use]
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        let named = matches!(tidy.components().next_back(), Some(Component::Normal(_)));
        match component {
            Component::CurDir => {}
            Component::ParentDir if named => {
                tidy.pop();
            }
            Component::ParentDir | Component::Normal(_) | Component::RootDir | Component::Prefix(_) => {
                tidy.push(component)
            }
        }
    }
    if tidy.as_os_str().is_empty() { PathBuf::from(".") } else { tidy }
}

#[cfg(test)]
mod tests {
    use super::tidy;
    use std::path::Path;

    #[test]
    fn paths_are_tidied_as_text() {
        for (path, tidied) in [
            ("clinics/../examples/seed.yaml", "examples/seed.yaml"),
            ("./.clinicctl/a.db", ".clinicctl/a.db"),
            ("../a/../b", "../b"),
            ("../../a", "../../a"),
            ("a/..", "."),
            ("/a/../b", "/b"),
        ] {
            assert_eq!(tidy(Path::new(path)), Path::new(tidied), "{path}");
        }
    }

    /// As one that took the place of a file after the check.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_not_waited_for() {
        crate::files::open::tests::assert_no_pipe(super::read_opened);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named_and_no_other() {
        let error = super::write(Path::new("no-such-folder/plan.json"), b"").expect_err("there is no folder");
        let cause = std::error::Error::source(&error).expect("a cause").to_string();
        assert_eq!(error.to_string(), "cannot write `no-such-folder/plan.json`");
        assert!(!cause.contains("tmp"), "{cause}");
    }
}
