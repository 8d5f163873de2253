//! What a fleet and a clinic say about rules, and what follows from it.

use super::{Rule, Severity};
use crate::domain::{Check, DesiredClinic, DesiredFleet, Expectation, Language, RuleSetting, Waiver};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the fleet and one clinic say about rules: everything beyond two states and a directory that a verdict depends
/// on. Small and serialisable, because a saved plan carries it and is judged again on the day it is applied.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The languages that every active button needs.
    pub required_languages: Vec<Language>,
    /// Severities that differ from the defaults.
    pub settings: BTreeMap<String, RuleSetting>,
    /// What is meant in this clinic although it looks unusual.
    pub expects: Option<Expectation>,
    /// Rules waived for this clinic.
    pub waived: Vec<WaivedRule>,
    /// The checks that are about this clinic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// A rule waived for one clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaivedRule {
    /// Its name.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// The last day on which the waiver holds.
    pub until: Option<Date>,
}

impl Policy {
    /// The settings of `fleet` and those of `clinic`.
    #[must_use]
    pub fn of(fleet: &DesiredFleet, clinic: &DesiredClinic) -> Self {
        Self {
            expects: clinic.expects.as_ref().map(|said| said.value),
            waived: clinic.waivers.iter().map(WaivedRule::from).collect(),
            checks: Self::checks_of(fleet, clinic),
            ..Self::of_fleet(fleet)
        }
    }

    /// The settings of `fleet`, for what belongs to no clinic.
    pub(super) fn of_fleet(fleet: &DesiredFleet) -> Self {
        Self {
            required_languages: fleet.languages.required.clone(),
            settings: fleet.rules.iter().map(|(rule, said)| (rule.clone(), said.value)).collect(),
            expects: None,
            waived: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// The severity of `rule` here; `None` if the fleet does not ask it. A fixed rule keeps its own.
    pub(super) fn severity(&self, rule: &Rule) -> Option<Severity> {
        match self.settings.get(rule.name) {
            _ if rule.fixed => Some(rule.severity),
            None => Some(rule.severity),
            Some(RuleSetting::Error) => Some(Severity::Error),
            Some(RuleSetting::Warning) => Some(Severity::Warning),
            Some(RuleSetting::Off) => None,
        }
    }

    /// Why `rule` is waived here on the day `today`, if it is. A fixed rule never is.
    pub(super) fn waiver(&self, rule: &Rule, today: Date) -> Option<&str> {
        let holds = |waived: &&WaivedRule| waived.rule == rule.name && waived.until.is_none_or(|last| today <= last);
        let waived = self.waived.iter().find(holds)?;
        (!rule.fixed).then_some(waived.reason.as_str())
    }
}

impl From<&Waiver> for WaivedRule {
    fn from(waiver: &Waiver) -> Self {
        let Waiver { rule, reason, until, place: _ } = waiver;
        Self { rule: rule.clone(), reason: reason.clone(), until: *until }
    }
}
