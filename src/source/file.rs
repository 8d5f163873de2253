//! The files of one run, read once.

use super::{FileId, Location, Place, lines};
use std::sync::Arc;

/// One file of a fleet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as it is shown, with `/` between its parts.
    pub path: Arc<str>,
    /// The text; up to the first wrong byte if the file is not UTF-8, empty if it could not be read.
    pub text: String,
    /// Why the text is not to be used.
    pub unreadable: Option<Unreadable>,
}

/// Why a file has no usable text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Longer than 1 MiB.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// A byte that is not UTF-8, right after `text`.
    NotUtf8,
    /// A link to something outside the folder.
    LeavesFolder,
    /// A folder, pipe, device or socket where a file was expected; what it is, with its article.
    NotAFile(&'static str),
    /// The operating system refused; what it said.
    Refused(String),
}

/// All files of one run: the fleet's in the order of their paths, and behind them what was added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceSet {
    files: Vec<SourceFile>,
}

impl SourceSet {
    /// A set of these files, sorted by path.
    #[must_use]
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// Adds a file that is none of the fleet's, so that something can be said about places in it.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// The files with their ids, in the order of these.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(u32::try_from(at).unwrap_or(u32::MAX)), file))
    }

    /// All files, in the order of their ids.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// One file.
    ///
    /// # Panics
    /// When `id` comes from another set.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Line and column of the start of `place`. A place outside its text counts as the end of it, and a file that is
    /// not of this set is shown without a name: a wrong place may not hide what is to be said there.
    #[must_use]
    pub fn locate(&self, place: Place) -> Location {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let Some(file) = self.files.get(place.file.0 as usize) else {
            return Location { file: Arc::from(""), line: 1, column: 1 };
        };
        let (line, column) = lines::position(&file.text, place.span.range().start);
        Location { file: Arc::clone(&file.path), line: count(line), column: count(column) }
    }

    /// The word that stands at `location`; nothing if no file of this set has such a place.
    #[must_use]
    pub fn place(&self, location: &Location) -> Option<Place> {
        let (file, text) =
            self.iter().find(|(_, file)| file.path == location.file).map(|(id, file)| (id, &file.text))?;
        Some(Place { file, span: lines::word(text, location.line as usize, location.column as usize)? })
    }
}
