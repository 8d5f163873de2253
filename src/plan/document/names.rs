//! A plan without people, for public pull requests.
//!
//! The document itself changes, so that no format can show what it must not: ids of staff become `person-1`,
//! `person-2` and so on, anew in each clinic, and names go. Sentences of rules that may name a person are replaced by
//! what the rule says of anybody.

use super::{Blocked, FindingRow, Plan, Pseudonyms};
use crate::rules;
use serde::{Deserialize, Serialize};

/// Whether a plan names people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    /// By name and id.
    #[default]
    Told,
    /// They are counted, and stand for themselves as `person-1`, `person-2` and so on.
    LeftOut,
}

/// The rules whose sentences are about clinics and buttons alone. A rule that is not here is taken to name people.
const ABOUT_NOBODY: [&str; 14] = [
    "dead-button",
    "duplicate-title",
    "ended-waiver",
    "http-link",
    "incomplete-button",
    "live-value-refused",
    "long-title",
    "missing-translation",
    "no-way-in",
    "nobody-answers",
    "nobody-sends",
    "placeholder-title",
    "unknown-clinic",
    "unused-list",
];

impl Redaction {
    pub(super) const fn are_told(&self) -> bool {
        matches!(self, Self::Told)
    }
}

impl Plan {
    /// The same plan without people. What the files say stays: their paths and lines, titles and targets of buttons.
    #[must_use]
    pub fn counts_only(&self) -> Self {
        let mut plan = self.clone();
        plan.names = Redaction::LeftOut;
        plan.people.clear();
        let pseudonyms = Pseudonyms::of(self);
        plan.changes.iter_mut().for_each(|change| pseudonyms.change(change));
        pseudonyms.impact(&mut plan.impact);
        plan.blocked.iter_mut().for_each(blocked);
        plan.findings.iter_mut().for_each(finding);
        if let Some(unknown) = &mut plan.drift_unknown {
            "the change logs do not tell".clone_into(&mut unknown.reason);
        }
        plan
    }
}

fn finding(row: &mut FindingRow) {
    if row.waived.is_some() {
        row.waived = Some("the file says why".to_owned());
    }
    if !ABOUT_NOBODY.contains(&row.rule.as_str()) {
        row.message = of_anybody(&row.rule);
        row.help.clear();
    }
}

fn blocked(row: &mut Blocked) {
    if !ABOUT_NOBODY.contains(&row.rule.as_str()) {
        row.detail = of_anybody(&row.rule);
    }
}

/// What a rule says of anybody; the same for a clinic that could not be read, which breaks none.
fn of_anybody(rule: &str) -> String {
    let says = match rule {
        "forbidden" => "the token may not read the clinic",
        // A rule about files has the same name; here it is a clinic.
        "unreadable" => "the clinic could not be read",
        _ => rules::find(rule).map_or("the clinic could not be read", |rule| rule.says),
    };
    says.to_owned()
}
