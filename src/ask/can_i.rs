//! `can-i`: whether one person holds one right, now and after the plan.

use super::{Admission, Files, Subject, admissions};
use crate::domain::{Access, ClinicId, ClinicState, Direction, DirectionKind, Right, Role, StaffId, StaffMember};
use crate::source::Location;
use serde::Serialize;
use std::collections::BTreeSet;

/// The answer for one person, one right and one clinic, as `clinicctl-can-i/1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CanI {
    /// Always `clinicctl-can-i/1`.
    pub format: &'static str,
    /// The clinic.
    pub clinic: ClinicId,
    /// The person's id.
    pub person: StaffId,
    /// The person's name. Any text.
    pub name: String,
    /// Which right.
    pub right: Right,
    /// In the live state.
    pub now: Answer,
    /// In the state that a run would lead to.
    pub after: Answer,
    /// Whether any file is about the clinic; if none is, a run leaves it as it is.
    pub declared: bool,
    /// The rules because of which a run leaves the clinic as it is.
    pub blocked: BTreeSet<String>,
}

/// Whether the right is held in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Yes or no.
    pub may: bool,
    /// The shortest reason.
    pub because: Ground,
    /// What else the person may be, if that is the reason.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<Role>,
    /// The line that declares it, if the files do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The lines that admit the person, if the files list them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub admitted_by: Vec<Admission>,
}

/// Why a right is held or not. The first that holds, in this order, is the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// No: the person has left the clinic.
    LeftTheClinic,
    /// No: the person is no healthcare professional of the clinic.
    NotAProfessional,
    /// No: the direction is off.
    DirectionOff,
    /// No: the direction is on for a list that the person is not in.
    NotListed,
    /// Yes: the direction is on for everyone.
    Everyone,
    /// Yes: the direction is on for a list that the person is in.
    Listed,
}

/// Whether `member`, who is in the clinic's directory, holds `right`.
#[must_use]
pub fn can_i(subject: Subject<'_>, member: &StaffMember, right: Right) -> CanI {
    let Subject { live, files, sources: _ } = subject;
    let kind = DirectionKind::giving(right);
    let blocked = files.iter().flat_map(|files| &files.plan.blocked).map(|blocked| blocked.rule.clone());
    CanI {
        format: "clinicctl-can-i/1",
        clinic: live.clinic.clone(),
        person: member.id.clone(),
        name: member.name.clone(),
        right,
        now: answer(live.state.direction(kind), member),
        after: after(subject, member, kind),
        declared: files.is_some(),
        blocked: blocked.collect(),
    }
}

/// The answer in the state that a run would lead to, with the lines that declare it. A blocked clinic stays as it is,
/// whatever its lines say.
fn after(subject: Subject<'_>, member: &StaffMember, kind: DirectionKind) -> Answer {
    let state = resulting(&subject);
    let mut answer = answer(state.direction(kind), member);
    let Some(files) = subject.files.filter(|files| files.plan.blocked.is_empty()) else { return answer };
    let Files { desired, .. } = files;
    let direction = desired.direction(kind);
    let switch = direction.enabled.as_ref().map(|said| said.place);
    let list = direction.accessible_to.as_ref().map(|said| said.place);
    let place = match answer.because {
        Ground::LeftTheClinic | Ground::NotAProfessional => None,
        Ground::DirectionOff => switch,
        Ground::NotListed | Ground::Everyone | Ground::Listed => list,
    };
    answer.location = place.map(|place| subject.sources.locate(place));
    if answer.because == Ground::Listed {
        answer.admitted_by = admissions(files, subject.sources, kind, member);
    }
    answer
}

fn resulting<'a>(subject: &Subject<'a>) -> &'a ClinicState {
    let work = subject.files.and_then(|files| files.plan.work.as_ref());
    work.map_or(&subject.live.state, |work| &work.wanted)
}

fn answer(direction: &Direction, member: &StaffMember) -> Answer {
    let because = ground(direction, member);
    let roles = if because == Ground::NotAProfessional { member.roles.clone() } else { BTreeSet::new() };
    let may = matches!(because, Ground::Everyone | Ground::Listed);
    Answer { may, because, roles, location: None, admitted_by: Vec::new() }
}

fn ground(direction: &Direction, member: &StaffMember) -> Ground {
    if !member.active {
        return Ground::LeftTheClinic;
    }
    if !member.is_professional() {
        return Ground::NotAProfessional;
    }
    if !direction.enabled {
        return Ground::DirectionOff;
    }
    match &direction.accessible_to {
        Access::Everyone => Ground::Everyone,
        Access::Listed(people) if people.contains(&member.id) => Ground::Listed,
        Access::Listed(_) => Ground::NotListed,
    }
}
