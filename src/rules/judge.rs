//! The rules asked of the state that a plan would lead to.

use super::Severity;
use crate::diff::Resolution;
use crate::domain::ButtonId;
use crate::domain::ClinicState;
use crate::domain::DesiredClinic;
use crate::domain::DirectionKind;
use crate::domain::Expectation;
use crate::domain::Language;
use crate::domain::LiveClinic;
use crate::domain::RuleSetting;
use crate::source::Place;
use serde::Deserialize;
use serde::Serialize;
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
    pub until: Option<jiff::civil::Date>,
}

/// A clinic about to change.
#[derive(Debug, Clone, Copy)]
pub struct Resulting<'a> {
    /// As it is.
    pub live: &'a LiveClinic,
    /// As it would be.
    pub wanted: &'a ClinicState,
    /// What the files say; absent when a saved plan is judged again.
    pub desired: Option<&'a DesiredClinic>,
    /// Whom the files name.
    pub resolution: &'a Resolution,
    /// What the fleet says about rules.
    pub policy: &'a Policy,
    /// The day of the judgement, for waivers that end.
    pub today: jiff::civil::Date,
}

/// A rule that a clinic would break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule's name.
    pub rule: &'static str,
    /// The thing that breaks it: with the rule, the identity by which *newly* is decided.
    pub thing: Thing,
    /// One sentence; texts in it are raw.
    pub message: String,
    /// The line of the files to discuss, where there is one.
    pub place: Option<Place>,
    /// What would be right.
    pub help: Vec<String>,
}

/// The thing that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The clinic as a whole.
    Clinic,
    /// A direction.
    Direction(DirectionKind),
    /// A person in a direction's list: the staff id, or the name as written where it means nobody.
    Person(DirectionKind, String),
    /// A button.
    Button(ButtonId),
    /// A button's title in one language.
    Title(ButtonId, Language),
}

/// A breach with what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What is broken.
    pub breach: Breach,
    /// The severity after `rules:`, and a warning where the breach is `already so` or waived.
    pub severity: Severity,
    /// Why it is no worse.
    pub standing: Standing,
}

impl Judgement {
    /// Whether the clinic may not be written.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Where a breach comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The plan would cause it.
    New,
    /// The live state breaks the rule with the same thing.
    AlreadySo,
    /// A waiver of the clinic covers it; its reason.
    Waived(String),
}

/// Asks every rule of one clinic.
#[must_use]
pub fn judge(_resulting: &Resulting<'_>) -> Vec<Judgement> {
    Vec::new()
}
