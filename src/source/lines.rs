//! Bytes -> lines and columns, as editors count them.
//!
//! A line ends with LF, CR LF or CR. A column is counted in characters; a leading byte order mark is none.

use super::Span;
use std::ops::Range;

/// The lines of one text: built once, asked often.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, starts: starts(text).collect() }
    }

    /// The whole text.
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Line and column of the byte `at`, from 1. A byte outside the text counts as its end, one inside a character as
    /// the start of this.
    #[must_use]
    pub fn position(&self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at);
        let line = self.starts.partition_point(|start| *start <= at);
        (line, column(self.text, self.starts[line - 1], at))
    }

    /// The bytes of the line with this number, from 1, without its line break and without a byte order mark; nothing
    /// if there is no such line.
    #[must_use]
    pub fn line(&self, number: usize) -> Range<usize> {
        let Some(start) = number.checked_sub(1).and_then(|at| self.starts.get(at)) else { return 0..0 };
        let next = self.starts.get(number).copied().unwrap_or(self.text.len());
        let line = &self.text[*start..next];
        let start = start + if *start == 0 { mark(line) } else { 0 };
        start..start.max(next - (line.len() - line.trim_end_matches(['\r', '\n']).len()))
    }
}

/// Line and column of the byte `at` of `text`, from 1, for one question only.
pub(super) fn position(text: &str, at: usize) -> (usize, usize) {
    let at = text.floor_char_boundary(at);
    let (index, start) = starts(text).take_while(|start| *start <= at).enumerate().last().unwrap_or_default();
    (index + 1, column(text, start, at))
}

/// The word that begins at this line and column: to the next space or sign that ends a value in YAML, or to the quote
/// that closes it.
pub(super) fn word(text: &str, line: usize, column: usize) -> Option<Span> {
    let line = Lines::new(text).line(line);
    let (at, _) = text.get(line.clone())?.char_indices().nth(column.checked_sub(1)?)?;
    let rest = &text[line.start + at..line.end];
    let length = match rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        Some(quote) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
        None => rest.find([' ', '\t', ',', ']', '}', '#']).unwrap_or(rest.len()),
    };
    Some(Span::new(line.start + at, line.start + at + length.max(1)))
}

/// The first byte of every line.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = move |(at, byte): (usize, &u8)| match byte {
        b'\n' => Some(at + 1),
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at + 1),
        _ => None,
    };
    std::iter::once(0).chain(bytes.iter().enumerate().filter_map(ends))
}

fn column(text: &str, start: usize, at: usize) -> usize {
    let before = &text[start..at];
    let marks = usize::from(start == 0 && mark(before) > 0);
    before.chars().count() - marks + 1
}

/// The length of the byte order mark with which `text` begins.
fn mark(text: &str) -> usize {
    text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len()
}
