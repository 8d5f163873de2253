//! Texts in which no program that runs pipelines finds a command.
//!
//! Such programs read what a job prints, and obey some of it. GitHub's runner takes `::name ...::` at the beginning of a
//! line, after blanks, and `##[name ...]` anywhere in one; the agent of Azure Pipelines takes `##vso[...]` and
//! `##[...]`, TeamCity `##teamcity[...]`; GitLab opens and closes sections of a log at `section_start:...` and
//! `section_end:...`. What a file or a live system says must do none of that, whatever line it comes to stand in.
//!
//! Only the character that would complete the beginning of a command is spelt out. A person sees which one it was,
//! nothing else of the text changes, and it may come in any pieces.

use super::escape::is_hidden;
use std::fmt::Write as _;

/// How a character is spelt out where it may not stand as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `\u{3a}`, for people: as [`escape`](super::escape()) spells hidden ones.
    Text,
    /// `\u003a`, in a text of a JSON document, where it means the same.
    Json,
    /// `&#58;`, in a text or an attribute of XML or HTML, where it means the same.
    Markup,
}

/// Goes through a text, piece by piece, and spells out what would complete the beginning of a command.
#[derive(Debug, Clone)]
pub struct Disarmer {
    notation: Notation,
    /// The text as it is.
    whole: Watch,
    /// The text without colours, for programs that take these out before they look.
    bare: Watch,
    colour: Colour,
}

impl Disarmer {
    /// At the beginning of a line.
    #[must_use]
    pub const fn new(notation: Notation) -> Self {
        Self { notation, whole: Watch::BEGIN, bare: Watch::BEGIN, colour: Colour::None }
    }

    /// Behind something that stands in the line already.
    #[must_use]
    pub const fn within_a_line(notation: Notation) -> Self {
        Self { notation, whole: Watch::WITHIN, bare: Watch::WITHIN, colour: Colour::None }
    }

    /// A text that is there as a whole. Nearly always it is what it was.
    #[must_use]
    pub fn disarm(mut self, text: String) -> String {
        if !is_suspect(&text) {
            return text;
        }
        let mut disarmed = String::with_capacity(text.len() + 64);
        self.push(&text, &mut disarmed);
        disarmed
    }

    /// Appends the next piece to what there is of it in `to`.
    pub fn push(&mut self, piece: &str, to: &mut String) {
        for c in piece.chars() {
            let in_whole = self.whole.completes(c);
            let in_bare = !self.colour.holds(c) && self.bare.completes(c);
            if in_whole || in_bare {
                (self.whole, self.bare) = (Watch::WITHIN, Watch::WITHIN);
                self.notation.spell(c, to);
            } else {
                to.push(c);
            }
        }
    }
}

/// Whether a command could begin anywhere in `text`: quickly said, and with a yes too often.
fn is_suspect(text: &str) -> bool {
    ["::", "##", "section_", "\u{1b}", "\u{9b}"].iter().any(|sign| text.contains(sign))
}

impl Notation {
    fn spell(self, c: char, to: &mut String) {
        let code = u32::from(c);
        // Writing to a text cannot fail.
        let _ = match self {
            Self::Text => write!(to, "\\u{{{code:x}}}"),
            Self::Json => write!(to, "\\u{code:04x}"),
            Self::Markup => write!(to, "&#{code};"),
        };
    }
}

/// What of a line was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Blanks at most.
    Begins,
    /// Then a colon.
    Colon,
    /// Something.
    Goes,
}

/// What the last characters may be the beginning of.
#[derive(Debug, Clone, Copy)]
struct Watch {
    line: Line,
    /// The last sixteen characters as bytes, where a byte of zero stands for what no command begins with.
    last: u128,
}

impl Watch {
    const BEGIN: Self = Self { line: Line::Begins, last: 0 };
    const WITHIN: Self = Self { line: Line::Goes, last: 0 };

    /// Goes on by `c`, and says whether a command has begun with it.
    fn completes(&mut self, c: char) -> bool {
        let last = self.last.to_be_bytes();
        let completes = match c {
            ':' => self.line == Line::Colon || last.ends_with(b"section_start") || last.ends_with(b"section_end"),
            '[' => names_a_command(&last),
            _ => false,
        };
        self.last = (self.last << 8) | u128::from(u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or_default());
        self.line = match (self.line, c) {
            _ if ends_a_line(c) => Line::Begins,
            (Line::Begins, ':') => Line::Colon,
            (Line::Begins, c) if c.is_whitespace() || is_hidden(c) => Line::Begins,
            (Line::Begins | Line::Colon | Line::Goes, _) => Line::Goes,
        };
        completes
    }
}

/// Whether `last` ends with `##` or with `##` and letters.
fn names_a_command(last: &[u8]) -> bool {
    let letters = last.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    last[..last.len() - letters].ends_with(b"##")
}

/// Whether any reader that is in use takes `c` for the end of a line.
const fn ends_a_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How much of an escape sequence was seen that sets a colour or moves the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colour {
    None,
    Escape,
    Numbers,
}

impl Colour {
    /// Whether `c` belongs to one. None holds a character with which a command could begin.
    const fn holds(&mut self, c: char) -> bool {
        let (seen, holds) = match (*self, c) {
            (_, '\u{1b}') => (Self::Escape, true),
            (_, '\u{9b}') | (Self::Escape, '[') => (Self::Numbers, true),
            (Self::Numbers, '0'..='9' | ';' | '?') => (Self::Numbers, true),
            (Self::Numbers, 'A'..='Z' | 'a'..='z') => (Self::None, true),
            (Self::None | Self::Escape | Self::Numbers, _) => (Self::None, false),
        };
        *self = seen;
        holds
    }
}
