//! Which program `git` is, and what of our environment it gets to see.

use super::GitError;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Where a person's own configuration stands, in which a repository of somebody else may be called safe.
const HOMES: [&str; 2] = ["HOME", "XDG_CONFIG_HOME"];

/// Whose repositories count as one's own with `sudo`; and the same as above on Windows, with what no program starts
/// without there.
const KEPT: [&str; 7] = ["SUDO_UID", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "PROGRAMDATA", "SYSTEMROOT"];

/// The program and its environment.
#[derive(Debug, Clone)]
pub(super) struct Surroundings {
    /// The program.
    pub(super) program: PathBuf,
    /// Every variable that it inherits.
    pub(super) variables: Vec<(&'static str, OsString)>,
}

impl Surroundings {
    /// What lies outside of `checkout`, which is a path without links.
    ///
    /// # Errors
    /// When there is no program.
    pub(super) fn outside_of(checkout: &Path) -> Result<Self, GitError> {
        let folders = folders_of_path(checkout);
        let name = format!("git{}", env::consts::EXE_SUFFIX);
        let mut programs = folders.iter().map(|folder| folder.join(&name));
        let program = programs.find(|program| is_program(program) && is_outside(program, checkout));
        let program = program.ok_or(GitError::NoProgram)?;
        let path = env::join_paths(&folders).unwrap_or_default();
        let kept = KEPT.into_iter().filter_map(|name| Some((name, env::var_os(name)?)));
        let homes = HOMES.into_iter().filter_map(|name| Some((name, home(&env::var_os(name)?, checkout))));
        Ok(Self { program, variables: kept.chain(homes).chain([("PATH", path)]).collect() })
    }
}

/// A home among the files of the checkout has a configuration that the checkout wrote: it is taken for an empty one. With
/// none at all, git would refuse whatever is named from there.
fn home(home: &OsStr, checkout: &Path) -> OsString {
    if is_outside(Path::new(home), checkout) { home.to_owned() } else { "/dev/null".into() }
}

/// The folders of `PATH`, but for those that depend on where one stands, and those that the checkout fills.
fn folders_of_path(checkout: &Path) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| is_outside(folder, checkout)).collect()
}

/// Whether a path leads somewhere else, from wherever one looks.
fn is_outside(path: &Path, checkout: &Path) -> bool {
    path.is_absolute() && path.canonicalize().is_ok_and(|real| !real.starts_with(checkout))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
