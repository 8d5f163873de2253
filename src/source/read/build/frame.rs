//! A list or a map that is still being read.

use crate::source::{Content, Entry, Key, Node, Scalar, Span, Style};
use std::collections::HashMap;

/// A list or a map that is still being read.
pub(super) struct Frame {
    /// Its first byte.
    pub(super) start: usize,
    /// What was read of it.
    pub(super) parts: Parts,
}

/// What was read of a list or a map.
pub(super) enum Parts {
    List(Vec<Node>),
    Map(Entries),
}

/// What the next thing that is read will be.
#[derive(Clone, Copy)]
pub(super) enum Role {
    /// The document itself.
    Root,
    /// A value of a list.
    Element,
    /// A key of a map.
    Key,
    /// The value of the key with these bytes.
    Value(Span),
}

impl Frame {
    pub(super) const fn list(start: usize) -> Self {
        Self { start, parts: Parts::List(Vec::new()) }
    }

    pub(super) fn map(start: usize) -> Self {
        Self { start, parts: Parts::Map(Entries::default()) }
    }

    /// The whole of it, which ends before the byte `end`.
    pub(super) fn finish(self, end: usize) -> Node {
        let content = match self.parts {
            Parts::List(nodes) => Content::List(nodes),
            Parts::Map(entries) => Content::Map(entries.finish()),
        };
        Node { span: Span::new(self.start, end.max(self.start)), content }
    }
}

impl Parts {
    pub(super) fn role(&self) -> Role {
        match self {
            Self::List(_) => Role::Element,
            Self::Map(entries) => match &entries.pending {
                None => Role::Key,
                Some(Pending::Key(Key { span, .. }) | Pending::LeftOut(span)) => Role::Value(*span),
            },
        }
    }

    /// Adds a value; `None` is a value that is left out.
    pub(super) fn attach(&mut self, node: Option<Node>) {
        match self {
            Self::List(nodes) => nodes.extend(node),
            Self::Map(entries) => entries.attach(node),
        }
    }
}

/// The entries of a map.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    /// Which of the entries have no value and are there only so that their keys are known.
    holes: Vec<usize>,
    pending: Option<Pending>,
    index: HashMap<Box<str>, usize>,
}

/// A key whose value is awaited.
enum Pending {
    Key(Key),
    /// The key, and with it the value, stands not in the tree.
    LeftOut(Span),
}

/// From how many keys on an index pays. Hand-written maps have fewer; without an index, a file made of nothing but
/// keys would cost the square of its length.
const INDEX_FROM: usize = 32;

impl Entries {
    /// Begins the entry of `key`. Where the map has this key already, the entry will be left out, and the key is
    /// answered with the bytes of the first.
    pub(super) fn begin(&mut self, key: Key) -> Option<(Key, Span)> {
        if let Some(first) = self.find(&key.text) {
            self.leave_out(key.span);
            return Some((key, first));
        }
        self.pending = Some(Pending::Key(key));
        None
    }

    /// Begins an entry that will be left out.
    pub(super) fn leave_out(&mut self, key: Span) {
        self.pending = Some(Pending::LeftOut(key));
    }

    fn find(&self, text: &str) -> Option<Span> {
        if self.entries.len() < INDEX_FROM {
            return self.entries.iter().find(|entry| *entry.key.text == *text).map(|entry| entry.key.span);
        }
        self.index.get(text).map(|at| self.entries[*at].key.span)
    }

    fn attach(&mut self, node: Option<Node>) {
        let Some(Pending::Key(key)) = self.pending.take() else { return };
        if node.is_none() {
            self.holes.push(self.entries.len());
        }
        let value = node.unwrap_or_else(|| nothing(key.span));
        self.entries.push(Entry { key, value });
        self.keep_index();
    }

    fn keep_index(&mut self) {
        let indexed = match self.entries.len() {
            0..INDEX_FROM => return,
            INDEX_FROM => 0,
            length => length - 1,
        };
        let new = self.entries.iter().enumerate().skip(indexed);
        self.index.extend(new.map(|(at, entry)| (entry.key.text.clone(), at)));
    }

    fn finish(mut self) -> Vec<Entry> {
        for hole in self.holes.iter().rev() {
            self.entries.remove(*hole);
        }
        self.entries
    }
}

fn nothing(span: Span) -> Node {
    Node { span, content: Content::Scalar(Scalar { text: Box::default(), style: Style::Plain }) }
}
