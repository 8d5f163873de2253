//! Looks at the bytes around a place if the parser reports too little about it.

use crate::source::Span;

/// The first byte at or after `from` that is neither blank nor in a comment; the end of the text if there is none.
pub(super) fn skip_blank(text: &str, mut from: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(from) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => from += 1,
            b'#' => from = line_end(text, from),
            _ => break,
        }
    }
    from.min(text.len())
}

/// The end of the line that holds `from`, before its line break.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    let rest = &text.as_bytes()[from..];
    rest.iter().position(|byte| is_break(*byte)).map_or(text.len(), |length| from + length)
}

/// The start of the line that holds `from`.
pub(super) fn line_start(text: &str, from: usize) -> usize {
    text.as_bytes()[..from].iter().rposition(|byte| is_break(*byte)).map_or(0, |at| at + 1)
}

/// How many line breaks `text` holds.
pub(super) fn line_breaks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let crlf = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|at| is_break(bytes[*at]) && !crlf(*at)).count()
}

/// The end of `text[from..to]` without the blanks and line breaks at its end.
pub(super) fn trim_end(text: &str, from: usize, to: usize) -> usize {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    text.as_bytes()[from..to].iter().rposition(|byte| !blank(byte)).map_or(from, |last| from + last + 1)
}

/// The end of the word at `from`: before the next blank, line break or bracket, and at least nothing.
pub(super) fn word_end(text: &str, from: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']' | b'{' | b'}');
    text.as_bytes()[from..].iter().position(ends).map_or(text.len(), |length| from + length)
}

/// The byte after the quote that closes the text in quotes at `from`; `to` if it is not closed before.
pub(super) fn quote_end(text: &str, from: usize, to: usize) -> usize {
    let bytes = &text.as_bytes()[..to];
    let Some(quote) = bytes.get(from).copied() else { return to };
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        let doubled = quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        at += match byte {
            b'\\' if quote == b'"' => 2,
            byte if *byte == quote && !doubled => return at + 1,
            byte if *byte == quote => 2,
            _ => 1,
        };
    }
    to
}

/// The first `\\` in the double quotes at `from` that begins no escape of YAML, with the character behind it.
pub(super) fn bad_escape(text: &str, from: usize) -> Option<Span> {
    let mut at = from + 1;
    loop {
        at += text.get(at..)?.find('\\')?;
        let end = next_char(text, at + 1);
        let digits = match text.as_bytes().get(at + 1)? {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'0' | b'a' | b'b' | b't' | b'n' | b'v' | b'f' | b'r' | b'e' | b'"' | b'/' | b'\\' | b'N' | b'_' | b'L'
            | b'P' | b' ' | b'\t' | b'\n' | b'\r' => 0,
            _ => return Some(Span::new(at, end)),
        };
        let code = text.get(end..end + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
        if digits > 0 && code.and_then(char::from_u32).is_none() {
            return Some(Span::new(at, end));
        }
        at = end + digits;
    }
}

/// The start of the `|` or `>` of a block, looking from what was read last; `fallback` if there is none.
pub(super) fn block_start(text: &str, from: usize, fallback: usize) -> usize {
    let mut at = from;
    while at < fallback {
        at = skip_blank(text, at);
        match text.as_bytes().get(at) {
            Some(b'|' | b'>') => return at.min(fallback),
            Some(b':' | b'-' | b'?') => at += 1,
            Some(b'&' | b'!') => at = word_end(text, at + 1),
            Some(_) | None => break,
        }
    }
    fallback
}

/// The byte after the character at `from`; `from` at the end of the text.
pub(super) fn next_char(text: &str, from: usize) -> usize {
    from + text[from..].chars().next().map_or(0, char::len_utf8)
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
