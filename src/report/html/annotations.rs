//! What is blocked, what the rules and guards say, and what is left undone on purpose.

use super::prose::{Piece, prose, text};
use super::tags::{Kind, Tags};
use crate::diagnostic::Severity;
use crate::plan::{FindingRow, GuardRow, NoteRow};
use crate::report::view::{Clinic, View};
use crate::report::words::thousands;
use std::collections::BTreeSet;

/// Everything about a plan besides its changes.
pub(super) struct Annotations {
    pub(super) guards: Vec<Guard>,
    pub(super) blocked: Vec<Blocked>,
    pub(super) findings: Vec<Finding>,
    pub(super) notes: Vec<Note>,
}

pub(super) struct Guard {
    pub(super) name: String,
    pub(super) limit: String,
    pub(super) actual: String,
    pub(super) accepted: bool,
}

/// A clinic to which nothing is written.
pub(super) struct Blocked {
    pub(super) tags: Tags,
    pub(super) clinic: String,
    pub(super) reasons: Vec<Reason>,
    pub(super) findings: Vec<Finding>,
}

pub(super) struct Reason {
    pub(super) rule: String,
    pub(super) detail: Vec<Piece>,
}

pub(super) struct Finding {
    pub(super) tags: Tags,
    pub(super) severity: &'static str,
    pub(super) rule: String,
    pub(super) clinic: String,
    pub(super) message: Vec<Piece>,
    pub(super) standing: String,
    pub(super) place: String,
    pub(super) help: Vec<Vec<Piece>>,
}

pub(super) struct Note {
    pub(super) tags: Tags,
    pub(super) address: String,
    pub(super) message: Vec<Piece>,
}

impl Annotations {
    pub(super) fn of(view: &View<'_>) -> Self {
        Self {
            guards: view.plan.guards.iter().map(guard).collect(),
            blocked: view.blocked().map(blocked).collect(),
            findings: view.annotations().map(finding).collect(),
            notes: view.plan.notes.iter().map(note).collect(),
        }
    }
}

fn guard(row: &GuardRow) -> Guard {
    let GuardRow { guard, limit, actual, accepted } = row;
    let number = |number: u64| thousands(usize::try_from(number).unwrap_or(usize::MAX));
    Guard { name: text(guard), limit: number(*limit), actual: number(*actual), accepted: *accepted }
}

fn blocked(clinic: &Clinic<'_>) -> Blocked {
    let told = |row: &crate::plan::Blocked| {
        clinic.findings.iter().any(|finding| finding.rule == row.rule && finding.message == row.detail)
    };
    let untold = clinic.blocked.iter().filter(|row| !told(row));
    Blocked {
        tags: Tags::new([clinic.id], &BTreeSet::from([Kind::Blocked])),
        clinic: clinic.id.to_string(),
        reasons: untold.map(|row| Reason { rule: text(&row.rule), detail: prose(&row.detail) }).collect(),
        findings: clinic.findings.iter().map(|row| finding(row)).collect(),
    }
}

fn finding(row: &FindingRow) -> Finding {
    let FindingRow { rule, severity, clinic, message, help, already_so, waived, location } = row;
    let standing = match waived {
        Some(reason) => format!("waived: {}", text(reason)),
        None if *already_so => "already so before this plan".to_owned(),
        None => String::new(),
    };
    Finding {
        tags: Tags::new(clinic.iter(), &BTreeSet::new()),
        severity: match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        rule: text(rule),
        clinic: clinic.as_ref().map(ToString::to_string).unwrap_or_default(),
        message: prose(message),
        standing,
        place: location.as_ref().map(|location| text(&location.to_string())).unwrap_or_default(),
        help: help.iter().map(|help| prose(help)).collect(),
    }
}

fn note(row: &NoteRow) -> Note {
    let NoteRow { address, message } = row;
    Note { tags: Tags::new([&address.clinic], &BTreeSet::new()), address: address.to_string(), message: prose(message) }
}
