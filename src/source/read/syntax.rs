//! Why a text is no YAML, in words of those who write it.
//!
//! The parser tells one place and one clause of its own grammar. Both are turned into what a person would look for:
//! the tab, the quote that is not closed, the line that is no `key: value`.

use super::Flaw;
use super::refusals;
use super::scan;
use crate::source::Span;

/// The flaw that ended the reading of `text` at the byte `at`, by what the parser said about it. `open` is where the
/// innermost list or map begins.
pub(super) fn flaw(text: &str, at: usize, info: &str, open: Option<usize>) -> Flaw {
    let wrong = Wrong::of(info);
    let span = wrong.span(text, at);
    match wrong {
        Wrong::TooDeep => refusals::too_deep(span),
        Wrong::Tag => refusals::tag(span, &text[span.range()]),
        Wrong::Reserved => reserved(text, span),
        Wrong::SecondColon => second_colon(text, span),
        Wrong::Bracket => open_bracket(text, span, open),
        Wrong::Indentation if is_inside(text, span) => Wrong::AfterValue.said(span),
        Wrong::Other => Flaw::new("syntax", span, "this is not YAML").labelled(info.to_owned()),
        Wrong::Tab
        | Wrong::OpenQuote
        | Wrong::AfterValue
        | Wrong::Escape
        | Wrong::NotAnEntry
        | Wrong::StrayBracket
        | Wrong::Dash
        | Wrong::Indentation
        | Wrong::Comment
        | Wrong::Block => wrong.said(span),
    }
}

/// What is wrong, as far as it matters for the sentence and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Tab,
    TooDeep,
    Tag,
    OpenQuote,
    AfterValue,
    Escape,
    Reserved,
    NotAnEntry,
    SecondColon,
    Bracket,
    StrayBracket,
    Dash,
    Indentation,
    Comment,
    Block,
    Other,
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
    ("in quoted scalar", Wrong::OpenQuote),
    ("unexpected document indicator", Wrong::OpenQuote),
    ("unexpected end of stream", Wrong::OpenQuote),
    ("trailing content", Wrong::AfterValue),
    ("after document end", Wrong::AfterValue),
    ("parsing a quoted scalar", Wrong::Escape),
    ("unexpected character", Wrong::Reserved),
    ("anchor or alias", Wrong::Reserved),
    ("expected node content", Wrong::Reserved),
    ("simple key expect", Wrong::NotAnEntry),
    ("mapping values are not allowed", Wrong::SecondColon),
    ("flow mapping", Wrong::Bracket),
    ("flow sequence", Wrong::Bracket),
    ("placement of ':'", Wrong::Bracket),
    ("misplaced bracket", Wrong::StrayBracket),
    ("end of plain scalar", Wrong::Bracket),
    ("followed by ,[]{}", Wrong::Dash),
    ("block sequence entries", Wrong::Dash),
    ("valid inside a block", Wrong::Dash),
    ("block scalar", Wrong::Block),
    ("invalid indentation", Wrong::Indentation),
    ("block mapping", Wrong::Indentation),
    ("block collection", Wrong::Indentation),
    ("comment", Wrong::Comment),
];

impl Wrong {
    fn of(info: &str) -> Self {
        MEANINGS.iter().find(|(part, _)| info.contains(part)).map_or(Self::Other, |(_, wrong)| *wrong)
    }

    fn span(self, text: &str, at: usize) -> Span {
        match self {
            Self::Tab => first_tab(text, at),
            Self::NotAnEntry => last_line_before(text, at),
            Self::Tag => Span::new(at, scan::word_end(text, at)),
            Self::Indentation => first_of_entry(text, at),
            Self::Escape => scan::bad_escape(text, at).unwrap_or_else(|| character(text, at)),
            Self::TooDeep
            | Self::OpenQuote
            | Self::AfterValue
            | Self::Reserved
            | Self::SecondColon
            | Self::Bracket
            | Self::StrayBracket
            | Self::Dash
            | Self::Comment
            | Self::Block
            | Self::Other => character(text, at),
        }
    }
}

