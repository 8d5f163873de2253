//! Text -> tree, with the reader's flaws as findings.

use crate::diagnostic::Finding;
use crate::source::FileId;
use crate::source::Flaw;
use crate::source::Node;
use crate::source::Place;
use crate::source::SourceFile;
use crate::source::read;

/// One file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The document, as far as there is one.
    pub document: Option<Node>,
    /// What the reader refuses.
    pub findings: Vec<Finding>,
}

/// Reads one file.
#[must_use]
pub fn parse(file: FileId, source: &SourceFile) -> Parsed {
    let reading = read(&source.text);
    Parsed { document: reading.document, findings: reading.flaws.into_iter().map(|flaw| finding(file, flaw)).collect() }
}

fn finding(file: FileId, flaw: Flaw) -> Finding {
    let Flaw { refusal, span, message, label, also, help } = flaw;
    let place = |span| Place { file, span };
    let mut finding = Finding::error(refusal, place(span), message).labelled(label);
    if let Some((span, text)) = also {
        finding = finding.also(place(span), text);
    }
    finding.help.extend(help);
    finding
}
