//! One YAML document as a tree in which every key and every value has its place.
//!
//! Duplicate keys, anchors, aliases, tags, merge keys and keys that are no text are flaws that the reader finds, and
//! never stand in a tree. Where a key was given twice, the tree holds the first; an alias, a merge key and a key that
//! is no text are left out together with their entry, so that nothing else is found wrong because of them; a value with
//! an anchor or a tag stands there without it.

use super::Span;

/// A value and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the value, from the first to the last that is seen: quotes, brackets and the `|` of a block
    /// included, blanks and comments behind it not. Of nothing after a key, the bytes of the key that lacks a value; of
    /// nothing in a list, its `-`.
    pub span: Span,
    /// The value.
    pub content: Content,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text, a number, a switch, or nothing.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
}

/// A value without parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text, without quotes and with escapes resolved.
    pub text: Box<str>,
    /// How it is written, which decides what a plain `true` or `12` means.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block, `|` or `>`.
    Block,
}

/// A key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

/// A key and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text.
    pub text: Box<str>,
    /// The bytes, quotes included.
    pub span: Span,
}

impl Node {
    /// The value of `key`, if this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| *entry.key.text == *key),
            Content::Scalar(_) | Content::List(_) => None,
        }
    }

    /// Whether there is nothing after the key: a plain scalar without text, or one of YAML's spellings of null.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Scalar(Scalar { text, style: Style::Plain }) => {
                matches!(&**text, "" | "~" | "null" | "Null" | "NULL")
            }
            Content::Scalar(_) | Content::List(_) | Content::Map(_) => false,
        }
    }
}