/// `(message, label, help)` of what needs no look at the text.
type Sentences = (&'static str, &'static str, &'static str);

impl Wrong {
    fn said(self, span: Span) -> Flaw {
        let (message, label, help) = self.sentences();
        Flaw::new("syntax", span, message).labelled(label).help(help)
    }

    const fn sentences(self) -> Sentences {
        match self {
            Self::Tab => ("a tab stands where only spaces may", "a tab", "indent with spaces"),
            Self::OpenQuote => {
                ("this quote is not closed", "opened here", "end the text with the same quote, on the same line")
            }
            Self::AfterValue => (
                "something stands behind a value that had ended",
                "this does not belong to it",
                "if it belongs to the value, put the whole value in quotes",
            ),
            Self::Escape => (
                "this text in double quotes holds a `\\` that escapes nothing",
                "no escape",
                "write `\\\\` for a backslash, or use single quotes, in which it means itself",
            ),
            Self::NotAnEntry => (
                "this line is no `key: value`",
                "a `:` and a space are missing, or the line belongs to the one before",
                "write the key, a `:`, a space, then the value",
            ),
            Self::StrayBracket => (
                "this bracket closes nothing",
                "no list or map is open",
                "take it out, or put the text that it belongs to in quotes",
            ),
            Self::Dash => {
                ("a list may not begin here", "this `-`", "begin the list on a line of its own, below its key")
            }
            Self::Comment => (
                "a comment interrupts a text, or lacks the space before its `#`",
                "here",
                "put the text in quotes, or a space before the `#`",
            ),
            Self::Block => (
                "this block of text (`|` or `>`) is not written as one",
                "here",
                "begin the text on the next line, all its lines with the same indentation",
            ),
            Self::Indentation
            | Self::TooDeep
            | Self::Tag
            | Self::Reserved
            | Self::SecondColon
            | Self::Bracket
            | Self::Other => (
                "this line does not stand below the ones that it belongs to",
                "indented differently",
                "give all keys of a map, and all `-` of a list, the same number of spaces",
            ),
        }
    }
}

fn open_bracket(text: &str, span: Span, open: Option<usize>) -> Flaw {
    let flaw = Flaw::new("syntax", span, "a `[` or `{` is not closed, or a comma is missing")
        .labelled("expected `,` or the closing bracket before this")
        .help("close a list with `]` and a map with `}`; between their parts stand commas");
    match open.filter(|open| matches!(text.as_bytes().get(*open), Some(b'[' | b'{'))) {
        Some(open) => flaw.also(Span::new(open, open + 1), "opened here"),
        None => flaw,
    }
}

fn reserved(text: &str, span: Span) -> Flaw {
    let begins = &text[span.range()];
    let message = if begins.trim().is_empty() {
        "a value is missing here".to_owned()
    } else {
        format!("a value cannot begin with `{begins}`")
    };
    Flaw::new("syntax", span, message).labelled("here").help("if it belongs to the text, put the text in quotes")
}

fn second_colon(text: &str, span: Span) -> Flaw {
    let before = &text[scan::line_start(text, span.range().start)..span.range().start];
    if before.contains(": ") {
        return Flaw::new("syntax", span, "a second `:` stands in one value")
            .labelled("this would begin another value")
            .help("put the whole value in quotes");
    }
    Flaw::new("syntax", span, "this key does not stand below the ones that it belongs to")
        .labelled("read as going on with the line before")
        .help("give all keys of a map the same number of spaces, and write `key: value` with a space after the `:`")
}

/// Whether something else stands before `span` on its line.
fn is_inside(text: &str, span: Span) -> bool {
    let start = span.range().start;
    !text[scan::line_start(text, start)..start].trim().is_empty()
}

/// The `-` with which the line begins where nothing but it stands before `at`; else the character at `at`.
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
