//! Texts in which no program that runs pipelines finds a command.
//!
//! Such programs read what a job prints, and obey some of it. GitHub's runner takes `::name ...::` at the beginning of a
//! line, after blanks, and `##[name ...]` anywhere in one; the agent of Azure Pipelines takes `##vso[...]` and
//! `##[...]`, TeamCity `##teamcity[...]`; GitLab opens and closes sections of a log at `section_start:...` and
//! `section_end:...`. What a file or a live system says must do none of that, whatever line it comes to stand in.
//!
//! Only the character that would complete the beginning of a command is spelt out. A person sees which one it was,
//! nothing else of the text changes, and it may come in any pieces. Three colons begin nothing, since no command has a
//! name with a colon: a place in a second file is drawn with them.

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
    /// Whether a colon waits for what follows it, behind another one at the beginning of a line.
    held: bool,
}

impl Disarmer {
    /// At the beginning of a line.
    #[must_use]
    pub const fn new(notation: Notation) -> Self {
        Self { notation, whole: Watch::BEGIN, bare: Watch::BEGIN, colour: Colour::None, held: false }
    }

    /// Behind something that stands in the line already.
    #[must_use]
    pub const fn within_a_line(notation: Notation) -> Self {
        Self { whole: Watch::WITHIN, bare: Watch::WITHIN, ..Self::new(notation) }
    }

    /// A text that is there as a whole. Nearly always it is what it was.
    #[must_use]
    pub fn disarm(mut self, text: String) -> String {
        if !is_suspect(&text) {
            return text;
        }
        let mut disarmed = String::with_capacity(text.len() + 64);
        for line in text.split_inclusive('\n') {
            if is_suspect(line) {
                self.push(line, &mut disarmed);
            } else {
                disarmed.push_str(line);
            }
            // Nothing that a line holds reaches into the next one.
            self = if line.ends_with('\n') { Self::new(self.notation) } else { self };
        }
        self.end(&mut disarmed);
        disarmed
    }

    /// Appends the next piece to what there is of it in `to`.
    pub fn push(&mut self, piece: &str, to: &mut String) {
        for c in piece.chars() {
            if c == ':' && std::mem::take(&mut self.held) {
                to.push(c);
            }
            self.end(to);
            let in_whole = self.whole.sees(c);
            let in_bare = if self.colour.holds(c) { Begun::Nothing } else { self.bare.sees(c) };
            let begun = in_whole.max(in_bare);
            if begun != Begun::Nothing {
                (self.whole, self.bare) = (Watch::WITHIN, Watch::WITHIN);
            }
            match begun {
                Begun::Nothing => to.push(c),
                Begun::Colons => self.held = true,
                Begun::Command => self.notation.spell(c, to),
            }
        }
    }

    /// Appends what waits for something behind it, where nothing comes any more.
    pub fn end(&mut self, to: &mut String) {
        if std::mem::take(&mut self.held) {
            self.notation.spell(':', to);
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

/// What has begun with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Begun {
    Nothing,
    /// A command, unless a third colon follows.
    Colons,
    Command,
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
    /// Whether two hash signs were seen, and then nothing but letters.
    named: bool,
    /// The last sixteen characters as bytes, where a byte of zero stands for what no command begins with.
    last: u128,
}

impl Watch {
    const BEGIN: Self = Self { line: Line::Begins, named: false, last: 0 };
    const WITHIN: Self = Self { line: Line::Goes, named: false, last: 0 };

    /// Goes on by `c`, and says what has begun with it.
    fn sees(&mut self, c: char) -> Begun {
        let last = self.last.to_be_bytes();
        let begun = match c {
            ':' if self.line == Line::Colon => Begun::Colons,
            ':' if last.ends_with(b"section_start") || last.ends_with(b"section_end") => Begun::Command,
            '[' if self.named => Begun::Command,
            _ => Begun::Nothing,
        };
        self.named = (c == '#' && last.ends_with(b"#")) || (self.named && c.is_ascii_alphabetic());
        self.last = (self.last << 8) | u128::from(u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or_default());
        self.line = match (self.line, c) {
            _ if ends_a_line(c) => Line::Begins,
            (Line::Begins, ':') => Line::Colon,
            (Line::Begins, c) if c.is_whitespace() || is_hidden(c) => Line::Begins,
            (Line::Begins | Line::Colon | Line::Goes, _) => Line::Goes,
        };
        begun
    }
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
