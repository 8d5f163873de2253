//! How many findings there are, in one line.

use super::{Finding, Severity};
use std::collections::BTreeSet;

/// `2 errors and 1 warning in 2 files`; `no errors and no warnings` if there is no finding.
#[must_use]
pub fn summary(findings: &[Finding]) -> String {
    let (errors, warnings) = counts(findings);
    let said = match (errors, warnings) {
        (0, 0) => return "no errors and no warnings".to_owned(),
        (errors, 0) => some(errors, "error"),
        (0, warnings) => some(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", some(errors, "error"), some(warnings, "warning")),
    };
    let files: BTreeSet<_> =
        findings.iter().filter_map(|finding| finding.labels.first()).map(|l| l.place.file).collect();
    if files.is_empty() { said } else { format!("{said} in {}", some(files.len(), "file")) }
}

/// How many errors and how many warnings there are.
pub(super) fn counts(findings: &[Finding]) -> (usize, usize) {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    (errors, findings.len() - errors)
}

fn some(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
