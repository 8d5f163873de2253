//! What becomes of a value or a key: where it stands exactly, and where in the tree it goes.

use super::frame::{Frame, Parts, Role};
use super::{Builder, DEEPEST};
use crate::source::read::{characters, refusals, scan};
use crate::source::{Content, Key, Node, Scalar, Span, Style};
use std::ops::ControlFlow;

impl Builder<'_> {
    /// Refuses what is written before a value, and says where the value itself begins.
    pub(super) fn properties(&mut self, start: usize, end: usize, anchor: bool, tag: bool) -> usize {
        let mut at = start;
        for _ in 0..usize::from(anchor) + usize::from(tag) {
            let stop = scan::word_end(self.text, at);
            let span = Span::new(at, stop);
            match self.text.as_bytes().get(at) {
                Some(b'&') => self.refuse(refusals::anchor(span)),
                Some(_) | None => self.refuse(refusals::tag(span, self.text)),
            }
            self.cursor = self.cursor.max(stop);
            at = scan::skip_blank(self.text, stop);
        }
        if anchor || tag { at.min(end.max(start)) } else { start }
    }

    pub(super) fn scalar(&mut self, scalar: Scalar, start: usize, end: usize) {
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

    /// Nothing at the place of a value or a key.
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
        if let Some((c, refusal)) = characters::first(meant) {
            self.refuse(refusals::escaped_character(refusal, span, &characters::name(c)));
        }
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

    pub(super) fn alias(&mut self, start: usize) {
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

    pub(super) fn open(&mut self, frame: Frame) -> ControlFlow<()> {
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

    pub(super) fn close(&mut self, start: usize, end: usize) {
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

    /// Where a list begins. Of a list that is no deeper than its key, the parser reports the first value and not the
    /// `-`.
    pub(super) fn dash(&self, start: usize, end: usize) -> usize {
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
}

fn node(scalar: Scalar, span: Span) -> Node {
    Node { span, content: Content::Scalar(scalar) }
}
