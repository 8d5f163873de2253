//! Where a fleet's folder lies: in which checkout, and beside what.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The checkout that holds a fleet, without links in its path: the nearest folder, from the fleet's upwards, that holds
/// `.git`; without one, the folder around the fleet's. Nothing that a file of the fleet names may lead out of it.
///
/// # Errors
/// When the fleet's folder cannot be found.
pub(super) fn checkout(folder: &Path) -> io::Result<PathBuf> {
    let folder = fs::canonicalize(folder)?;
    let holder = folder.ancestors().find(|folder| holds_git(folder)).or_else(|| folder.parent());
    Ok(holder.unwrap_or(&folder).to_owned())
}

/// The folder that a fleet's own data are kept in: the one around the fleet's, however that is named, or the fleet's
/// where this is the whole checkout, out of which nothing is written. As a person who stands here would write it.
#[must_use]
pub fn beside(folder: &Path) -> PathBuf {
    let typed = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(real) = fs::canonicalize(folder) else { return typed.to_owned() };
    let kept = real.parent().filter(|_| !holds_git(&real)).unwrap_or(&real);
    let is_kept = |path: &&Path| fs::canonicalize(path).is_ok_and(|path| path == kept);
    if let Some(short) = [typed, Path::new("."), Path::new("..")].into_iter().find(is_kept) {
        return short.to_owned();
    }
    let here = fs::canonicalize(".").unwrap_or_default();
    kept.strip_prefix(here).unwrap_or(kept).to_owned()
}

/// A repository's own folder, or the file that a worktree and a submodule have in its place.
fn holds_git(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}
