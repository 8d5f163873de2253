//! Checks: what a fleet demands of its clinics beyond what every clinic must obey.

use super::{
    DesiredClinic, DirectionKind, LeadsTo, PersonRef, Right, Role, RuleSetting, Slug, StaffMember, StaffTitle,
};
use crate::source::{Location, Place};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that must stay true of some clinics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its name, unique in the fleet.
    pub check: Slug,
    /// Why. Any text.
    pub because: String,
    /// What a breach does.
    pub severity: RuleSetting,
    /// The labels that a clinic must have for the check to be about it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub clinics: BTreeMap<String, String>,
    /// What must be true.
    pub demand: Demand,
    /// The place of the check, for people.
    pub location: Location,
    /// The same for excerpts; only while the files are at hand.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// What must be true of a clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// Every one of these who is active holds the right.
    May(Holders),
    /// None of these holds the right.
    Never(Holders),
    /// So many people hold the right.
    AtLeast {
        /// The right.
        right: Right,
        /// How many.
        people: u64,
    },
    /// The directions are on or off.
    Enabled(BTreeMap<DirectionKind, bool>),
    /// The first button of each menu leads there.
    FirstButton(LeadsTo),
}

/// A right, and the people whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holders {
    /// The right.
    pub right: Right,
    /// The people.
    pub who: Whose,
}

/// The people whom a check concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Everybody with this title.
    Title(StaffTitle),
    /// Everybody with this role.
    Role(Role),
    /// One person.
    Person(PersonRef),
}

impl Check {
    /// Whether the check is about a clinic.
    #[must_use]
    pub fn is_about(&self, clinic: &DesiredClinic) -> bool {
        let has = |(key, value): (&String, &String)| clinic.labels.get(key.as_str()).is_some_and(|said| said == value);
        self.clinics.iter().all(has)
    }
}

impl Whose {
    /// Whether `member` is meant.
    #[must_use]
    pub fn includes(&self, member: &StaffMember) -> bool {
        match self {
            Self::Title(title) => member.title.as_ref() == Some(title),
            Self::Role(role) => member.roles.contains(role),
            Self::Person(person) => person.names(member),
        }
    }
}
