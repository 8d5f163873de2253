//! Parser events -> tree.
//!
//! Open lists and maps stand on a stack, so that depth costs no recursion and is bounded while events arrive. What is
//! refused but understood (duplicate keys, aliases, merge keys, keys that are no text) is left out of the tree
//! together with its value, so that nothing else is found wrong because of it.

mod frame;
mod values;

use super::offsets::Offsets;
use super::{Flaw, MOST_FLAWS, characters, refusals, scan, syntax};
use crate::source::{Node, Scalar, Span, Style};
use frame::{Frame, Role};
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::ops::ControlFlow;

/// How deep lists and maps may stand in each other. The deepest clinic has 5 levels.
const DEEPEST: usize = 16;

/// What the events gave.
pub(super) struct Built {
    /// The document, where all of it was read.
    pub(super) document: Option<Node>,
    /// What is wrong with it.
    pub(super) flaws: Vec<Flaw>,
}

/// Reads the events of `text` into a tree.
pub(super) fn build(text: &str) -> Built {
    let base = characters::start(text);
    let mut builder = Builder::new(text, base);
    let mut parser = Parser::new_from_str(&text[base..]);
    while let Some(next) = parser.next_event() {
        let went = match next {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => builder.error(error.marker().index(), error.info()),
        };
        if went.is_break() {
            return Built { document: None, flaws: builder.flaws };
        }
    }
    builder.finish()
}

struct Builder<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    stack: Vec<Frame>,
    /// The byte after the last thing that was read.
    cursor: usize,
    documents: usize,
    root: Option<Node>,
    /// Where the first document begins without holding anything.
    blank: Option<Span>,
    flaws: Vec<Flaw>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, base: usize) -> Self {
        Self {
            text,
            offsets: Offsets::new(text, base),
            stack: Vec::with_capacity(DEEPEST),
            cursor: base,
            documents: 0,
            root: None,
            blank: Some(Span::new(base, base)),
            flaws: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, at: saphyr_parser::Span) -> ControlFlow<()> {
        let (start, end) = self.bytes(at);
        match event {
            Event::DocumentStart(explicit) => self.document(start, explicit.then_some(end)),
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.properties(start, end, anchor > 0, tag.is_some());
                self.scalar(Scalar { text: Box::from(&*text), style: style_of(style) }, node, end);
            }
            Event::SequenceStart(anchor, tag) => {
                let node = self.properties(start, end, anchor > 0, tag.is_some());
                return self.open(Frame::list(self.dash(node, end)));
            }
            Event::MappingStart(anchor, tag) => {
                let node = self.properties(start, end, anchor > 0, tag.is_some());
                return self.open(Frame::map(node));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            Event::Alias(_) => self.alias(start),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        ControlFlow::Continue(())
    }

    /// The parser gave up at the character `at`; it goes on only after an alias that means nothing.
    fn error(&mut self, at: usize, info: &str) -> ControlFlow<()> {
        let at = self.offsets.byte(at);
        if info.contains("unknown anchor") {
            self.alias(at);
            return ControlFlow::Continue(());
        }
        let open = self.stack.last().map(|frame| frame.start);
        self.refuse(syntax::flaw(self.text, at, info, open));
        ControlFlow::Break(())
    }

    fn finish(mut self) -> Built {
        if let (Some(span), 0..=1) = (self.blank, self.documents) {
            self.refuse(refusals::no_document(span));
        }
        Built { document: self.root, flaws: self.flaws }
    }

    fn document(&mut self, start: usize, marker_end: Option<usize>) {
        self.documents += 1;
        self.cursor = marker_end.unwrap_or(start);
        if self.documents == 1 {
            self.blank = self.blank.map(|span| marker_end.map_or(span, |end| Span::new(start, end)));
        }
        if self.documents == 2 {
            let end = marker_end.unwrap_or_else(|| scan::word_end(self.text, start));
            self.refuse(refusals::several_documents(Span::new(start, end)));
        }
    }

    fn role(&self) -> Role {
        self.stack.last().map_or(Role::Root, |frame| frame.parts.role())
    }

    /// The character at `at`, or nothing at the end of the text.
    fn visible(&self, at: usize) -> Span {
        Span::new(at, scan::next_char(self.text, at))
    }

    fn bytes(&mut self, at: saphyr_parser::Span) -> (usize, usize) {
        let start = self.offsets.byte(at.start.index());
        (start, self.offsets.byte(at.end.index()).max(start))
    }

    fn refuse(&mut self, flaw: Flaw) {
        if self.flaws.len() <= MOST_FLAWS {
            self.flaws.push(flaw);
        }
    }
}

const fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}
