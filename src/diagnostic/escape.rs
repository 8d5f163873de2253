//! Texts of files and servers, made harmless for a terminal.
//!
//! Escaped is what a reader cannot see or what changes how other text is shown: control characters, everything that
//! turns the direction of text, characters without width or glyph, and the separators that break a line. The joiners of
//! Persian and of emoji are escaped as well: terminals disagree about their width, and two ids that differ only in one
//! must not look the same.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` with every hidden character as `\u{..}`.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut escaped, c));
    Cow::Owned(escaped)
}

/// [`escape`], cut with `…` if the result would be longer than `most` characters. It costs no more than what it
/// shows, however long `text` is.
#[must_use]
pub fn escape_cut(text: &str, most: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(most) else { return cut(escape(text), most) };
    cut(Cow::Owned(format!("{}…", escape(&text[..end]))), most)
}

fn cut(escaped: Cow<'_, str>, most: usize) -> Cow<'_, str> {
    let Some(keep) = most.checked_sub(1) else { return Cow::Borrowed("") };
    let mut ends = escaped.char_indices().map(|(at, _)| at).skip(keep);
    match (ends.next(), ends.next()) {
        (Some(end), Some(_)) => Cow::Owned(format!("{}…", &escaped[..end])),
        (Some(_) | None, _) => escaped,
    }
}

/// Appends `c`, as `\u{..}` if it is hidden.
pub(super) fn push(text: &mut String, c: char) {
    if is_hidden(c) {
        // Writing to a text cannot fail.
        let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
    } else {
        text.push(c);
    }
}

/// Whether `c` is not seen, or changes how other text is seen.
pub(super) fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control() || HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Characters without a glyph of their own (Unicode's default-ignorable ones, but for the variation selectors of
/// emoji), the separators that break a line, the annotation anchors, and the codes of the first plane that are no
/// characters: no XML may hold the last two.
const HIDDEN: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{fffe}', '\u{ffff}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];
