//! The sentences of what is refused although it is YAML.

use super::Flaw;
use crate::source::{Key, Span};

pub(super) fn no_document(span: Span) -> Flaw {
    Flaw::new("no-document", span, "this file holds no document")
        .labelled("nothing but blanks and comments")
        .help("begin with `fleet:`, `baseline:`, `group:` or `clinic:`, or remove the file")
}

pub(super) fn several_documents(span: Span) -> Flaw {
    Flaw::new("several-documents", span, "a file holds one document, and this one holds several")
        .labelled("a second document begins here")
        .help("give each document a file of its own")
}

pub(super) fn too_deep(span: Span) -> Flaw {
    Flaw::new("too-deep", span, "lists and maps stand more than 16 levels deep in each other")
        .labelled("this is one level too many")
        .help("no document needs more than 5 levels")
}

pub(super) fn duplicate_key(later: &Key, first: Span) -> Flaw {
    Flaw::new("duplicate-key", later.span, format!("the key `{}` stands twice in one map", cut(&later.text)))
        .labelled("here again")
        .also(first, "first here")
        .help("keep one of the two; nobody can tell which one was meant")
}

pub(super) fn anchor(span: Span) -> Flaw {
    Flaw::new("anchor", span, "anchors (`&name`) are not read")
        .labelled("an anchor")
        .help("write the value where it is needed; what many clinics share belongs in a baseline or a group")
}

pub(super) fn alias(span: Span) -> Flaw {
    Flaw::new("alias", span, "aliases (`*name`) are not read")
        .labelled("an alias")
        .help("write the value here; if a text begins with `*`, put it in quotes")
}

pub(super) fn merge_key(span: Span) -> Flaw {
    Flaw::new("merge-key", span, "merge keys (`<<`) are not read")
        .labelled("a merge key")
        .help("what many clinics share belongs in a baseline that they name with `extends`")
}

pub(super) fn tag(span: Span, text: &str) -> Flaw {
    Flaw::new("tag", span, format!("tags such as `{}` are not read", cut(&text[span.range()])))
        .labelled("a tag")
        .help("write the bare value; if a text begins with `!`, put it in quotes")
}

pub(super) fn complex_key(span: Span) -> Flaw {
    Flaw::new("complex-key", span, "a key must be a word, not a list or a map")
        .labelled("a list or a map where a key is expected")
        .help("if this was meant as text, put it in quotes")
}

pub(super) fn no_key(span: Span) -> Flaw {
    Flaw::new("syntax", span, "there is no key before this `:`")
        .labelled("a key is missing")
        .help("write the key, a `:`, a space, then the value")
}

pub(super) fn escaped_character(refusal: &'static str, span: Span, name: &str) -> Flaw {
    Flaw::new(refusal, span, format!("this text holds the invisible character {name}"))
        .labelled("written as an escape")
        .help("take the escape out")
}

/// `text` as far as a sentence has room for it.
fn cut(text: &str) -> String {
    const ROOM: usize = 60;
    match text.char_indices().nth(ROOM) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}
