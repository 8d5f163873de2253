//! Bytes become the lines and columns that an editor shows, and a wrong place hides nothing.

use super::set;
use clinicctl::source::{FileId, Lines, Place, Span};
use proptest::prelude::*;

/// Line and column of the byte `at`, counted character by character.
fn counted(text: &str, at: usize) -> (usize, usize) {
    let (mut line, mut column) = (1, 1);
    for (byte, c) in text.char_indices().take_while(|(byte, c)| byte + c.len_utf8() <= at) {
        let ends = c == '\n' || c == '\r' && !text[byte + 1..].starts_with('\n');
        (line, column) = match c {
            _ if ends => (line + 1, 1),
            '\u{feff}' if byte == 0 => (line, column),
            _ => (line, column + 1),
        };
    }
    (line, column)
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["a", "å", "👩", "\n", "\r\n", "\r", "\u{feff}", " "]), 0..30)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn places_are_counted_as_editors_count(text in text(), at in 0usize..100) {
        let sources = set("a.yaml", &text);
        let location = sources.locate(Place { file: FileId(0), span: Span::new(at, at) });
        let expected = counted(&text, at);
        prop_assert_eq!((location.line as usize, location.column as usize), expected, "{:?}", text);
        prop_assert_eq!(Lines::new(&text).position(at), expected, "{:?}", text);
    }

    #[test]
    fn a_line_is_what_stands_between_line_breaks(text in text()) {
        let lines = Lines::new(&text);
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        for (at, line) in bare.split('\n').enumerate() {
            prop_assert_eq!(&text[lines.line(at + 1)], line, "line {} of {:?}", at + 1, text);
        }
        prop_assert_eq!(lines.line(bare.split('\n').count() + 1), 0..0);
        prop_assert_eq!(lines.line(0), 0..0);
    }
}

#[test]
fn a_place_of_another_set_is_shown_without_a_name() {
    let sources = set("a.yaml", "clinic: a\n");
    let location = sources.locate(Place { file: FileId(7), span: Span::new(3, 4) });
    assert_eq!(location.to_string(), ":1:1");
}
