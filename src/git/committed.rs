//! What a commit has in a folder.

use super::{GitError, ObjectId, Repository};
use std::collections::HashMap;
use std::path::Path;

/// The files and links that a commit has below a folder, by their paths from there, with `/` between the parts. What is
/// called by something else than UTF-8 is left out, and so is a submodule that is not here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Committed {
    files: HashMap<String, ObjectId>,
    links: HashMap<String, ObjectId>,
}

impl Committed {
    /// What `commit` has below `folder`, which lies in `repository`; of a submodule, what it has there of the commit that
    /// `commit` names.
    ///
    /// # Errors
    /// When git has no answer, or refuses a submodule.
    pub fn read(repository: &Repository, commit: &ObjectId, folder: &Path) -> Result<Self, GitError> {
        let unreadable = |source| GitError::Unreadable { path: folder.to_owned(), source };
        let folder = folder.canonicalize().map_err(unreadable)?;
        let mut committed = Self::default();
        committed.add(repository, commit, &folder)?;
        Ok(committed)
    }

    /// The file that the commit has at this path, which is no link.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&ObjectId> {
        self.files.get(path)
    }

    /// The files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &ObjectId)> {
        self.files.iter().map(|(path, id)| (path.as_str(), id))
    }

    /// The links; what is behind the name of one is where it leads, as text.
    pub fn links(&self) -> impl Iterator<Item = (&str, &ObjectId)> {
        self.links.iter().map(|(path, id)| (path.as_str(), id))
    }

    /// Adds what `commit` of `repository` has below `folder`, or the part of that which the repository holds.
    fn add(&mut self, repository: &Repository, commit: &ObjectId, folder: &Path) -> Result<(), GitError> {
        let view = View::of(repository.top(), folder);
        for entry in repository.list(commit, &view.below)?.split(|byte| *byte == 0).filter_map(Entry::read) {
            let Some(path) = view.path(entry.path) else { continue };
            match entry.kind {
                Kind::File => {
                    self.files.insert(path, entry.id);
                }
                Kind::Link => {
                    self.links.insert(path, entry.id);
                }
                Kind::Repository => self.add_nested(repository, &entry, folder)?,
            }
        }
        Ok(())
    }

    fn add_nested(&mut self, repository: &Repository, entry: &Entry<'_>, folder: &Path) -> Result<(), GitError> {
        let Some(nested) = repository.nested(entry.path)? else { return Ok(()) };
        match nested.commit(entry.id.as_str())? {
            Some(commit) => self.add(&nested, &commit, folder),
            None => Ok(()),
        }
    }
}

/// How a folder sees a repository: it lies in it, or the other way round. Both are paths as git writes them, one empty.
struct View {
    /// From the repository to the folder.
    below: String,
    /// From the folder to the repository.
    above: String,
}

impl View {
    fn of(top: &Path, folder: &Path) -> Self {
        Self { below: way(top, folder), above: way(folder, top) }
    }

    /// Where the folder sees what the repository has at `path`.
    fn path(&self, path: &str) -> Option<String> {
        let below = |path| {
            if self.below.is_empty() { Some(path) } else { str::strip_prefix(path, &*self.below)?.strip_prefix('/') }
        };
        let path = below(path)?;
        Some(if self.above.is_empty() { path.to_owned() } else { format!("{}/{path}", self.above) })
    }
}

/// The way down from one folder to another, as git writes it; empty where there is none.
fn way(from: &Path, to: &Path) -> String {
    let names = to.strip_prefix(from).unwrap_or(Path::new("")).components();
    names.map(|name| name.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// One line of a list: `MODE TYPE NAME`, a tabulator, and the path.
struct Entry<'a> {
    kind: Kind,
    id: ObjectId,
    path: &'a str,
}

enum Kind {
    File,
    Link,
    /// The commit of a repository that stands there.
    Repository,
}

impl<'a> Entry<'a> {
    fn read(line: &'a [u8]) -> Option<Self> {
        let (head, path) = str::from_utf8(line).ok()?.split_once('\t')?;
        let mut words = head.split(' ');
        let kind = match words.next()? {
            "120000" => Kind::Link,
            "160000" => Kind::Repository,
            _ => Kind::File,
        };
        Some(Self { kind, id: ObjectId::parse(words.nth(1)?)?, path })
    }
}
