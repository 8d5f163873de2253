//! One file being shaped: its values by the name that messages give them, and the findings so far.

use super::meaning::plain_meaning;
use crate::diagnostic::Finding;
use crate::source::{Content, Entry, FileId, Node, Place, Span};
use std::fmt;

/// One file being shaped, and what was found in it.
pub(super) struct Shaper {
    file: FileId,
    /// Whether the tree is all that the file says; from the rest nothing can be missing.
    whole: bool,
    findings: Vec<Finding>,
}

/// A value, what messages call it, and the key that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    /// The value.
    pub(super) node: &'a Node,
    /// Its name in messages.
    pub(super) name: Name<'a>,
    /// The key.
    pub(super) key: Span,
}

/// What messages call a value.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    /// The value of this key.
    Key(&'a str),
    /// A line of the list under this key.
    Line(&'a str),
    /// The whole document.
    Document,
}

impl<'a> Name<'a> {
    /// The key.
    pub(super) const fn key(self) -> &'a str {
        match self {
            Self::Key(key) | Self::Line(key) => key,
            Self::Document => "document",
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "`{key}`"),
            Self::Line(key) => write!(f, "a line of `{key}`"),
            Self::Document => f.write_str("a document"),
        }
    }
}

impl<'a> Value<'a> {
    /// The value of a key.
    pub(super) fn of(entry: &'a Entry) -> Self {
        Self { node: &entry.value, name: Name::Key(&entry.key.text), key: entry.key.span }
    }

    /// What a message about this value points to: lists and maps cover many lines, so that their key stands for them.
    pub(super) const fn anchor(&self) -> Span {
        match (&self.node.content, self.name) {
            (Content::Scalar(_), _) | (_, Name::Line(_) | Name::Document) => self.node.span,
            (Content::List(_) | Content::Map(_), Name::Key(_)) => self.key,
        }
    }
}

impl Shaper {
    /// A shaper of `file`.
    pub(super) const fn new(file: FileId, whole: bool) -> Self {
        Self { file, whole, findings: Vec::new() }
    }

    /// Whether the tree is all that the file says.
    pub(super) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Everything that was found.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Bytes of this file as a place.
    pub(super) const fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// Keeps a finding.
    pub(super) fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Keeps the finding that something is missing, unless the reader may have left it out.
    pub(super) fn report_missing(&mut self, finding: Finding) {
        if self.whole {
            self.report(finding);
        }
    }

    /// Reports `value` under `rule`, and what would be right.
    pub(super) fn refuse(&mut self, rule: &'static str, value: Value<'_>, message: String, help: String) {
        let finding = Finding::error(rule, self.place(value.anchor()), message);
        self.report(finding.help(help));
    }

    /// Reports that `value` is not the `wanted` kind of thing.
    pub(super) fn wrong_type(&mut self, value: Value<'_>, wanted: &str) {
        let is = describe(value.node);
        let message = format!("{} must be {wanted}, and this is {is}", value.name);
        self.report(Finding::error("wrong-type", self.place(value.anchor()), message));
    }

    /// The value, unless there is nothing.
    pub(super) fn present<'a>(&mut self, value: Value<'a>) -> Option<Value<'a>> {
        if !value.node.is_empty() {
            return Some(value);
        }
        let (message, help) = match value.name {
            Name::Key(key) => (
                format!("`{key}` has no value"),
                "write a value (an empty list is `[]`), or leave the key out".to_owned(),
            ),
            Name::Line(key) => {
                (format!("a line of `{key}` has no value"), "write a value, or take the line out".to_owned())
            }
            Name::Document => ("the document is empty".to_owned(), "start with the document's kind".to_owned()),
        };
        self.refuse("empty-value", value, message, help);
        None
    }
}

fn describe(node: &Node) -> String {
    match &node.content {
        Content::List(_) => "a list".to_owned(),
        Content::Map(_) => "a map".to_owned(),
        Content::Scalar(scalar) => match plain_meaning(scalar) {
            Some(meaning) => format!("{meaning}, `{}`", scalar.text),
            None => format!("the text `{}`", scalar.text),
        },
    }
}
