//! The people whom the files name in a clinic's lists, as the rules about people see them.

use super::Resulting;
use crate::diff::Found;
use crate::diff::Mention;
use crate::domain::Access;
use crate::domain::ClinicState;
use crate::domain::DirectionKind;
use crate::domain::Directory;
use crate::domain::StaffId;
use crate::domain::StaffMember;
use crate::source::Place;

/// A person named in a list.
#[derive(Debug, Clone)]
pub(super) struct Named<'a> {
    /// Whose list.
    pub(super) direction: DirectionKind,
    /// The name as written; the staff id where no file is at hand.
    pub(super) spelling: String,
    /// Where it is written, if the files are at hand.
    pub(super) place: Option<Place>,
    /// Whom it means.
    pub(super) whom: Whom<'a>,
    /// Among whom it was looked up.
    pub(super) directory: &'a Directory,
}

/// Whom a name means.
#[derive(Debug, Clone)]
pub(super) enum Whom<'a> {
    /// Nobody.
    Nobody,
    /// This person.
    One(&'a StaffMember),
    /// More than one person.
    Several(Vec<&'a StaffMember>),
}

/// Everybody whom the files name. Where only a saved plan is at hand: everybody whom it would add to a list.
pub(super) fn named<'a>(resulting: &Resulting<'a>) -> Vec<Named<'a>> {
    let Resulting { live, wanted, desired, resolution, .. } = *resulting;
    if desired.is_some() {
        return resolution.mentions.iter().map(|mention| mentioned(mention, &live.directory)).collect();
    }
    let added = |kind| added(&live.state, wanted, kind).map(move |id| (kind, id));
    DirectionKind::ALL.into_iter().flat_map(added).map(|(kind, id)| by_id(kind, id, &live.directory)).collect()
}

/// `Karin Holm (karin.holm@norrtull.example)`.
pub(super) fn full_name(member: &StaffMember, spelling: &str) -> String {
    format!("{} ({spelling})", member.name)
}

/// Whether the list of `kind` in `state` names the person of this staff id.
pub(super) fn lists(state: &ClinicState, kind: DirectionKind, id: &str) -> bool {
    match &state.direction(kind).accessible_to {
        Access::Everyone => false,
        Access::Listed(people) => StaffId::parse(id).is_ok_and(|id| people.contains(&id)),
    }
}

fn mentioned<'a>(mention: &Mention, directory: &'a Directory) -> Named<'a> {
    let Mention { direction, person, place, group: _, found } = mention;
    let whom = match found {
        Found::Nobody => Whom::Nobody,
        Found::One(id) => directory.get(id).map_or(Whom::Nobody, Whom::One),
        Found::Several(ids) => Whom::Several(ids.iter().filter_map(|id| directory.get(id)).collect()),
    };
    Named { direction: *direction, spelling: person.to_string(), place: Some(*place), whom, directory }
}

fn by_id<'a>(direction: DirectionKind, id: &StaffId, directory: &'a Directory) -> Named<'a> {
    let whom = directory.get(id).map_or(Whom::Nobody, Whom::One);
    Named { direction, spelling: id.to_string(), place: None, whom, directory }
}

/// The people whom `wanted` lists and `live` does not.
fn added<'a>(live: &'a ClinicState, wanted: &'a ClinicState, kind: DirectionKind) -> impl Iterator<Item = &'a StaffId> {
    let before = match &live.direction(kind).accessible_to {
        Access::Everyone => None,
        Access::Listed(people) => Some(people),
    };
    let after = match &wanted.direction(kind).accessible_to {
        Access::Everyone => None,
        Access::Listed(people) => Some(people),
    };
    after.into_iter().flatten().filter(move |id| !before.is_some_and(|before| before.contains(id)))
}
