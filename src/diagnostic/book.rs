//! The lines of every file that findings speak of, counted once a file.

use super::Finding;
use crate::source::FileId;
use crate::source::Lines;
use crate::source::Place;
use crate::source::SourceFile;
use crate::source::SourceSet;
use std::collections::BTreeMap;

/// The files that findings speak of.
pub(super) struct Book<'s> {
    pages: BTreeMap<FileId, Page<'s>>,
}

/// One file with its lines.
pub(super) struct Page<'s> {
    /// The file.
    pub(super) file: &'s SourceFile,
    /// Its lines.
    pub(super) lines: Lines<'s>,
}

impl<'s> Book<'s> {
    /// The files that `findings` speak of. Places in other sets than `sources` are forgotten.
    pub(super) fn of(findings: &[&Finding], sources: &'s SourceSet) -> Self {
        let labels = findings.iter().flat_map(|finding| &finding.labels);
        let mut pages = BTreeMap::new();
        for id in labels.map(|label| label.place.file) {
            if let Some(file) = sources.files().get(id.0 as usize) {
                pages.entry(id).or_insert_with(|| Page { file, lines: Lines::new(&file.text) });
            }
        }
        Self { pages }
    }

    /// The file of `place`.
    pub(super) fn page(&self, place: Place) -> Option<&Page<'s>> {
        self.pages.get(&place.file)
    }
}
