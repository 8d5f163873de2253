//! Rows of a plan: verdicts of the rules.

use super::{Blocked, FindingRow};
use crate::diagnostic::Finding;
use crate::domain::ClinicId;
use crate::rules::{Judgement, Status};
use crate::source::SourceSet;

/// A verdict of the rules as the plan shows it.
pub(super) fn finding_row(clinic: &ClinicId, judgement: &Judgement, sources: &SourceSet) -> FindingRow {
    let Judgement { breach, severity, status } = judgement;
    FindingRow {
        rule: breach.rule.to_owned(),
        severity: *severity,
        clinic: Some(clinic.clone()),
        message: breach.message.clone(),
        help: breach.help.clone(),
        already_so: *status == Status::AlreadySo,
        waived: match status {
            Status::Waived(reason) => Some(reason.clone()),
            Status::New | Status::AlreadySo => None,
        },
        location: breach.place.map(|place| sources.locate(place)),
    }
}

/// Why a judgement blocks its clinic, if it does.
pub(super) fn blocked(clinic: &ClinicId, judgement: &Judgement) -> Option<Blocked> {
    judgement.blocks().then(|| Blocked {
        clinic: clinic.clone(),
        rule: judgement.breach.rule.to_owned(),
        detail: judgement.breach.message.clone(),
    })
}

impl FindingRow {
    /// A finding about the files, as a plan shows it: with its primary place.
    #[must_use]
    pub fn of(finding: &Finding, sources: &SourceSet) -> Self {
        let Finding { rule, severity, message, labels, help } = finding;
        Self {
            rule: (*rule).to_owned(),
            severity: *severity,
            clinic: None,
            message: message.clone(),
            help: help.clone(),
            already_so: false,
            waived: None,
            location: labels.first().map(|label| sources.locate(label.place)),
        }
    }
}
