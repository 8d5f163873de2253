//! The repository that a folder is in.

use super::command::Git;
use super::surroundings::Surroundings;
use super::{GitError, ObjectId};
use crate::files;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// More than any file has that says where a repository is.
const LONGEST_POINTER: u64 = 64 * 1024;

/// The repository that a folder is in.
#[derive(Debug, Clone)]
pub struct Repository {
    git: Git,
    /// The folder that holds `.git`, without links in its path.
    top: PathBuf,
}

impl Repository {
    /// The repository that `folder` is in: the one of the nearest `.git`, whatever is wrong with that.
    ///
    /// # Errors
    /// When there is none, or none that may be used, or no git.
    pub fn of(folder: &Path) -> Result<Self, GitError> {
        let unreadable = |source| GitError::Unreadable { path: folder.to_owned(), source };
        let folder = folder.canonicalize().map_err(unreadable)?;
        let top = nearest(&folder)?;
        let surroundings = Surroundings::outside_of(top.as_deref().unwrap_or(&folder))?;
        Self::at(top.ok_or(GitError::NoRepository)?, surroundings)
    }

    /// The repository of the `.git` in `top`.
    ///
    /// We find it, and git judges it: told which repository to use, it would read those of other users without a word. So
    /// git is first left to look for itself, in `top` alone; then it is told to use what it has named, provided that this
    /// is what we have found.
    fn at(top: PathBuf, surroundings: Surroundings) -> Result<Self, GitError> {
        let dot_git = top.join(".git");
        let found = git_dir(&top, &dot_git)?;
        let git = Git::within(&top, surroundings);
        let refused = |why: String| match why.contains("dubious ownership") || why.contains("unsafe repository") {
            true => GitError::OwnedByAnother(top.clone()),
            false => GitError::Refused { dot_git: dot_git.clone(), why },
        };
        let named = git.ask(&words(["rev-parse", "--absolute-git-dir"]))?.map_err(refused)?;
        let named = path(&named);
        if named.canonicalize().ok().as_ref() != Some(&found) {
            return Err(refused(format!("it takes `{}` for the repository", named.display())));
        }
        Ok(Self { git: git.of(named.into_os_string()), top })
    }

    /// The repository that stands in a folder of this one, such as a submodule; `None` where none does.
    ///
    /// # Errors
    /// When it may not be used.
    pub(super) fn nested(&self, relative: &str) -> Result<Option<Self>, GitError> {
        let top = self.top.join(relative);
        match top.canonicalize() {
            Ok(real) if real == top && holds_dot_git(&top)? => Self::at(top, self.git.surroundings().clone()).map(Some),
            // A link leads to a repository that this commit says nothing about.
            Ok(_) | Err(_) => Ok(None),
        }
    }

    /// The full name of the commit that `revision` means; `None` where git knows no such commit.
    ///
    /// # Errors
    /// When git cannot be asked.
    pub fn commit(&self, revision: &str) -> Result<Option<ObjectId>, GitError> {
        let commit = format!("{revision}^{{commit}}");
        let answer = self.git.ask(&words(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]))?;
        Ok(answer.ok().and_then(|name| ObjectId::parse(text(&name).trim_end())))
    }

    /// The shortest beginning of a name, of at least seven digits, that means nothing else here.
    ///
    /// # Errors
    /// When git has no answer.
    pub fn short(&self, commit: &ObjectId) -> Result<String, GitError> {
        let answer =
            self.answer(&words(["rev-parse", "--verify", "--short=7", "--end-of-options", commit.as_str()]))?;
        Ok(text(&answer).trim_end().to_owned())
    }

    /// Whether the beginning of the history was not fetched.
    ///
    /// # Errors
    /// When git has no answer.
    pub fn is_shallow(&self) -> Result<bool, GitError> {
        let answer = self.answer(&words(["rev-parse", "--is-shallow-repository"]))?;
        Ok(text(&answer).trim_end() == "true")
    }

    /// The texts of these files. One that a partial clone leaves out, or that is no text, is missing.
    ///
    /// # Errors
    /// When git has no answer.
    pub fn texts(&self, files: &[ObjectId]) -> Result<HashMap<ObjectId, String>, GitError> {
        let names: String = files.iter().map(|file| format!("{file}\n")).collect();
        let told = match names.as_str() {
            "" => return Ok(HashMap::new()),
            names => self.git.tell(&words(["cat-file", "--batch"]), names.into())?,
        };
        let told = told.map_err(|why| GitError::Failed { command: "cat-file".to_owned(), why })?;
        Ok(batch(&told))
    }

    /// The list of the files of a commit below a folder, with `/` between the parts of its path.
    pub(super) fn list(&self, commit: &ObjectId, below: &str) -> Result<Vec<u8>, GitError> {
        let list = ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit.as_str()];
        let words = words(list).into_iter().chain((!below.is_empty()).then_some(OsStr::new(below)));
        self.answer(&words.collect::<Vec<_>>())
    }

    /// The folder that holds `.git`, without links in its path.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    fn answer(&self, arguments: &[&OsStr]) -> Result<Vec<u8>, GitError> {
        self.git.ask(arguments)?.map_err(|why| match why.as_str() {
            "not a tree object" => GitError::NoTree,
            _ => {
                let command = arguments.first().map(|command| command.to_string_lossy().into_owned());
                GitError::Failed { command: command.unwrap_or_default(), why }
            }
        })
    }
}

