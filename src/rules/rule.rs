//! What a rule is.

pub use crate::diagnostic::Severity;

/// One row of the table.
#[derive(Debug)]
pub struct Rule {
    /// The name in findings, in `rules:`, in `waive:` and for `clinicctl explain`.
    pub name: &'static str,
    /// The severity where `fleet.yaml` says nothing.
    pub severity: Severity,
    /// Whether it can be neither lowered nor waived.
    pub fixed: bool,
    /// What it says, in one line.
    pub says: &'static str,
    /// Why, with a guilty example and how to mend it.
    pub explanation: &'static str,
}
