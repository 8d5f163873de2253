//! Why git has no answer.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why git has no answer; each ends a sentence that says what was asked.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no program that could be asked.
    #[error("no folder of `PATH` holds it (relative ones, and those of the checkout, do not count)")]
    NoProgram,
    /// The operating system does not start it.
    #[error("{0}")]
    Start(#[source] io::Error),
    /// Not even a `.git` that could be wrong.
    #[error("neither it nor a folder above it holds `.git`")]
    NoRepository,
    /// The folder or its `.git` cannot be looked at.
    #[error("`{}` cannot be looked at: {source}", path.display())]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that should say where the repository is, and does not.
    #[error("`{}` is a file, and does not say `gitdir:` and a folder as git writes it", .0.display())]
    Pointless(PathBuf),
    /// A `.git` that leads back among the files that it should tell about.
    #[error("`{}` leads to `{}`, among the files of the checkout, which is no repository", dot_git.display(), leads_to.display())]
    Astray {
        /// What stands in the place of the repository.
        dot_git: PathBuf,
        /// Where it leads.
        leads_to: PathBuf,
    },
    /// git protects people from repositories of others.
    #[error("`{}` belongs to another user, and git reads no repository of others", .0.display())]
    OwnedByAnother(PathBuf),
    /// git does not take it for a repository, or not for this one.
    #[error("git refuses `{}`: {why}", dot_git.display())]
    Refused {
        /// The repository.
        dot_git: PathBuf,
        /// What git says, or what it takes for the repository.
        why: String,
    },
    /// A partial clone, which must not be completed now.
    #[error("this clone has the commit, and not the list of its files")]
    NoTree,
    /// Any other complaint.
    #[error("`git {command}` failed: {why}")]
    Failed {
        /// The command.
        command: String,
        /// The first line that git said.
        why: String,
    },
    /// It did not end.
    #[error("git did not end within {} s, and was stopped", .0.as_secs())]
    TooSlow(Duration),
    /// It did not end to speak.
    #[error("git answered with more than {0} bytes, and was stopped")]
    TooMuch(u64),
    /// What it said cannot be read.
    #[error("git's answer cannot be read: {0}")]
    Unheard(#[source] io::Error),
}

impl GitError {
    /// The same, with what a person can do about it.
    #[must_use]
    pub fn with_hint(&self) -> String {
        self.hint().map_or_else(|| self.to_string(), |hint| format!("{self}; {hint}"))
    }

    /// What a person can do about it, where that can be known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::OwnedByAnother(top) => Some(format!(
                "if you trust it, say so once: `git config --global --add safe.directory {}`",
                for_a_shell(top)
            )),
            Self::Astray { .. } => Some(
                "a repository stands outside of its working tree: move it, or clone again (`git worktree` and \
                 submodules do it right)"
                    .to_owned(),
            ),
            Self::NoTree => {
                Some("it was cloned with `--filter=tree:0`: take `--filter=blob:none`, or no filter".to_owned())
            }
            Self::NoProgram
            | Self::Start(_)
            | Self::NoRepository
            | Self::Unreadable { .. }
            | Self::Pointless(_)
            | Self::Refused { .. }
            | Self::Failed { .. }
            | Self::TooSlow(_)
            | Self::TooMuch(_)
            | Self::Unheard(_) => None,
        }
    }
}

/// A path as it can be pasted: whoever named the folder does not write our command.
fn for_a_shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%\\".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::for_a_shell;
    use std::path::Path;

    #[test]
    fn a_folder_cannot_write_a_command() {
        for (path, pasted) in [
            ("/srv/clinics", "/srv/clinics"),
            ("/srv/our clinics", "'/srv/our clinics'"),
            ("/srv/$(reboot)", "'/srv/$(reboot)'"),
            ("/srv/a'; reboot; '", r"'/srv/a'\''; reboot; '\'''"),
        ] {
            assert_eq!(for_a_shell(Path::new(path)), pasted);
        }
    }
}
