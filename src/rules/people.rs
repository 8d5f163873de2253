//! The people whom the files name in a clinic's lists, as the rules about people see them.

use super::Resulting;
use crate::diff::{Found, Mention};
use crate::domain::{Access, ClinicState, DirectionKind, Directory, PersonRef, StaffId, StaffMember};
use crate::source::Place;
use std::collections::BTreeSet;

/// A person named in a list.
#[derive(Debug, Clone)]
pub(super) struct Named<'a> {
    /// Whose list.
    pub(super) direction: DirectionKind,
    /// The name as written; the staff id if no file is at hand.
    pub(super) spelling: &'a str,
    /// The place at which it is written, if the files are at hand.
    pub(super) place: Option<Place>,
    /// The result of the lookup.
    pub(super) whom: Whom<'a>,
    /// Where to look for a near spelling, if that is affordable.
    pub(super) near: Option<&'a Directory>,
}

/// How many unknown names of one clinic get a near spelling: each costs a look at the whole directory, and a file with
/// more of them has taken the wrong list.
const SUGGESTIONS: usize = 20;

/// The result of looking a name up.
#[derive(Debug, Clone)]
pub(super) enum Whom<'a> {
    /// No person.
    Nobody,
    /// This person.
    One(&'a StaffMember),
    /// More than one person.
    Several(Vec<&'a StaffMember>),
}

/// All people whom the files name. If only a saved plan is at hand: all people whom it would add to a list.
pub(super) fn named<'a>(resulting: &Resulting<'a>) -> Vec<Named<'a>> {
    let Resulting { live, wanted, desired, resolution, .. } = *resulting;
    let directory = &live.directory;
    let mut people: Vec<Named<'a>> = match desired {
        Some(_) => resolution.mentions.iter().map(|mention| mentioned(mention, directory)).collect(),
        None => DirectionKind::ALL.into_iter().flat_map(|kind| added(&live.state, wanted, kind, directory)).collect(),
    };
    let unknown = people.iter_mut().filter(|named| matches!(named.whom, Whom::Nobody));
    unknown.take(SUGGESTIONS).for_each(|named| named.near = Some(directory));
    people
}

/// `Karin Holm (karin.holm@norrtull.example)`.
pub(super) fn full_name(member: &StaffMember, spelling: &str) -> String {
    format!("{} ({spelling})", member.name)
}

/// Whether the list of `kind` in `state` names the person of this staff id.
pub(super) fn lists(state: &ClinicState, kind: DirectionKind, id: &str) -> bool {
    let id = StaffId::parse(id);
    listed(state, kind).is_some_and(|people| id.is_ok_and(|id| people.contains(&id)))
}

fn mentioned<'a>(mention: &'a Mention, directory: &'a Directory) -> Named<'a> {
    let Mention { direction, person, place, group: _, found } = mention;
    let whom = match found {
        Found::Nobody => Whom::Nobody,
        Found::One(id) => directory.get(id).map_or(Whom::Nobody, Whom::One),
        Found::Several(ids) => Whom::Several(ids.iter().filter_map(|id| directory.get(id)).collect()),
    };
    Named { direction: *direction, spelling: text(person), place: Some(*place), whom, near: None }
}

fn text(person: &PersonRef) -> &str {
    match person {
        PersonRef::Email(email) => email.as_str(),
        PersonRef::HsaId(hsa_id) => hsa_id.as_str(),
        PersonRef::StaffId(id) => id.as_str(),
    }
}

/// The people whom `wanted` lists for `kind` and `live` does not.
fn added<'a>(
    live: &'a ClinicState,
    wanted: &'a ClinicState,
    kind: DirectionKind,
    directory: &'a Directory,
) -> impl Iterator<Item = Named<'a>> {
    let before = listed(live, kind);
    let after = listed(wanted, kind).into_iter().flatten();
    after.filter(move |id| !before.is_some_and(|before| before.contains(*id))).map(move |id| Named {
        direction: kind,
        spelling: id.as_str(),
        place: None,
        whom: directory.get(id).map_or(Whom::Nobody, Whom::One),
        near: None,
    })
}

fn listed(state: &ClinicState, kind: DirectionKind) -> Option<&BTreeSet<StaffId>> {
    match &state.direction(kind).accessible_to {
        Access::Everyone => None,
        Access::Listed(people) => Some(people),
    }
}
