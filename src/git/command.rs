//! A command of git in which nothing of a repository runs.

use super::limits::{Ended, Limits};
use super::surroundings::Surroundings;
use super::{GitError, limits};
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The list of a hundred thousand files, or the text of ten thousand, is read in a few seconds and has some ten MiB.
const LIMITS: Limits = Limits { patience: Duration::from_secs(30), longest: 128 * 1024 * 1024 };

/// Configuration that counts for more than any file's. None of the commands that are used here would start any of these
/// programs; that is meant to stay so where somebody adds a command.
const CONFIGURED: [&str; 9] = [
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.sshCommand=false",
    "core.askPass=",
    "core.pager=cat",
    "credential.helper=",
    "diff.external=",
];

/// The same for what is set by variables.
const SET: [(&str, &str); 12] = [
    // Its sentences are read here.
    ("LC_ALL", "C"),
    ("LANG", "C"),
    // No transport is called so: whatever wants to fetch is refused, by any version of git.
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_PAGER", "cat"),
    // A person's configuration may include a file of the checkout too, and these name files to write to.
    ("GIT_TRACE2", "0"),
    ("GIT_TRACE2_EVENT", "0"),
    ("GIT_TRACE2_PERF", "0"),
];

/// Where git is asked, and which repository it is asked about.
#[derive(Debug, Clone)]
pub(super) struct Git {
    surroundings: Surroundings,
    /// The folder that holds `.git`, without links in its path.
    top: Box<Path>,
    /// The repository; before it is known, git looks for it in `top`, and nowhere else.
    git_dir: Option<OsString>,
}

impl Git {
    /// git in the folder `top`.
    pub(super) fn within(top: &Path, surroundings: Surroundings) -> Self {
        Self { surroundings, top: top.into(), git_dir: None }
    }

    /// The same for a repository that git itself has named.
    pub(super) fn of(self, git_dir: OsString) -> Self {
        Self { git_dir: Some(git_dir), ..self }
    }

    /// The program and what it gets to see.
    pub(super) const fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The answer to a command, or else the first line that git complained with.
    ///
    /// # Errors
    /// When git cannot be asked.
    pub(super) fn ask(&self, arguments: &[&OsStr]) -> Result<Result<Vec<u8>, String>, GitError> {
        self.tell(arguments, Vec::new())
    }

    /// The same for a command that reads.
    pub(super) fn tell(&self, arguments: &[&OsStr], input: Vec<u8>) -> Result<Result<Vec<u8>, String>, GitError> {
        let Ended { status, stdout, stderr } = limits::run(self.command(arguments), input, LIMITS)?;
        if status.success() {
            return Ok(Ok(stdout));
        }
        let complaint = String::from_utf8_lossy(&stderr);
        let line = complaint.lines().find(|line| !line.starts_with("warning: ")).unwrap_or("it does not say why");
        Ok(Err(line.trim_start_matches("fatal: ").to_owned()))
    }

    fn command(&self, arguments: &[&OsStr]) -> Command {
        let mut git = Command::new(&self.surroundings.program);
        git.current_dir(&self.top).env_clear();
        git.envs(self.surroundings.variables.iter().map(|(name, value)| (name, value))).envs(SET);
        // A folder above is none of ours, whatever is wrong with this one.
        git.env("GIT_CEILING_DIRECTORIES", self.top.parent().unwrap_or(&self.top));
        git.args(["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]);
        CONFIGURED.iter().for_each(|setting| {
            git.args(["-c", setting]);
        });
        if let Some(git_dir) = &self.git_dir {
            git.arg("--git-dir").arg(git_dir).arg("--work-tree").arg(&*self.top);
        }
        git.args(arguments);
        git
    }
}
