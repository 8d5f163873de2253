//! A whole file: its kind by its first key, and what it claims to be where it cannot be read.

use super::check::checks;
use super::clinic::{baseline, clinic};
use super::fleet::fleet;
use super::group::group;
use super::shaper::{Name, Shaper, Value};
use super::{Baseline, Check, Clinic, Fleet, Group};
use crate::compile::suggest::closest;
use crate::compile::words::alternatives;
use crate::diagnostic::Finding;
use crate::schema::Kind;
use crate::source::{Content, Entry, FileId, Node};

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) enum Document {
    /// The fleet.
    Fleet(Fleet),
    /// A baseline.
    Baseline(Baseline),
    /// A group.
    Group(Group),
    /// A clinic.
    Clinic(Box<Clinic>),
    /// Checks.
    Checks(Vec<Check>),
}

/// What a file means to be, read off its first key even if nothing else can be read. A reader who misses a name looks
/// here first: a broken baseline is broken, not unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) enum Claim {
    /// A document of this kind, and the name that it gives itself.
    Named(Kind, Box<str>),
    /// Not to be made out: it may be anything.
    Unclear,
}

/// Reads a document, of which the reader has left out something unless it is `whole`. `None` if its kind is not known.
pub(in crate::compile) fn shape(file: FileId, node: &Node, whole: bool) -> (Option<Document>, Vec<Finding>) {
    let mut shaper = Shaper::new(file, whole);
    let document = document(&mut shaper, node);
    (document, shaper.into_findings())
}

/// What a document claims to be, or, where the text could not be parsed, what its first line of YAML claims.
pub(in crate::compile) fn claim(document: Option<&Node>, text: &str) -> Claim {
    let told = match document.map(|node| &node.content) {
        Some(Content::Map(entries)) => {
            kind_entry(entries).or_else(|| nearly_kind(entries)).map(|(kind, entry)| (kind, scalar(&entry.value)))
        }
        Some(Content::List(_) | Content::Scalar(_)) => None,
        None => first_line(text),
    };
    told.map_or(Claim::Unclear, |(kind, name)| Claim::Named(kind, name.into()))
}

fn document(shaper: &mut Shaper, node: &Node) -> Option<Document> {
    let value = Value { node, name: Name::Document, key: node.span };
    let Content::Map(entries) = &node.content else {
        shaper.wrong_type(value, "a map of keys and values");
        return None;
    };
    let first = entries.first().and_then(|entry| Kind::of(&entry.key.text));
    if first.is_none() {
        unknown_kind(shaper, node, entries);
    }
    match first.or_else(|| kind_entry(entries).map(|(kind, _)| kind))? {
        Kind::Fleet => fleet(shaper, value).map(Document::Fleet),
        Kind::Baseline => baseline(shaper, value).map(Document::Baseline),
        Kind::Group => group(shaper, value).map(Document::Group),
        Kind::Clinic => clinic(shaper, value).map(|clinic| Document::Clinic(Box::new(clinic))),
        Kind::Checks => checks(shaper, value).map(Document::Checks),
    }
}

fn unknown_kind(shaper: &mut Shaper, node: &Node, entries: &[Entry]) {
    const RULE: &str = "unknown-kind";
    let kinds = Kind::ALL.map(Kind::key);
    let Some(first) = entries.first() else {
        let finding = Finding::error(RULE, shaper.place(node.span), "an empty map is no document");
        shaper.report_missing(finding.help(format!("start with {}", alternatives(&kinds))));
        return;
    };
    let message = format!("a document cannot start with `{}`", first.key.text);
    let finding = Finding::error(RULE, shaper.place(first.key.span), message);
    shaper.report_missing(match (kind_entry(entries), closest(&first.key.text, kinds.into_iter())) {
        (Some((kind, entry)), _) => finding
            .also(shaper.place(entry.key.span), "this says what the document is")
            .help(format!("put `{}` first: a document's kind is told by its first key", kind.key())),
        (None, Some(near)) => finding.labelled(format!("did you mean `{near}`?")),
        (None, None) => finding.help(format!("start with {}", alternatives(&kinds))),
    });
}

/// The first key that names a kind.
fn kind_entry(entries: &[Entry]) -> Option<(Kind, &Entry)> {
    entries.iter().find_map(|entry| Kind::of(&entry.key.text).map(|kind| (kind, entry)))
}

/// The kind that a misspelt first key was most likely meant to name.
fn nearly_kind(entries: &[Entry]) -> Option<(Kind, &Entry)> {
    let first = entries.first()?;
    let near = closest(&first.key.text, Kind::ALL.iter().map(|kind| kind.key()))?;
    Kind::of(near).map(|kind| (kind, first))
}

fn scalar(node: &Node) -> &str {
    match &node.content {
        Content::Scalar(scalar) => &scalar.text,
        Content::List(_) | Content::Map(_) => "",
    }
}

/// Kind and name of a text that is no YAML, as far as its first line with a key declares them.
fn first_line(text: &str) -> Option<(Kind, &str)> {
    let lines = text.trim_start_matches('\u{feff}').lines();
    let line = lines.map(str::trim_end).find(|line| !line.is_empty() && !line.starts_with(['#', '-', '%']))?;
    let (key, rest) = line.split_once(':')?;
    let name = rest.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    Kind::of(key).map(|kind| (kind, name))
}
