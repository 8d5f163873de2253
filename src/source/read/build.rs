//! Parser events -> tree.
//!
//! Open lists and maps stand on a stack, so that depth costs no recursion and is bounded while events arrive. What is
//! refused but understood (duplicate keys, aliases, merge keys, keys that are no text) is left out of the tree
//! together with its value, so that nothing else is found wrong because of it.

use super::Flaw;
use super::MOST_FLAWS;
use super::characters;
use super::offsets::Offsets;
use super::refusals;
use super::scan;
use super::syntax;
use crate::source::Content;
use crate::source::Key;
use crate::source::Node;
use crate::source::Scalar;
use crate::source::Span;
use crate::source::Style;
use saphyr_parser::Event;
use saphyr_parser::Parser;
use saphyr_parser::ScalarStyle;
use std::ops::ControlFlow;

mod frame;

use frame::Frame;
use frame::Parts;
use frame::Role;

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
                self.scalar(Scalar { text: text.into(), style: style_of(style) }, node, end);
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

    /// Refuses what is written before a value, and says where the value itself begins.
    fn properties(&mut self, start: usize, end: usize, anchor: bool, tag: bool) -> usize {
        let mut at = start;
        for _ in 0..usize::from(anchor) + usize::from(tag) {
            let stop = scan::word_end(self.text, at);
            let span = Span::new(at, stop);
            match self.text.as_bytes().get(at) {
                Some(b'&') => self.refuse(refusals::anchor(span)),
                Some(_) | None => self.refuse(refusals::tag(span, &self.text[at..stop])),
            }
            self.cursor = self.cursor.max(stop);
            at = scan::skip_blank(self.text, stop);
        }
        if anchor || tag { at.min(end.max(start)) } else { start }
    }

    fn scalar(&mut self, scalar: Scalar, start: usize, end: usize) {
        let span = match scalar.style {
            Style::Plain if scalar.text.is_empty() => return self.nothing(scalar, start),
            Style::Plain => Span::new(start, end.max(start)),
            Style::Quoted => Span::new(start, scan::quote_end(self.text, start, end.max(start))),
            Style::Block => self.block(start, end),
        };
        if scalar.style == Style::Quoted {
            self.escapes(&scalar.text, span);
        }
        self.cursor = self.cursor.max(span.range().end);
        match self.role() {
            Role::Key => self.key(scalar, span),
            Role::Value(_) | Role::Element | Role::Root => self.attach(Some(node(scalar, span))),
        }
    }

    /// Nothing where a value or a key is expected.
    fn nothing(&mut self, scalar: Scalar, start: usize) {
        match self.role() {
            Role::Key => {
                self.refuse(refusals::no_key(self.visible(start)));
                self.leave_out_key(self.visible(start));
            }
            Role::Value(key) => self.attach(Some(node(scalar, key))),
            Role::Element => {
                let dash = self.visible(scan::skip_blank(self.text, self.cursor));
                self.cursor = dash.range().end;
                self.attach(Some(node(scalar, dash)));
            }
            Role::Root => {}
        }
    }

    /// The bytes of a block scalar: from its `|` or `>` to its last character that is seen.
    fn block(&self, content: usize, end: usize) -> Span {
        let start = scan::block_start(self.text, self.cursor, content);
        let end = scan::trim_end(self.text, start, end.max(start));
        Span::new(start, end.max(scan::next_char(self.text, start)))
    }

    /// Refuses characters that stand nowhere in the file but as an escape such as `"\u202e"`.
    fn escapes(&mut self, meant: &str, span: Span) {
        let written = &self.text[span.range()];
        if !written.contains('\\') || characters::count(meant) <= characters::count(written) {
            return;
        }
        let name = characters::first(meant).map(characters::name).unwrap_or_default();
        self.refuse(refusals::escaped_character(span, &name));
    }

    fn key(&mut self, scalar: Scalar, span: Span) {
        if scalar.style == Style::Plain && &*scalar.text == "<<" {
            self.refuse(refusals::merge_key(span));
            return self.leave_out_key(span);
        }
        let Some(Frame { parts: Parts::Map(entries), .. }) = self.stack.last_mut() else { return };
        if let Some((key, first)) = entries.begin(Key { text: scalar.text, span }) {
            self.refuse(refusals::duplicate_key(&key, first));
        }
    }

    fn leave_out_key(&mut self, span: Span) {
        if let Some(Frame { parts: Parts::Map(entries), .. }) = self.stack.last_mut() {
            entries.leave_out(span);
        }
    }

    fn alias(&mut self, start: usize) {
        let end = scan::word_end(self.text, start);
        self.cursor = self.cursor.max(end);
        let role = self.role();
        let merges = matches!(role, Role::Value(key) if &self.text[key.range()] == "<<");
        if !merges {
            self.refuse(refusals::alias(Span::new(start, end)));
        }
        match role {
            Role::Key => self.leave_out_key(Span::new(start, end)),
            Role::Value(_) | Role::Element | Role::Root => self.attach(None),
        }
    }

    fn open(&mut self, frame: Frame) -> ControlFlow<()> {
        let place = self.visible(frame.start);
        if self.stack.len() == DEEPEST {
            self.refuse(refusals::too_deep(place));
            return ControlFlow::Break(());
        }
        if matches!(self.role(), Role::Key) {
            self.refuse(refusals::complex_key(place));
        }
        let bracket = matches!(self.text.as_bytes().get(frame.start), Some(b'[' | b'{'));
        self.cursor = self.cursor.max(frame.start + usize::from(bracket));
        self.stack.push(frame);
        ControlFlow::Continue(())
    }

    fn close(&mut self, start: usize, end: usize) {
        let bracket = end > start && matches!(self.text.as_bytes()[start], b']' | b'}');
        if bracket {
            self.cursor = self.cursor.max(start + 1);
        }
        let Some(frame) = self.stack.pop() else { return };
        let node = frame.finish(self.cursor);
        match self.role() {
            Role::Key => self.leave_out_key(node.span),
            Role::Value(_) | Role::Element | Role::Root => self.attach(Some(node)),
        }
    }

    /// Puts a value where it belongs; `None` for one that is left out.
    fn attach(&mut self, node: Option<Node>) {
        match self.stack.last_mut() {
            Some(frame) => frame.parts.attach(node),
            None if self.documents == 1 => {
                self.root = node;
                self.blank = None;
            }
            None => {}
        }
    }

    fn role(&self) -> Role {
        self.stack.last().map_or(Role::Root, |frame| frame.parts.role())
    }

    /// Where a list begins. Of a list that is no deeper than its key, the parser tells the first value and not the `-`.
    fn dash(&self, start: usize, end: usize) -> usize {
        let flow = end > start && self.text.as_bytes()[start] == b'[';
        if flow || !matches!(self.role(), Role::Key | Role::Value(_)) {
            return start;
        }
        let mut at = scan::skip_blank(self.text, self.cursor);
        if matches!(self.text.as_bytes().get(at), Some(b':' | b'?')) {
            at = scan::skip_blank(self.text, at + 1);
        }
        if at < start && self.text.as_bytes()[at] == b'-' { at } else { start }
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

fn node(scalar: Scalar, span: Span) -> Node {
    Node { span, content: Content::Scalar(scalar) }
}

const fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}
