//! The lines of every file that findings speak of, counted once a file.

use super::Finding;
use crate::source::{FileId, Lines, Place, SourceFile, SourceSet};
use std::collections::BTreeMap;
use std::ops::Range;

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
    /// Bytes whose digits are not to be repeated anywhere, in their order.
    secret: Vec<Range<usize>>,
}

/// The finding whose places no drawing may repeat, whatever else it is drawn for: logs of pipelines are read by many.
const SECRET: &str = "personal-number";

impl Page<'_> {
    /// Whether the character at this byte is a digit that is not to be repeated.
    pub(super) fn hides(&self, at: usize) -> bool {
        let next = self.secret.partition_point(|secret| secret.end <= at);
        let digit = self.lines.text().as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        digit && self.secret.get(next).is_some_and(|secret| secret.contains(&at))
    }
}

impl<'s> Book<'s> {
    /// The files that `findings`, sorted by place, speak of. Places in other sets than `sources` are forgotten.
    pub(super) fn of(findings: &[&Finding], sources: &'s SourceSet) -> Self {
        let labels = findings.iter().flat_map(|finding| &finding.labels);
        let mut pages = BTreeMap::<FileId, Page<'s>>::new();
        for id in labels.map(|label| label.place.file) {
            if let Some(file) = sources.files().get(id.0 as usize) {
                pages.entry(id).or_insert_with(|| Page { file, lines: Lines::new(&file.text), secret: Vec::new() });
            }
        }
        let secret = findings.iter().filter(|finding| finding.rule == SECRET).flat_map(|finding| &finding.labels);
        for place in secret.map(|label| label.place) {
            if let Some(page) = pages.get_mut(&place.file) {
                page.secret.push(place.span.range());
            }
        }
        Self { pages }
    }

    /// The file of `place`.
    pub(super) fn page(&self, place: Place) -> Option<&Page<'s>> {
        self.pages.get(&place.file)
    }
}
