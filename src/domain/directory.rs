//! The people of one clinic, read from the live system and never written.

use super::{Email, HsaId, StaffId, StaffTitle};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// One person in a clinic's directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// The live system's id.
    pub id: StaffId,
    /// The name, for people to read.
    pub name: String,
    /// At least one of `email` and `hsa_id` is there.
    pub email: Option<Email>,
    /// At least one of `email` and `hsa_id` is there.
    pub hsa_id: Option<HsaId>,
    /// The title, if the system's title is a slug.
    pub title: Option<StaffTitle>,
    /// What the person may be in this clinic.
    pub roles: BTreeSet<Role>,
    /// Leavers stay listed as inactive.
    pub active: bool,
}

impl StaffMember {
    /// Whether the person can be an effective member at all: active, and a healthcare professional here.
    #[must_use]
    pub fn may_message(&self) -> bool {
        self.active && self.is_professional()
    }

    /// Whether the person holds the role that messaging needs.
    #[must_use]
    pub fn is_professional(&self) -> bool {
        self.roles.contains(&Role::HealthcareProfessional)
    }
}

/// What a person may be in a clinic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The only role that may message.
    HealthcareProfessional,
    /// Plans the calendar.
    Scheduler,
    /// Administers the clinic.
    Administrator,
    /// A role that this version does not know.
    #[serde(untagged)]
    Other(String),
}

/// A person as a file names them.
///
/// Serialised as it is written in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PersonRef {
    /// By e-mail address.
    Email(Email),
    /// By HSA-id.
    HsaId(HsaId),
    /// By the live system's id.
    StaffId(StaffId),
}

impl PersonRef {
    /// Reads a person's name in whichever spelling it is: an `@` makes an e-mail address, the form of an HSA-id an
    /// HSA-id, and anything else must be a staff id. `None` when it is none of them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.contains('@') {
            return Email::parse(text).ok().map(Self::Email);
        }
        let hsa_id = HsaId::parse(text).ok().map(Self::HsaId);
        hsa_id.or_else(|| StaffId::parse(text).ok().map(Self::StaffId))
    }

    /// Whether this names `member`.
    #[must_use]
    pub fn names(&self, member: &StaffMember) -> bool {
        match self {
            Self::Email(email) => member.email.as_ref() == Some(email),
            Self::HsaId(hsa_id) => member.hsa_id.as_ref() == Some(hsa_id),
            Self::StaffId(id) => member.id == *id,
        }
    }
}

impl From<PersonRef> for String {
    fn from(person: PersonRef) -> Self {
        person.to_string()
    }
}

impl TryFrom<String> for PersonRef {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("expected an e-mail address, an HSA-id or a staff id")
    }
}

impl fmt::Display for PersonRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Email(email) => email.fmt(f),
            Self::HsaId(hsa_id) => hsa_id.fmt(f),
            Self::StaffId(id) => id.fmt(f),
        }
    }
}

/// The directory of one clinic, in the order of ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    staff: Vec<StaffMember>,
}

/// The result of looking a name up in one directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match<'a> {
    /// No person has the name.
    Nobody,
    /// Exactly this person.
    One(&'a StaffMember),
    /// More than one person.
    Several(Vec<&'a StaffMember>),
}

impl Directory {
    /// A directory of these people.
    #[must_use]
    pub fn new(mut staff: Vec<StaffMember>) -> Self {
        staff.sort_by(|a, b| a.id.cmp(&b.id));
        Self { staff }
    }

    /// Everybody, in the order of ids.
    #[must_use]
    pub fn staff(&self) -> &[StaffMember] {
        &self.staff
    }

    /// The person with this id.
    #[must_use]
    pub fn get(&self, id: &StaffId) -> Option<&StaffMember> {
        self.staff.binary_search_by(|member| member.id.cmp(id)).ok().and_then(|at| self.staff.get(at))
    }

    /// Looks `person` up.
    #[must_use]
    pub fn find(&self, person: &PersonRef) -> Match<'_> {
        let mut found: Vec<_> = self.staff.iter().filter(|member| person.names(member)).collect();
        match (found.pop(), found.is_empty()) {
            (None, _) => Match::Nobody,
            (Some(one), true) => Match::One(one),
            (Some(last), false) => {
                found.push(last);
                Match::Several(found)
            }
        }
    }
}
