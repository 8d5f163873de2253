//! `idle-check`: a check that is about no clinic.

use super::Rule;
use crate::diagnostic::Finding;
use crate::domain::{DesiredFleet, RuleSetting};

pub(super) const RULE: Rule = Rule::warning(
    "idle-check",
    "a check that is about no clinic at all",
    "Whoever reads the check believes that something is held to it. The usual cause is a typing error in a label.\n\n\
     Guilty, where no clinic has that label:\n\n    checks:\n      - check: open-door\n        because: ...\n        \
     clinics: {regoin: stockholm}\n        enabled: {incoming: true}\n\n\
     Use a label that clinics have, or delete the check.",
);

/// Every check that no clinic has the labels of.
pub(super) fn in_fleet(fleet: &DesiredFleet) -> Vec<Finding> {
    let asked = fleet.checks.iter().filter(|check| check.severity != RuleSetting::Off);
    let idle = asked.filter(|check| !fleet.clinics.values().any(|clinic| check.is_about(clinic)));
    let finding = |place, name| {
        let finding = RULE.finding(place, format!("the check `{name}` is about no clinic: none has all its labels"));
        finding.help("use labels that clinics have, or delete the check")
    };
    idle.filter_map(|check| Some(finding(check.place?, &check.check))).collect()
}
