//! Which files a fleet has.
//!
//! The folder is walked twice: first what lies in it, then what its links lead to, so that a file that is reached both
//! ways has the path at which it lies. Folders that a link leads to are walked like others, each once.

use crate::source::Unreadable;
use std::collections::{BTreeMap, HashSet};
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file that belongs to the fleet, or something in the place of one.
pub(super) struct Found {
    /// The path as it is shown.
    pub(super) shown: String,
    /// The path from which it is read.
    pub(super) path: PathBuf,
    /// Why it is not to be read.
    pub(super) unreadable: Option<Unreadable>,
}

/// Every `*.yaml` and `*.yml` below `folder`.
///
/// # Errors
/// When the folder itself cannot be read; what is wrong below it is found.
pub(super) fn walk(folder: &Path) -> io::Result<Vec<Found>> {
    let root = fs::canonicalize(folder)?;
    fs::read_dir(&root)?;
    let mut walk = Walk { root: root.clone(), found: Vec::new(), links: BTreeMap::new(), seen: HashSet::new() };
    walk.folder(root, shown(folder));
    while let Some((shown, link)) = walk.links.pop_first() {
        walk.link(&link, shown);
    }
    Ok(walk.found)
}

/// The path of a file as it is shown, from the folder in which it was found.
pub(super) fn below<'a>(folder: &Path, file: &'a str) -> &'a str {
    let rest = file.strip_prefix(shown(folder).as_str()).unwrap_or(file);
    rest.trim_start_matches('/')
}

/// Whether a file at this path below a folder would be found.
pub(super) fn is_found(below: &str) -> bool {
    let (folders, name) = below.rsplit_once('/').unwrap_or(("", below));
    is_yaml(name) && !below.split('/').any(|name| name.starts_with('.')) && !folders.split('/').any(is_yaml)
}

struct Walk {
    /// The folder without links in its path.
    root: PathBuf,
    found: Vec<Found>,
    /// Links that are still to be followed, by how they are shown: of two links to one file the first always counts.
    links: BTreeMap<String, PathBuf>,
    /// Every file and folder that was met, without links in its path.
    seen: HashSet<PathBuf>,
}

impl Walk {
    /// Everything below a folder, without recursion: how deep folders stand is not ours to bound.
    fn folder(&mut self, path: PathBuf, shown: String) {
        let mut waiting = vec![(path, shown)];
        while let Some((path, shown)) = waiting.pop() {
            if !self.seen.insert(path.clone()) {
                continue;
            }
            match fs::read_dir(&path) {
                Ok(entries) => waiting.extend(entries.filter_map(|entry| self.entry(entry, &shown))),
                Err(error) => self.refused(shown, &error),
            }
        }
    }

    /// Takes one entry; a folder is answered, to be walked.
    fn entry(&mut self, entry: io::Result<DirEntry>, parent: &str) -> Option<(PathBuf, String)> {
        let (entry, kind) = match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
            Ok((kind, entry)) => (entry, kind),
            Err(error) => {
                self.refused(parent.to_owned(), &error);
                return None;
            }
        };
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            return None;
        }
        let shown = join(parent, &name);
        if kind.is_symlink() {
            self.links.insert(shown, entry.path());
        } else if kind.is_dir() && !is_yaml(&name) {
            return Some((entry.path(), shown));
        } else if is_yaml(&name) {
            self.file(entry.path(), shown, kind);
        }
        None
    }

    fn file(&mut self, path: PathBuf, shown: String, kind: FileType) {
        if self.seen.insert(path.clone()) {
            let unreadable = (!kind.is_file()).then(|| Unreadable::NotAFile(what(kind)));
            self.found.push(Found { shown, path, unreadable });
        }
    }

    fn link(&mut self, link: &Path, shown: String) {
        let target = fs::canonicalize(link).and_then(|target| Ok((fs::metadata(&target)?.file_type(), target)));
        let (kind, target) = match target {
            Ok(target) => target,
            Err(_) if !is_yaml(&shown) => return,
            Err(error) => return self.refused(shown, &error),
        };
        if !kind.is_dir() && !is_yaml(&shown) {
            return;
        }
        if !target.starts_with(&self.root) {
            let unreadable = Some(Unreadable::LeavesFolder);
            self.found.push(Found { shown, path: target, unreadable });
        } else if kind.is_dir() && !is_yaml(&shown) {
            self.folder(target, shown);
        } else {
            self.file(target, shown, kind);
        }
    }

    fn refused(&mut self, shown: String, error: &io::Error) {
        let unreadable = Some(Unreadable::Refused(error.to_string()));
        self.found.push(Found { shown, path: PathBuf::new(), unreadable });
    }
}

/// The folder as it was typed, without `./` at its start and `/` at its end; empty for the folder that one is in.
pub(super) fn shown(folder: &Path) -> String {
    let typed = folder.to_string_lossy();
    let mut typed = typed.as_ref();
    while let Some(rest) = typed.strip_prefix("./") {
        typed = rest.trim_start_matches('/');
    }
    match typed {
        "." => String::new(),
        "/" => typed.to_owned(),
        _ => typed.trim_end_matches('/').to_owned(),
    }
}

fn join(parent: &str, name: &str) -> String {
    match parent {
        "" => name.to_owned(),
        _ => format!("{}/{name}", parent.trim_end_matches('/')),
    }
}

/// Whether a file of this name is read.
pub(super) fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// What something is that is no regular file, with its article.
#[cfg(unix)]
pub(super) fn what(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match kind {
        kind if kind.is_dir() => "a folder",
        kind if kind.is_fifo() => "a pipe",
        kind if kind.is_socket() => "a socket",
        _ => "a device",
    }
}

/// What something is that is no regular file, with its article.
#[cfg(not(unix))]
pub(super) fn what(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "no regular file" }
}
