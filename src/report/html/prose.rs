//! Texts for the page: hidden characters made visible, lengths bounded, and what stands between backticks as code.

use crate::diagnostic::escape_cut;

/// The longest text of a file or a live system in a sentence, in characters: a reason of a waiver is some four lines.
const LONGEST: usize = 500;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Whether it is written as code.
    pub(super) code: bool,
    /// The text.
    pub(super) text: String,
}

/// A text from outside, safe to show and never longer than a paragraph.
pub(super) fn text(text: &str) -> String {
    escape_cut(text, LONGEST).into_owned()
}

/// A sentence in pieces. A backtick that nothing closes stays one.
pub(super) fn prose(sentence: &str) -> Vec<Piece> {
    let shown = text(sentence);
    let mut pieces = Vec::new();
    let mut rest = shown.as_str();
    while let Some((before, code, after)) = next_code(rest) {
        pieces.push(Piece { code: false, text: before.to_owned() });
        pieces.push(Piece { code: true, text: code.to_owned() });
        rest = after;
    }
    pieces.push(Piece { code: false, text: rest.to_owned() });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// What stands before the first pair of backticks, between them, and behind.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

/// The first letter as a capital, to begin a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn what_stands_between_backticks_is_code() {
        for (sentence, marked) in [
            ("the button `book` has no title", "the button [book] has no title"),
            ("`a``b` c", "[a][b] c"),
            ("an odd ` stays", "an odd ` stays"),
            ("", ""),
        ] {
            let shown = prose(sentence).into_iter();
            let shown = shown.map(|piece| if piece.code { format!("[{}]", piece.text) } else { piece.text });
            assert_eq!(shown.collect::<String>(), marked);
        }
    }
}
