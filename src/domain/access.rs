//! Who may use a direction of messaging: one value that cannot contradict itself.

use super::{Directory, StaffId, StaffMember};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;

/// Everyone, or exactly these people; an empty set admits no one.
///
/// Serialised as the word `everyone` or as a list of staff ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Every healthcare professional of the clinic, present and future.
    Everyone,
    /// The people with these ids.
    Listed(BTreeSet<StaffId>),
}

impl Access {
    /// No one: the state in a new clinic.
    #[must_use]
    pub const fn nobody() -> Self {
        Self::Listed(BTreeSet::new())
    }

    /// Whether `member` is an effective member: an active healthcare professional whom this value admits to the
    /// direction.
    #[must_use]
    pub fn admits(&self, member: &StaffMember) -> bool {
        member.may_message()
            && match self {
                Self::Everyone => true,
                Self::Listed(people) => people.contains(&member.id),
            }
    }

    /// The effective members, in the order of their ids.
    pub fn effective<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = &'a StaffMember> {
        directory.staff().iter().filter(|member| self.admits(member))
    }
}

const EVERYONE: &str = "everyone";

impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Everyone => serializer.serialize_str(EVERYONE),
            Self::Listed(people) => people.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Access {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Word(String),
            People(BTreeSet<StaffId>),
        }
        match Either::deserialize(deserializer)? {
            Either::People(people) => Ok(Self::Listed(people)),
            Either::Word(word) if word == EVERYONE => Ok(Self::Everyone),
            Either::Word(word) => Err(D::Error::custom(format!("expected `everyone` or a list of ids, not `{word}`"))),
        }
    }
}
