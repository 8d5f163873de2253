//! One file after the other, on all cores: text -> document.

use super::shape::{Claim, Clinic, Document, claim, shape};
use super::{Parsed, parse};
use crate::diagnostic::Finding;
use crate::domain::ClinicId;
use crate::rules;
use crate::source::{FileId, SourceFile, SourceSet};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

/// What one file gave.
pub(super) struct Shaped {
    /// The document, where its kind could be made out.
    pub(super) document: Option<Document>,
    /// What the file means to be.
    pub(super) claim: Claim,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
}

/// A file of the set.
pub(super) type File<'a> = (FileId, &'a SourceFile);

/// The files that open with a clinic's name, and all others. Everything that such a file can hold is that clinic, or
/// nothing: it may wait until what clinics share is known, and then become a clinic of the fleet in one go.
pub(super) fn split(sources: &SourceSet) -> (Vec<File<'_>>, Vec<File<'_>>) {
    sources.iter().partition(|(_, file)| opens_clinic(&file.text))
}

/// Shapes `files` on all cores; the result has their order.
pub(super) fn shape_all(files: &[File<'_>]) -> Vec<Shaped> {
    files.par_iter().map(|file| shape_one(*file)).collect()
}

/// Shapes one file.
pub(super) fn shape_one((id, file): File<'_>) -> Shaped {
    let parsed = parse(id, file);
    let claim = claim(parsed.document.as_ref(), &file.text);
    let (document, findings) = document((id, file), parsed);
    Shaped { document, claim, findings }
}

/// Shapes a file that opens with a clinic's name: no other document can come of it, as [`split`] promises and a test
/// below holds it to.
pub(super) fn shape_clinic((id, file): File<'_>) -> (Option<Clinic>, Vec<Finding>) {
    let (document, findings) = document((id, file), parse(id, file));
    match document {
        Some(Document::Clinic(clinic)) => (Some(*clinic), findings),
        Some(Document::Fleet(_) | Document::Baseline(_) | Document::Group(_) | Document::Checks(_)) | None => {
            (None, findings)
        }
    }
}

/// The tree is dropped here: documents are a fraction of its size.
fn document((id, file): File<'_>, parsed: Parsed) -> (Option<Document>, Vec<Finding>) {
    let whole = parsed.findings.is_empty();
    let mut findings = rules::in_text(id, &file.text);
    findings.extend(parsed.findings);
    let shaped = parsed.document.map(|node| shape(id, &node, whole));
    let (document, more) = shaped.unwrap_or_default();
    findings.extend(more);
    (document, findings)
}

/// Whether the first line that says anything is `clinic: ` and a plain name. A file that opens in any other way,
/// however well it may be a clinic, is not looked for here.
fn opens_clinic(text: &str) -> bool {
    // A carriage return ends a line of YAML, and not one of these.
    let first = text.lines().find(|line| !line.is_empty() && (!line.starts_with('#') || line.contains('\r')));
    let name = first.and_then(|line| line.strip_prefix("clinic: "));
    name.is_some_and(|name| ClinicId::parse(name.split(" #").next().unwrap_or_default().trim_end()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{opens_clinic, shape_one};
    use crate::compile::shape::{Claim, Document};
    use crate::schema::Kind;
    use crate::source::{FileId, SourceFile};
    use proptest::prelude::*;

    /// Pieces of which heads of files are made that could pass for a clinic without being one.
    const PIECES: &[&str] = &[
        "clinic: a",
        "clinic: b-2",
        "clinic:",
        "fleet: f",
        "baseline: x",
        "group: g",
        "extends: x",
        "# c",
        " # c",
        "#",
        "\n",
        "\n",
        "\n",
        "\r",
        "\r\n",
        " ",
        "  ",
        "\t",
        "---",
        "--- ",
        "...",
        "%YAML 1.2",
        "? ",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\0",
        "members: []",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_opens_with_a_clinic_is_that_clinic_or_nothing(
            head in proptest::collection::vec(proptest::sample::select(PIECES), 0..4),
            tail in proptest::collection::vec(proptest::sample::select(PIECES), 0..6),
        ) {
            let text = format!("{}clinic: a{}", head.concat(), tail.concat());
            if opens_clinic(&text) {
                let file = SourceFile { path: "a.yaml".into(), text, unreadable: None };
                let shaped = shape_one((FileId(0), &file));
                let clinic = matches!(&shaped.document, None | Some(Document::Clinic(_)));
                prop_assert!(clinic, "{:?}: {:?}", file.text, shaped.document);
                let claims = matches!(&shaped.claim, Claim::Named(Kind::Clinic, _));
                prop_assert!(claims, "{:?}: {:?}", file.text, shaped.claim);
            }
        }
    }

    #[test]
    fn only_the_plainest_opening_counts() {
        for text in ["clinic: a\n", "# b\n\nclinic: a-1 # c\nextends: x\n", "clinic: a\r\n"] {
            assert!(opens_clinic(text), "{text:?}");
        }
        for text in ["", "fleet: a\n", "clinic: A\n", "\"clinic\": a\n", " clinic: a\n", "# b\rfleet: f\nclinic: a\n"] {
            assert!(!opens_clinic(text), "{text:?}");
        }
    }
}
