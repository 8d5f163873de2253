//! Text -> tree, with everything that the reader refuses.
//!
//! ```text
//! text -> characters (what may stand in no file, comments included)
//!      -> parser events -> build (tree with places, duplicate keys, anchors, tags, ...)
//!                       -> syntax (why the parser gave up, in words)
//! ```
//!
//! One pass, without recursion: the parser is asked for events one by one and never again after a flaw that it cannot
//! get over, so that no text costs more than a few times its length. What a key or a value means is not known here.

mod build;
mod characters;
mod offsets;
mod refusals;
mod scan;
mod syntax;

use super::{Node, Span};

/// What reading one file gave: as much of the tree as there is, and every flaw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The document; `None` if the text is no YAML or holds no document.
    pub document: Option<Node>,
    /// Everything that is refused, in no particular order; at most about a hundred flaws.
    pub flaws: Vec<Flaw>,
}

/// Something in a text that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The refusal's name, as `clinicctl explain` knows it.
    pub refusal: &'static str,
    /// Where.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
    /// A few words at the place, or nothing.
    pub label: String,
    /// A second place with a few words.
    pub also: Option<(Span, String)>,
    /// What would be right.
    pub help: Option<String>,
}

/// The most flaws of one file that are reported. A file with more of them is not YAML written by hand, and a report
/// of a million lines is of no use.
const MOST_FLAWS: usize = 100;

/// Reads one YAML document.
///
/// Every span, of nodes, keys and flaws, lies inside `text` on character boundaries; a leading byte order mark counts.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut flaws = characters::refused(text);
    let parseable = characters::parseable(text, &flaws);
    let built = build::build(&parseable);
    let consequences = |flaw: &Flaw| flaw.refusal == "syntax" && flaws.iter().any(|cause| explains(text, cause, flaw));
    let built_flaws: Vec<Flaw> = built.flaws.into_iter().filter(|flaw| !consequences(flaw)).collect();
    flaws.extend(built_flaws);
    Reading { document: built.document, flaws: bounded(flaws) }
}

/// Whether the syntax error is only what the parser made of the character: it holds the character, or comes after it,
/// no later than on the next line.
fn explains(text: &str, character: &Flaw, syntax: &Flaw) -> bool {
    let (cause, effect) = (character.span.range(), syntax.span.range());
    match text.get(cause.end..effect.start) {
        Some(between) => scan::line_breaks(between) <= 1,
        None => effect.start <= cause.start && cause.start < effect.end,
    }
}

fn bounded(mut flaws: Vec<Flaw>) -> Vec<Flaw> {
    if flaws.len() <= MOST_FLAWS {
        return flaws;
    }
    flaws.sort_by_key(|flaw| flaw.span);
    flaws.truncate(MOST_FLAWS);
    if let Some(last) = flaws.last_mut() {
        let more = format!("only the first {MOST_FLAWS} flaws of a file are shown");
        last.help = Some(last.help.take().map_or_else(|| more.clone(), |help| format!("{help}; {more}")));
    }
    flaws
}

impl Flaw {
    fn new(refusal: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { refusal, span, message: message.into(), label: String::new(), also: None, help: None }
    }

    fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