/// The nearest folder, from `folder` upwards, that holds `.git`.
fn nearest(folder: &Path) -> Result<Option<PathBuf>, GitError> {
    for folder in folder.ancestors() {
        if holds_dot_git(folder)? {
            return Ok(Some(folder.to_owned()));
        }
    }
    Ok(None)
}

fn holds_dot_git(folder: &Path) -> Result<bool, GitError> {
    let path = folder.join(".git");
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
        Err(source) => Err(GitError::Unreadable { path, source }),
    }
}

/// Where the repository is, without links in its path: `.git` itself, or where it leads as a link or as a file of a linked
/// working tree or a submodule. That is never among the files of the checkout.
fn git_dir(top: &Path, dot_git: &Path) -> Result<PathBuf, GitError> {
    let named = if dot_git.is_dir() { dot_git.to_owned() } else { top.join(pointed_to(dot_git)?) };
    let real = named.canonicalize().map_err(|source| GitError::Unreadable { path: named, source })?;
    if real.starts_with(top) && real != dot_git {
        return Err(GitError::Astray { dot_git: dot_git.to_owned(), leads_to: real });
    }
    Ok(real)
}

/// What a `.git` says that is a file.
fn pointed_to(dot_git: &Path) -> Result<PathBuf, GitError> {
    let unreadable = |source| GitError::Unreadable { path: dot_git.to_owned(), source };
    let pointless = || GitError::Pointless(dot_git.to_owned());
    if dot_git.metadata().map_err(unreadable)?.len() > LONGEST_POINTER {
        return Err(pointless());
    }
    let said = files::read_text(dot_git).map_err(|_| pointless())?;
    let said = said.strip_prefix("gitdir: ").map(|path| path.trim_end_matches(['\r', '\n']));
    said.filter(|path| !path.is_empty()).map(PathBuf::from).ok_or_else(pointless)
}

/// What `cat-file --batch` answers: `NAME blob BYTES`, a new line, the bytes, and another new line; or that it has none.
fn batch(mut answer: &[u8]) -> HashMap<ObjectId, String> {
    let mut texts = HashMap::new();
    while let Some(end) = answer.iter().position(|byte| *byte == b'\n') {
        let (head, rest) = answer.split_at(end);
        let head = text(head);
        let mut words = head.split(' ');
        let (name, size) = (words.next().and_then(ObjectId::parse), words.nth(1).and_then(|size| size.parse().ok()));
        let rest = rest.get(1..).unwrap_or_default();
        let (bytes, rest) =
            size.map_or((None, rest), |size: usize| (rest.get(..size), rest.get(size + 1..).unwrap_or_default()));
        let known = bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        texts.extend(name.zip(known));
        answer = rest;
    }
    texts
}

fn words<const N: usize>(words: [&str; N]) -> [&OsStr; N] {
    words.map(OsStr::new)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A path that git prints, with the end of its line.
fn path(bytes: &[u8]) -> PathBuf {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    #[cfg(unix)]
    let path = <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).into();
    #[cfg(not(unix))]
    let path = PathBuf::from(text(bytes));
    path
}
