//! What a rule is: one row of the table, with the functions that ask it.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::people::Named;
use super::{AskedAbout, Breach, Resulting};
use crate::diagnostic::Finding;
pub use crate::diagnostic::Severity;
use crate::domain::Group;
use crate::source::{FileId, Place};

/// One row of the table.
#[derive(Debug)]
pub struct Rule {
    /// The name in findings, in `rules:`, in `waive:` and for `clinicctl explain`.
    pub name: &'static str,
    /// Whether it is about clinics, or about files that cannot be read.
    pub kind: RuleKind,
    /// The severity unless `fleet.yaml` sets another one.
    pub severity: Severity,
    /// Whether it can be neither lowered nor waived.
    pub fixed: bool,
    /// The rule in one line.
    pub says: &'static str,
    /// Why, with a guilty example and how to mend it.
    pub explanation: &'static str,
    /// Asks the raw text of a file.
    pub(super) in_text: Option<fn(FileId, &str, &mut Vec<Finding>)>,
    /// Asks a group as the files declare it.
    pub(super) in_group: Option<fn(&Group, &mut Vec<Told>)>,
    /// Asks a clinic as the files declare it.
    pub(super) in_files: Option<fn(&Declared<'_>, &mut Vec<Told>)>,
    /// Asks what would result.
    pub(super) in_result: Option<InResult>,
}

/// What a row of the table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// Something that a clinic must obey.
    Rule,
    /// Something that files may not contain; always an error, and always fixed.
    Refusal,
}

/// How a rule is asked of what would result, which decides when a breach is `already so`.
#[derive(Debug, Clone, Copy)]
pub(super) enum InResult {
    /// A pure function of one state. The live state is asked too: what it breaks with the same thing is already so.
    State(fn(&Asked<'_>, &mut Vec<Breach>)),
    /// About one person whom the files name. Already so if the live list holds the person.
    Person(fn(&Named<'_>) -> Option<Breach>),
    /// About the files here. Never already so, because no live state has it.
    Saying(fn(&Resulting<'_>, &mut Vec<Breach>)),
}

impl Rule {
    /// A rule whose breach stops.
    pub(super) const fn error(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self::row(name, says, explanation)
    }

    /// A rule whose breach is a warning.
    pub(super) const fn warning(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::row(name, says, explanation) }
    }

    /// Something that files may not contain.
    pub(super) const fn refusal(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self { kind: RuleKind::Refusal, fixed: true, ..Self::row(name, says, explanation) }
    }

    const fn row(name: &'static str, says: &'static str, explanation: &'static str) -> Self {
        Self {
            name,
            kind: RuleKind::Rule,
            severity: Severity::Error,
            fixed: false,
            says,
            explanation,
            in_text: None,
            in_group: None,
            in_files: None,
            in_result: None,
        }
    }

    /// The same rule, which can be neither lowered nor waived.
    pub(super) const fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }

    pub(super) const fn in_text(self, ask: fn(FileId, &str, &mut Vec<Finding>)) -> Self {
        Self { in_text: Some(ask), ..self }
    }

    pub(super) const fn in_group(self, ask: fn(&Group, &mut Vec<Told>)) -> Self {
        Self { in_group: Some(ask), ..self }
    }

    pub(super) const fn in_files(self, ask: fn(&Declared<'_>, &mut Vec<Told>)) -> Self {
        Self { in_files: Some(ask), ..self }
    }

    pub(super) const fn in_result(self, ask: InResult) -> Self {
        Self { in_result: Some(ask), ..self }
    }

    /// Everything about the rule as plain text: its name and severity, what it says, why, and whether a fleet may
    /// think otherwise.
    #[must_use]
    pub fn explained(&self) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let Self { name, says, explanation, .. } = self;
        format!("{name} ({severity}): {says}\n\n{explanation}\n\n{}\n", self.latitude())
    }

    fn latitude(&self) -> String {
        let Self { name, .. } = self;
        match (self.kind, self.fixed) {
            (RuleKind::Refusal, _) => "Like every refusal, it can be neither lowered nor waived.".to_owned(),
            (RuleKind::Rule, true) => "It can be neither lowered nor waived.".to_owned(),
            (RuleKind::Rule, false) => format!(
                "The fleet's file can change the severity for all clinics:\n\n    rules: {{{name}: {}}}\n\nand a clinic's \
                 file can waive the rule with a reason, which every plan shows:\n\n    waive:\n      - {{rule: {name}, \
                 reason: \"...\", until: 2027-03-31}}",
                if self.severity == Severity::Error { "warning" } else { "error" },
            ),
        }
    }

    /// A finding of this rule with its own severity.
    pub(super) fn finding(&self, place: Place, message: impl Into<String>) -> Finding {
        match self.severity {
            Severity::Error => Finding::error(self.name, place, message),
            Severity::Warning => Finding::warning(self.name, place, message),
        }
    }

    /// A breach of this rule.
    pub(super) fn breach(&self, thing: AskedAbout, place: Option<Place>, message: impl Into<String>) -> Breach {
        Breach { rule: self.name, thing, message: message.into(), place, help: Vec::new(), at_most: None }
    }
}
