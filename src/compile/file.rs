//! One file after the other, on all cores: text -> document.

use super::parse;
use super::shape::Claim;
use super::shape::Document;
use super::shape::claim;
use super::shape::shape;
use crate::diagnostic::Finding;
use crate::rules;
use crate::source::FileId;
use crate::source::SourceFile;
use crate::source::SourceSet;
use rayon::iter::IndexedParallelIterator as _;
use rayon::iter::IntoParallelRefIterator as _;
use rayon::iter::ParallelIterator as _;

/// What one file gave.
pub(super) struct Shaped {
    /// The document, where its kind could be made out.
    pub(super) document: Option<Document>,
    /// What the file means to be.
    pub(super) claim: Claim,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
}

/// Every file, in the order of their ids.
pub(super) fn shape_all(sources: &SourceSet) -> Vec<Shaped> {
    let ids = sources.iter().map(|(id, _)| id).collect::<Vec<_>>();
    ids.par_iter().zip(sources.files()).map(|(id, file)| shape_one(*id, file)).collect()
}

/// The tree is dropped here: documents are a fraction of its size.
fn shape_one(id: FileId, file: &SourceFile) -> Shaped {
    let parsed = parse(id, file);
    let claim = claim(parsed.document.as_ref(), &file.text);
    let whole = parsed.findings.is_empty();
    let mut findings = rules::in_text(id, &file.text);
    findings.extend(parsed.findings);
    let shaped = parsed.document.map(|node| shape(id, &node, whole));
    let (document, more) = shaped.unwrap_or_default();
    findings.extend(more);
    Shaped { document, claim, findings }
}
