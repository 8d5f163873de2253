//! One file -> its tree, and findings for what the reader refuses.

use crate::diagnostic::Finding;
use crate::source::{FileId, Flaw, Node, Place, SourceFile, Span, Unreadable, read};

/// What one file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The document, where all of it could be read; flaws inside it may have been found all the same.
    pub document: Option<Node>,
    /// What is refused, every one an error.
    pub findings: Vec<Finding>,
}

/// Reads the document of `source`, which is the file `file` of its set.
#[must_use]
pub fn parse(file: FileId, source: &SourceFile) -> Parsed {
    if let Some(why) = &source.unreadable {
        return Parsed { document: None, findings: vec![unreadable(file, source, why)] };
    }
    let reading = read(&source.text);
    Parsed { document: reading.document, findings: reading.flaws.into_iter().map(|flaw| finding(file, flaw)).collect() }
}

fn finding(file: FileId, flaw: Flaw) -> Finding {
    let Flaw { refusal, span, message, label, also, help } = flaw;
    let mut finding = Finding::error(refusal, Place { file, span }, message).labelled(label);
    if let Some((span, text)) = also {
        finding = finding.also(Place { file, span }, text);
    }
    finding.help.extend(help);
    finding
}

fn unreadable(file: FileId, source: &SourceFile, why: &Unreadable) -> Finding {
    let end = Place { file, span: Span::new(source.text.len(), source.text.len()) };
    match why {
        Unreadable::TooLarge { bytes } => {
            Finding::error("too-large", end, format!("this file has {bytes} bytes; at most 1 MiB is read"))
                .help("split it; a clinic's document has a few thousand bytes")
        }
        Unreadable::NotUtf8 => Finding::error("not-utf8", end, "this file is not UTF-8")
            .labelled("the byte that follows is no UTF-8")
            .help("save the file as UTF-8"),
        Unreadable::LeavesFolder => {
            Finding::error("link-leaves-folder", end, "this is a link to something outside the folder")
                .help("move the file into the folder; what is reviewed must be what is read")
        }
        Unreadable::NotAFile(what) => Finding::error("not-a-file", end, format!("this is {what}, not a file"))
            .help("remove it, or give it a name that does not end in `.yaml` or `.yml`"),
        Unreadable::Refused(why) => Finding::error("unreadable", end, format!("this cannot be read: {why}"))
            .help("check its permissions, and that it still exists"),
    }
}
