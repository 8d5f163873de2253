//! Characters that may stand in no file, not even in a comment: what is not seen cannot be reviewed.
//!
//! Refused are the control characters (but tab and line breaks), three characters of no width, and everything that
//! turns the direction of text. The joiners U+200C and U+200D are not refused: Persian and several Indic languages
//! cannot be spelled without them, nor can many emoji, and titles of buttons may hold both. Where they could deceive,
//! in ids and addresses, the alphabets of these refuse them.

use super::{Flaw, MOST_FLAWS};
use crate::source::Span;
use std::borrow::Cow;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Every run of refused characters in `text`, the first hundred or so.
pub(super) fn refused(text: &str) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = Vec::new();
    let mut from = start(text);
    while let Some((at, c, refusal)) = next_refused(text, from) {
        from = at + c.len_utf8();
        match flaws.last_mut() {
            Some(last) if last.refusal == refusal && last.span.range().end == at => {
                last.span = Span::new(last.span.range().start, from);
            }
            Some(_) | None => flaws.push(flaw(c, refusal, Span::new(at, from))),
        }
        if flaws.len() > MOST_FLAWS {
            break;
        }
    }
    flaws
}

/// Where the text begins after its byte order mark.
pub(super) fn start(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
}

/// How many refused characters `text` holds.
pub(super) fn count(text: &str) -> usize {
    text.chars().filter(|c| refusal_of(*c).is_some()).count()
}

/// The first refused character of `text`, with its refusal.
pub(super) fn first(text: &str) -> Option<(char, &'static str)> {
    text.chars().find_map(|c| Some((c, refusal_of(c)?)))
}

/// How a refused character is called.
pub(super) fn name(c: char) -> String {
    let known = match c {
        '\0' => "NUL",
        '\u{8}' => "backspace",
        '\u{b}' | '\u{c}' => "page or line feed",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{85}' => "next line",
        '\u{200b}' => "zero-width space",
        '\u{2060}' => "word joiner",
        BYTE_ORDER_MARK => "byte order mark",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{61c}' => "Arabic letter mark",
        '\u{202a}' | '\u{202b}' => "start of an embedded direction",
        '\u{202c}' | '\u{2069}' => "end of a turned direction",
        '\u{202d}' | '\u{202e}' => "overridden direction",
        '\u{2066}'..='\u{2068}' => "start of an isolated direction",
        _ => return format!("U+{:04X}", u32::from(c)),
    };
    format!("U+{:04X} ({known})", u32::from(c))
}

/// `text` as the parser can take it. NUL and an inner byte order mark would end its work, so that the rest of the
/// file went unread; characters of the same width stand in for them. They are refused already.
pub(super) fn parseable<'t>(text: &'t str, flaws: &[Flaw]) -> Cow<'t, str> {
    if flaws.is_empty() {
        return Cow::Borrowed(text);
    }
    let (head, rest) = text.split_at(start(text));
    Cow::Owned(format!("{head}{}", rest.replace('\0', "\u{1}").replace(BYTE_ORDER_MARK, "\u{fffd}")))
}

fn flaw(c: char, refusal: &'static str, span: Span) -> Flaw {
    let name = name(c);
    if refusal == "bidirectional-control" {
        return Flaw::new(refusal, span, format!("the invisible character {name} turns the direction of the text"))
            .labelled("what is shown here is not what is read")
            .help("take it out; letters that are written from right to left need no such character");
    }
    Flaw::new(refusal, span, format!("the invisible character {name} may not stand in a file"))
        .labelled("an invisible character")
        .help("take it out; deleting and typing the word anew is the simplest way")
}

/// The first refused character of `text` at or after `from`, with its place and its refusal.
fn next_refused(text: &str, mut from: usize) -> Option<(usize, char, &'static str)> {
    loop {
        let at = from + text.as_bytes()[from..].iter().position(|byte| is_suspicious(*byte))?;
        let c = text[at..].chars().next()?;
        if let Some(refusal) = refusal_of(c) {
            return Some((at, c, refusal));
        }
        from = at + c.len_utf8();
    }
}

/// Whether a refused character can begin with this byte. None of these continues a character.
const fn is_suspicious(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0b | 0x0c | 0x0e..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef)
}

const fn refusal_of(c: char) -> Option<&'static str> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}' | '\u{2060}' | BYTE_ORDER_MARK => Some("control-character"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("bidirectional-control")
        }
        _ => None,
    }
}
