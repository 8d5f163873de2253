//! The people whom a clinic's work is about, as they were when it was planned.
//!
//! They are an excerpt of the clinic's directory: with it the impact can be computed again from the work alone, and
//! on the day on which a saved plan is applied it tells whether an id still means the same person.

use super::digest::short;
use crate::domain::{Access, ClinicState, Direction, DirectionKind, Directory, LiveClinic, Role, StaffId, StaffMember};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A person whom a clinic's work is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedPerson {
    /// The live system's id.
    pub id: StaffId,
    /// The name. Any text.
    pub name: String,
    /// Whether the person was an active healthcare professional of the clinic.
    pub may_message: bool,
    /// Stands for the e-mail address, which is nobody's business here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email_digest: Option<String>,
    /// Stands for the HSA-id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hsa_id_digest: Option<String>,
}

impl PlannedPerson {
    fn of(member: &StaffMember) -> Self {
        Self {
            id: member.id.clone(),
            name: member.name.clone(),
            may_message: member.may_message(),
            email_digest: email_digest(member),
            hsa_id_digest: hsa_id_digest(member),
        }
    }

    /// Whether `member`, who has this person's id now, is this person: somebody else shares neither the e-mail address
    /// nor the HSA-id. A new name alone is the same person, but where nothing else was known.
    #[must_use]
    pub fn is(&self, member: &StaffMember) -> bool {
        let shares = |planned: &Option<String>, now: Option<String>| planned.is_some() && *planned == now;
        match (&self.email_digest, &self.hsa_id_digest) {
            (None, None) => self.name == member.name,
            (email, hsa_id) => shares(email, email_digest(member)) || shares(hsa_id, hsa_id_digest(member)),
        }
    }

    fn member(&self) -> StaffMember {
        let roles = if self.may_message { BTreeSet::from([Role::HealthcareProfessional]) } else { BTreeSet::new() };
        StaffMember {
            id: self.id.clone(),
            name: self.name.clone(),
            email: None,
            hsa_id: None,
            title: None,
            roles,
            active: self.may_message,
        }
    }
}

/// Everybody whom leading a clinic to `wanted` is about: who stands in the lists of a direction that changes, before or
/// after, and who may use it.
pub(super) fn concerned(live: &LiveClinic, wanted: &ClinicState) -> Vec<PlannedPerson> {
    let pairs = DirectionKind::ALL.map(|kind| [live.state.direction(kind), wanted.direction(kind)]);
    let changing = pairs.into_iter().filter(|[before, after]| before != after).flatten();
    let ids: BTreeSet<&StaffId> = changing.flat_map(|direction| of_direction(direction, &live.directory)).collect();
    ids.into_iter().filter_map(|id| live.directory.get(id)).map(PlannedPerson::of).collect()
}

fn of_direction<'a>(direction: &'a Direction, directory: &'a Directory) -> impl Iterator<Item = &'a StaffId> {
    let listed = match &direction.accessible_to {
        Access::Everyone => None,
        Access::Listed(people) => Some(people),
    };
    listed.into_iter().flatten().chain(direction.holders(directory).map(|member| &member.id))
}

/// The excerpt as a directory, in which the same people may use the same directions.
pub(super) fn directory(people: &[PlannedPerson]) -> Directory {
    Directory::new(people.iter().map(PlannedPerson::member).collect())
}

fn email_digest(member: &StaffMember) -> Option<String> {
    member.email.as_ref().map(|email| short(member.id.as_str(), email.as_str()))
}

fn hsa_id_digest(member: &StaffMember) -> Option<String> {
    member.hsa_id.as_ref().map(|hsa_id| short(member.id.as_str(), hsa_id.as_str()))
}
