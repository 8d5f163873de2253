//! The part of a file that a finding is drawn on: a few lines, escaped, cut around what is marked.

use super::book::{Book, Page};
use super::escape::push;
use super::{Finding, Label, escape, escape_cut};
use crate::source::{FileId, Unreadable};
use std::ops::Range;

/// A few lines of a file with what is marked in them.
pub(super) struct Excerpt {
    /// Path, line and column of the first label, escaped.
    pub(super) place: String,
    /// The lines, escaped; none of a file without text.
    pub(super) source: Option<String>,
    /// The number of the first of them.
    pub(super) first_line: usize,
    /// What is marked.
    pub(super) marks: Vec<Mark>,
}

/// Bytes of an excerpt with their text.
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) text: String,
    pub(super) primary: bool,
}

/// How far apart two marked lines may stand to be shown as one excerpt.
const NEAR: usize = 30;

/// What the line numbers and the frame take of the width, with room for six digits.
const FRAME: usize = 9;

/// The narrowest excerpt in which something can be recognised.
const NARROWEST: usize = 40;

/// The longest text at a caret. Our own are shorter; what they quote may have any length.
const LONGEST_LABEL: usize = 120;

/// The excerpts of a finding, the one with the primary place first.
pub(super) fn excerpts(finding: &Finding, book: &Book<'_>, width: usize) -> Vec<Excerpt> {
    let room = width.saturating_sub(FRAME).max(NARROWEST);
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for (at, label) in finding.labels.iter().enumerate() {
        let Some(page) = book.page(label.place) else { continue };
        let spot = Spot::of(label, page, at == 0);
        match clusters.iter_mut().find(|cluster| cluster.takes(label.place.file, &spot, room)) {
            Some(cluster) => cluster.spots.push(spot),
            None => clusters.push(Cluster { file: label.place.file, page, spots: vec![spot] }),
        }
    }
    clusters.iter().map(|cluster| cluster.excerpt(room)).collect()
}

/// A label with its line.
struct Spot<'f> {
    label: &'f Label,
    primary: bool,
    line: usize,
    column: usize,
    /// The marked bytes, on its first line only.
    span: Range<usize>,
}

/// Labels that are shown together.
struct Cluster<'f> {
    file: FileId,
    page: &'f Page<'f>,
    spots: Vec<Spot<'f>>,
}

impl<'f> Spot<'f> {
    fn of(label: &'f Label, page: &Page<'_>, primary: bool) -> Self {
        let text = page.lines.text();
        let Range { start, end } = label.place.span.range();
        let (start, end) = (text.floor_char_boundary(start), text.floor_char_boundary(end));
        let (line, column) = page.lines.position(start);
        let bytes = page.lines.line(line);
        let start = start.clamp(bytes.start, bytes.end);
        Self { label, primary, line, column, span: start..end.clamp(start, bytes.end) }
    }
}

impl Cluster<'_> {
    /// Whether a spot is near enough to be shown with the others: in lines, and in a long line in columns.
    fn takes(&self, file: FileId, spot: &Spot<'_>, room: usize) -> bool {
        let near = |other: &Spot<'_>| {
            other.line.abs_diff(spot.line) <= NEAR
                && (other.line != spot.line || other.column.abs_diff(spot.column) <= room / 3)
        };
        self.file == file && self.spots.iter().all(near)
    }

    fn excerpt(&self, room: usize) -> Excerpt {
        let Page { file, lines, .. } = self.page;
        let path = escape(&file.path);
        let first_line = self.spots.iter().map(|spot| spot.line).min().unwrap_or(1);
        if file.unreadable.as_ref().is_some_and(|why| *why != Unreadable::NotUtf8) {
            return Excerpt { place: path.into_owned(), source: None, first_line, marks: Vec::new() };
        }
        let last_line = self.spots.iter().map(|spot| spot.line).max().unwrap_or(1);
        let mut source = String::new();
        let mut marks = Vec::new();
        for number in first_line..=last_line {
            let spots: Vec<_> = self.spots.iter().filter(|spot| spot.line == number).collect();
            let window = Window::of(lines.text(), lines.line(number), &spots, room);
            window.write(self.page, &spots, &mut source, &mut marks);
        }
        let place = self.spots.first().map_or_else(String::new, |spot| format!(":{}:{}", spot.line, spot.column));
        Excerpt { place: format!("{path}{place}"), source: Some(source), first_line, marks }
    }
}

/// The bytes of a line that are shown.
struct Window {
    line: Range<usize>,
    shown: Range<usize>,
}

impl Window {
    /// The whole line if it has no more characters than `room`; else a third of it before what is marked first and
    /// the rest behind.
    fn of(text: &str, line: Range<usize>, spots: &[&Spot<'_>], room: usize) -> Self {
        if text[line.clone()].chars().nth(room).is_none() {
            return Self { shown: line.clone(), line };
        }
        let first = spots.iter().map(|spot| spot.span.start).min().unwrap_or(line.start);
        let before = text[line.start..first].char_indices().rev().nth(room / 3);
        let start = before.map_or(line.start, |(at, _)| line.start + at);
        let behind = text[start..line.end].char_indices().nth(room);
        let end = behind.map_or(line.end, |(at, _)| start + at);
        Self { line, shown: start..end }
    }

    /// Appends the line to an excerpt, and what is marked in it.
    fn write(&self, page: &Page<'_>, spots: &[&Spot<'_>], source: &mut String, marks: &mut Vec<Mark>) {
        let Self { line, shown } = self;
        let text = page.lines.text();
        source.push_str(if shown.start > line.start { "…" } else { "" });
        let mut written: Vec<(usize, usize)> = Vec::with_capacity(shown.len());
        for (at, c) in text[shown.clone()].char_indices() {
            written.push((shown.start + at, source.len()));
            match c {
                '\t' => source.push_str("    "),
                _ if page.hides(shown.start + at) => source.push('*'),
                _ => push(source, c),
            }
        }
        written.push((shown.end, source.len()));
        let place = |at: usize| {
            let next = written.partition_point(|(byte, _)| *byte < at).min(written.len() - 1);
            written[next].1
        };
        marks.extend(spots.iter().map(|Spot { label, primary, span, .. }| Mark {
            span: place(span.start)..place(span.end),
            text: escape_cut(&label.text, LONGEST_LABEL).into_owned(),
            primary: *primary,
        }));
        source.push_str(if shown.end < line.end { "…\n" } else { "\n" });
    }
}
