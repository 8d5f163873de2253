//! What a rule is: one row of the table, with the functions that ask it.

pub use crate::diagnostic::Severity;

/// One row of the table.
#[derive(Debug)]
pub struct Rule {
    /// The name in findings, in `rules:`, in `waive:` and for `clinicctl explain`.
    pub name: &'static str,
    /// Whether it is about clinics, or about files that cannot be read.
    pub kind: RuleKind,
    /// The severity where `fleet.yaml` says nothing.
    pub severity: Severity,
    /// Whether it can be neither lowered nor waived.
    pub fixed: bool,
    /// What it says, in one line.
    pub says: &'static str,
    /// Why, with a guilty example and how to mend it.
    pub explanation: &'static str,
}

/// What a row of the table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// Something that a clinic must obey.
    Rule,
    /// Something that files may not contain; always an error, and always fixed.
    Refusal,
}

impl Rule {
    /// A rule whose breach stops.
    pub(super) const fn error(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self { name, kind: RuleKind::Rule, severity: Severity::Error, fixed: false, says, explanation }
    }

    /// A rule whose breach is told.
    pub(super) const fn warning(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self { name, kind: RuleKind::Rule, severity: Severity::Warning, fixed: false, says, explanation }
    }

    /// Something that files may not contain.
    pub(super) const fn refusal(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self { name, kind: RuleKind::Refusal, severity: Severity::Error, fixed: true, says, explanation }
    }

    /// The same rule, which can be neither lowered nor waived.
    pub(super) const fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }
}
