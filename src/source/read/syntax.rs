//! Why a text is no YAML, in words of those who write it.
//!
//! The parser reports one place and one clause of its own grammar. Both are turned into what a person would look for:
//! the tab, the quote that is not closed, the line that is no `key: value`.

use super::{Flaw, refusals, scan};
use crate::source::Span;

/// The flaw that ended the reading of `text` at the byte `at`, by what the parser said about it. `open` is where the
/// innermost list or map begins.
pub(super) fn flaw(text: &str, at: usize, info: &str, open: Option<usize>) -> Flaw {
    let wrong = MEANINGS.iter().find(|(part, _)| info.contains(part)).map(|(_, wrong)| wrong);
    match wrong {
        Some(Wrong::Said(sentences)) => sentences.at(character(text, at)),
        Some(Wrong::Tab) => TAB.at(first_tab(text, at)),
        Some(Wrong::TooDeep) => refusals::too_deep(character(text, at)),
        Some(Wrong::Tag) => refusals::tag(Span::new(at, scan::word_end(text, at)), text),
        Some(Wrong::Escape) => ESCAPE.at(scan::bad_escape(text, at).unwrap_or_else(|| character(text, at))),
        Some(Wrong::Beginning) => beginning(text, character(text, at)),
        Some(Wrong::NotAnEntry) => NOT_AN_ENTRY.at(last_line_before(text, at)),
        Some(Wrong::SecondColon) => second_colon(text, character(text, at)),
        Some(Wrong::Bracket) => open_bracket(character(text, at), open.filter(|open| is_bracket(text, *open))),
        Some(Wrong::Indentation) => indentation(text, first_of_entry(text, at)),
        None => Flaw::new("syntax", character(text, at), "this is not YAML").labelled(info.to_owned()),
    }
}

/// What is wrong, as far as it matters for the sentence and its place.
enum Wrong {
    /// The message for the character that the parser reports, without a look at the text.
    Said(Sentences),
    Tab,
    TooDeep,
    Tag,
    Escape,
    Beginning,
    NotAnEntry,
    SecondColon,
    Bracket,
    Indentation,
}

