//! Lines that flow: words in colours, broken between words if a line would be longer than a terminal is wide.

use crate::report::Paint;

/// What a terminal shows in a line everywhere. A narrower one breaks the lines itself; nothing depends on their width.
const COLUMNS: usize = 80;

/// How a word is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As it is.
    Plain,
    /// What is added.
    Added,
    /// What is changed.
    Changed,
    /// What is removed or wrong.
    Removed,
    /// What a line is about.
    Title,
    /// What may be skipped.
    Aside,
}

/// A line before it is broken. Texts in it are escaped already.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    /// Blanks before the first line.
    indent: usize,
    /// Blanks before the others.
    hanging: usize,
    pieces: Vec<(Ink, String)>,
}

impl Flow {
    /// An empty line; what does not fit into it stands below, further in.
    pub(super) const fn new(indent: usize, hanging: usize) -> Self {
        Self { indent, hanging, pieces: Vec::new() }
    }

    /// Adds text. It is broken at its blanks; it sticks to what stands before it without one.
    pub(super) fn add(mut self, ink: Ink, text: impl Into<String>) -> Self {
        self.pieces.push((ink, text.into()));
        self
    }

    /// Adds pieces.
    pub(super) fn extend(mut self, pieces: impl IntoIterator<Item = (Ink, String)>) -> Self {
        self.pieces.extend(pieces);
        self
    }

    /// The line, or lines, each with its end.
    pub(super) fn end(self, paint: Paint) -> String {
        let mut text = String::new();
        let mut line: Vec<(Ink, String)> = Vec::new();
        let mut column = self.indent;
        let mut indent = self.indent;
        for word in words(&self.pieces) {
            let width: usize = word.iter().map(|(_, part)| part.chars().count()).sum();
            if !line.is_empty() && column + 1 + width > COLUMNS {
                push_line(&mut text, indent, &line, paint);
                line.clear();
                (column, indent) = (self.hanging, self.hanging);
            } else if !line.is_empty() {
                push_part(&mut line, Ink::Plain, " ");
                column += 1;
            }
            word.iter().for_each(|(ink, part)| push_part(&mut line, *ink, part));
            column += width;
        }
        push_line(&mut text, indent, &line, paint);
        text
    }
}

/// The words of `pieces`, each in the parts that have different inks.
fn words(pieces: &[(Ink, String)]) -> Vec<Vec<(Ink, &str)>> {
    let mut words: Vec<Vec<(Ink, &str)>> = vec![Vec::new()];
    for (ink, piece) in pieces {
        for (at, part) in piece.split(' ').enumerate() {
            if at > 0 {
                words.push(Vec::new());
            }
            if let Some(word) = words.last_mut().filter(|_| !part.is_empty()) {
                word.push((*ink, part));
            }
        }
    }
    words
}

/// Appends to the last part if it has the same ink, so that a phrase is coloured once. A blank has every ink.
fn push_part(line: &mut Vec<(Ink, String)>, ink: Ink, part: &str) {
    match line.last_mut() {
        Some((last, text)) if *last == ink || part == " " => text.push_str(part),
        _ => line.push((ink, part.to_owned())),
    }
}

fn push_line(text: &mut String, indent: usize, line: &[(Ink, String)], paint: Paint) {
    let mut shown = " ".repeat(indent);
    for (ink, part) in line {
        let bare = part.trim_end_matches(' ');
        shown.push_str(&painted(*ink, bare, paint));
        shown.push_str(&part[bare.len()..]);
    }
    text.push_str(shown.trim_end_matches(' '));
    text.push('\n');
}

fn painted(ink: Ink, text: &str, paint: Paint) -> String {
    match ink {
        Ink::Plain => text.to_owned(),
        Ink::Added => paint.added(text),
        Ink::Changed => paint.changed(text),
        Ink::Removed => paint.removed(text),
        Ink::Title => paint.title(text),
        Ink::Aside => paint.aside(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Flow, Ink};
    use crate::report::Paint;

    #[test]
    fn lines_break_between_words_and_lose_none() {
        let words = (0..60).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
        let text = Flow::new(2, 6).add(Ink::Plain, words.as_str()).end(Paint::Plain);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("      word")), "{text}");
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), words);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_stays_whole() {
        let long = "x".repeat(200);
        let text = Flow::new(0, 4).add(Ink::Plain, "a ").add(Ink::Added, long.as_str()).end(Paint::Plain);
        assert_eq!(text, format!("a\n    {long}\n"));
    }

    #[test]
    fn a_phrase_is_coloured_once_and_a_word_may_have_two_colours() {
        let text = Flow::new(0, 0).add(Ink::Added, "a b").add(Ink::Plain, ", c").end(Paint::Coloured);
        assert_eq!(text, "\u{1b}[32ma b\u{1b}[0m, c\n");
    }
}
