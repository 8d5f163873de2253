//! The files of a fleet, as they were read, beside what a commit has in their folder.
//!
//! What counts is what was read: neither the index of git, nor a flag in it, nor a filter has a say.

use crate::files;
use crate::git::{Committed, GitError, ObjectId, Repository};
use crate::source::{FileId, SourceFile, SourceSet};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

/// As many links as an operating system follows one after the other.
const MOST_LINKS: usize = 40;

/// The files beside the commit.
#[derive(Debug)]
pub(crate) struct Beside<'a> {
    folder: &'a Path,
    sources: &'a SourceSet,
    committed: Committed,
    /// The paths from the folder at which the commit has the file that was read.
    same: HashSet<&'a str>,
}

/// What a commit has in the place of a file that is not as it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past<'a> {
    /// What it has.
    pub(crate) was: &'a ObjectId,
    /// What was read there; `None` where there is nothing any more.
    pub(crate) is: Option<&'a SourceFile>,
}

impl<'a> Beside<'a> {
    /// What was read from `folder` beside a commit of its repository.
    ///
    /// # Errors
    /// When git does not say what the commit has.
    pub(crate) fn commit(
        (repository, commit): (&Repository, &ObjectId),
        folder: &'a Path,
        sources: &'a SourceSet,
    ) -> Result<Self, GitError> {
        let committed = Committed::read(repository, commit, folder)?;
        let same = sources.files().par_iter().filter_map(|file| {
            let path = files::below(folder, file);
            committed.file(path).is_some_and(|was| was.is_of(&file.text)).then_some(path)
        });
        let same = same.collect();
        Ok(Self { folder, sources, committed, same })
    }

    /// The files that are not what the commit has at their path. What a link leads to is never that: a commit knows links,
    /// and not what they lead to.
    pub(crate) fn changed(&self) -> BTreeSet<FileId> {
        let changed = self.sources.iter().filter(|(_, file)| !self.same.contains(files::below(self.folder, file)));
        changed.map(|(id, _)| id).collect()
    }

    /// What the commit has where files are now otherwise, or gone.
    pub(crate) fn past(&self) -> Vec<Past<'_>> {
        let read: HashMap<_, _> =
            self.sources.files().iter().map(|file| (files::below(self.folder, file), file)).collect();
        self.missed().map(|(path, was)| Past { was, is: read.get(path).copied() }).collect()
    }

    /// Whether the commit holds what was read, and nothing of the fleet besides.
    pub(crate) fn is_clean(&self) -> bool {
        let committed = |file: &SourceFile| {
            let path = files::below(self.folder, file);
            self.same.contains(path) || self.is_linked_to(path, &file.text)
        };
        self.missed().next().is_none() && self.links_stand() && self.sources.files().iter().all(committed)
    }

    /// What the commit has of the fleet and the folder has not, or not so.
    fn missed(&self) -> impl Iterator<Item = (&str, &ObjectId)> {
        self.committed.files().filter(|(path, _)| files::is_of_fleet(path) && !self.same.contains(path))
    }

    /// Whether each link of the commit leads where it led.
    fn links_stand(&self) -> bool {
        let leads = |path: &str| self.folder.join(path).read_link().ok()?.to_str().map(str::to_owned);
        self.committed.links().all(|(path, was)| leads(path).is_some_and(|target| was.names(target.as_bytes())))
    }

    /// Whether links of the commit, which all lead where they led, lead from `path` to a file that the commit has.
    fn is_linked_to(&self, path: &str, text: &str) -> bool {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            if let Some(was) = self.committed.file(&path) {
                return was.is_of(text);
            }
            match self.behind_a_link(&path) {
                Some(next) => path = next,
                None => return false,
            }
        }
        false
    }

    /// The path behind the first link on the way.
    fn behind_a_link(&self, path: &str) -> Option<String> {
        let begins = |link: &str| path.strip_prefix(link).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let (link, rest) = self.committed.links().find_map(|(link, _)| Some((link, begins(link)?)))?;
        let target = self.folder.join(link).read_link().ok()?;
        let next = Path::new(link).parent()?.join(target).join(rest.trim_start_matches('/'));
        files::tidy(&next).to_str().map(str::to_owned)
    }
}