/// A message, the words at the place, and what would be right.
struct Sentences(&'static str, &'static str, &'static str);

impl Sentences {
    fn at(&self, span: Span) -> Flaw {
        let Self(message, label, help) = self;
        Flaw::new("syntax", span, *message).labelled(*label).help(*help)
    }
}

/// A part of what the parser says, and what it means. The first that is found counts.
const MEANINGS: &[(&str, Wrong)] = &[
    ("a tab", Wrong::Tab),
    ("tab cannot", Wrong::Tab),
    ("tabs disallowed", Wrong::Tab),
    ("valid YAML whitespace", Wrong::Tab),
    ("recursion limit", Wrong::TooDeep),
    ("parsing a tag,", Wrong::Tag),
    ("scanning a tag,", Wrong::Tag),
    ("verbatim tag", Wrong::Tag),
    ("handle wasn't declared", Wrong::Tag),
    ("in quoted scalar", Wrong::Said(OPEN_QUOTE)),
    ("unexpected document indicator", Wrong::Said(OPEN_QUOTE)),
    ("unexpected end of stream", Wrong::Said(OPEN_QUOTE)),
    ("trailing content", Wrong::Said(AFTER_VALUE)),
    ("after document end", Wrong::Said(AFTER_VALUE)),
    ("parsing a quoted scalar", Wrong::Escape),
    ("unexpected character", Wrong::Beginning),
    ("anchor or alias", Wrong::Beginning),
    ("expected node content", Wrong::Beginning),
    ("simple key expect", Wrong::NotAnEntry),
    ("mapping values are not allowed", Wrong::SecondColon),
    ("flow mapping", Wrong::Bracket),
    ("flow sequence", Wrong::Bracket),
    ("placement of ':'", Wrong::Bracket),
    ("end of plain scalar", Wrong::Bracket),
    ("misplaced bracket", Wrong::Said(STRAY_BRACKET)),
    ("followed by ,[]{}", Wrong::Said(DASH)),
    ("block sequence entries", Wrong::Said(DASH)),
    ("valid inside a block", Wrong::Said(DASH)),
    ("block scalar", Wrong::Said(BLOCK)),
    ("invalid indentation", Wrong::Indentation),
    ("block mapping", Wrong::Indentation),
    ("block collection", Wrong::Indentation),
    ("comment", Wrong::Said(COMMENT)),
];

const TAB: Sentences = Sentences("a tab stands where only spaces may", "a tab", "indent with spaces");

const OPEN_QUOTE: Sentences =
    Sentences("this quote is not closed", "opened here", "end the text with the same quote, on the same line");

const AFTER_VALUE: Sentences = Sentences(
    "something stands behind a value that had ended",
    "this does not belong to it",
    "if it belongs to the value, put the whole value in quotes",
);

const ESCAPE: Sentences = Sentences(
    "this text in double quotes holds a `\\` that escapes nothing",
    "no escape",
    "write `\\\\` for a backslash, or use single quotes, in which it means itself",
);

const NOT_AN_ENTRY: Sentences = Sentences(
    "this line is no `key: value`",
    "a `:` and a space are missing, or the line belongs to the one before",
    "write the key, a `:`, a space, then the value",
);

const STRAY_BRACKET: Sentences = Sentences(
    "this bracket closes nothing",
    "no list or map is open",
    "take it out, or put the text that it belongs to in quotes",
);

const DASH: Sentences =
    Sentences("a list may not begin here", "this `-`", "begin the list on a line of its own, below its key");

const COMMENT: Sentences = Sentences(
    "a comment interrupts a text, or lacks the space before its `#`",
    "here",
    "put the text in quotes, or a space before the `#`",
);

const BLOCK: Sentences = Sentences(
    "this block of text (`|` or `>`) is not written as one",
    "here",
    "begin the text on the next line, all its lines with the same indentation",
);

const INDENTATION: Sentences = Sentences(
    "this line does not stand below the ones that it belongs to",
    "indented differently",
    "give all keys of a map, and all `-` of a list, the same number of spaces",
);

const DEEPER_KEY: Sentences = Sentences(
    "this key does not stand below the ones that it belongs to",
    "read as going on with the line before",
    "give all keys of a map the same number of spaces, and write `key: value` with a space after the `:`",
);

const SECOND_COLON: Sentences =
    Sentences("a second `:` stands in one value", "this would begin another value", "put the whole value in quotes");

fn indentation(text: &str, span: Span) -> Flaw {
    let inside = !before(text, span).trim().is_empty();
    if inside { AFTER_VALUE.at(span) } else { INDENTATION.at(span) }
}

fn second_colon(text: &str, span: Span) -> Flaw {
    if before(text, span).contains(": ") { SECOND_COLON.at(span) } else { DEEPER_KEY.at(span) }
}

fn beginning(text: &str, span: Span) -> Flaw {
    let message = match &text[span.range()] {
        "" => "a value is missing here".to_owned(),
        character => format!("a value cannot begin with `{character}`"),
    };
    Flaw::new("syntax", span, message).labelled("here").help("if it belongs to the text, put the text in quotes")
}

fn open_bracket(span: Span, open: Option<usize>) -> Flaw {
    let flaw = Flaw::new("syntax", span, "a `[` or `{` is not closed, or a comma is missing")
        .labelled("expected `,` or the closing bracket before this")
        .help("close a list with `]` and a map with `}`; between their parts stand commas");
    match open {
        Some(open) => flaw.also(Span::new(open, open + 1), "opened here"),
        None => flaw,
    }
}

fn is_bracket(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b'[' | b'{'))
}

/// What stands before `span` on its line.
fn before(text: &str, span: Span) -> &str {
    let start = span.range().start;
    &text[scan::line_start(text, start)..start]
}

/// The `-` with which the line begins if nothing but it stands before `at`; else the character at `at`.
fn first_of_entry(text: &str, at: usize) -> Span {
    let line = scan::line_start(text, at);
    let before = &text[line..at];
    match before.find('-') {
        Some(dash) if before.trim_matches([' ', '-']).is_empty() => Span::new(line + dash, line + dash + 1),
        Some(_) | None => character(text, at),
    }
}

/// The first tabs at or after the start of the line that holds `at`.
fn first_tab(text: &str, at: usize) -> Span {
    let line = scan::line_start(text, at);
    let Some(tab) = text[line..].find('\t').map(|found| line + found) else { return character(text, at) };
    let tabs = text[tab..].bytes().take_while(|byte| *byte == b'\t').count();
    Span::new(tab, tab + tabs)
}

/// The last line with something on it before the line that holds `at`, or this line where `at` is inside it.
fn last_line_before(text: &str, at: usize) -> Span {
    let mut end = at;
    loop {
        end = scan::trim_end(text, 0, end);
        let start = scan::line_start(text, end);
        let first = start + text[start..end].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if start == 0 || text.as_bytes().get(first) != Some(&b'#') {
            return Span::new(first, end);
        }
        end = start;
    }
}

/// The character at `at`; at the end of a line, the place behind the last one that is seen.
fn character(text: &str, at: usize) -> Span {
    let end = scan::next_char(text, at);
    if text[at..end].trim().is_empty() {
        let seen = scan::trim_end(text, 0, at);
        return Span::new(seen, seen);
    }
    Span::new(at, end)
}
