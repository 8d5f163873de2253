//! The `git` program, asked about the repository that a folder is in. Nothing is ever written to it.
//!
//! A repository may name programs that git runs, such as a file monitor. None of them sees our token.

use super::token;
use std::io;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// What a hook of git sets for the programs that it starts: it would name the repository of the hook, by paths from its
/// top, where the one that the folder is in is meant.
const SET_BY_HOOKS: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// Runs `git` in `folder` to its end.
///
/// # Errors
/// When the program cannot be started; that it failed is in the output.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> io::Result<Output> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments).stdin(Stdio::null());
    SET_BY_HOOKS.iter().chain(&token::VARIABLES).for_each(|name| {
        git.env_remove(name);
    });
    git.output()
}
