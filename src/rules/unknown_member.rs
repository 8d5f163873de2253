//! Members of groups whom no clinic knows: the part of `unknown-person` that only a whole run can decide.

use super::{Policy, unknown_person};
use crate::diagnostic::Finding;
use crate::diff::{Known, Members, NamedMember};
use crate::domain::{AccessRule, ClinicId, DesiredClinic, DesiredFleet, DirectionKind, GroupName, Who};
use crate::source::Place;
use std::collections::BTreeSet;

/// A warning for each line of a group that names a person whom none of the clinics read knows.
///
/// `known` is what all their directories know together. Where clinics of the folder were not read (the run was limited
/// to some of them, or some could not be read), a group that one of those lists is left out, and so is one that no
/// clinic lists: its people may well work there. Empty if the fleet does not ask `unknown-person`.
#[must_use]
pub fn unknown_members(
    fleet: &DesiredFleet,
    members: &Members,
    known: &Known,
    read: &BTreeSet<ClinicId>,
) -> Vec<Finding> {
    let mut unknown = members.unknown(known).peekable();
    if unknown.peek().is_none() || Policy::of_fleet(fleet).severity(&unknown_person::RULE).is_none() {
        return Vec::new();
    }
    let told = told_groups(fleet, read);
    let of_member = |(member, near)| findings(member, near, &told);
    unknown.flat_map(of_member).collect()
}

fn findings(member: &NamedMember, near: Option<&str>, told: &BTreeSet<&GroupName>) -> Vec<Finding> {
    let lines = member.lines.iter().filter(|(group, _)| told.contains(group));
    lines.map(|(group, place)| finding(member, near, group, *place)).collect()
}

fn finding(member: &NamedMember, near: Option<&str>, group: &GroupName, place: Place) -> Finding {
    let message = format!("`{}` of the group `{group}` is nobody in any of the clinics read", member.person);
    let finding = Finding::warning(unknown_person::RULE.name, place, message);
    match near {
        Some(near) => finding.help(format!("did you mean {near}?")),
        None => finding.help("correct the spelling, or delete the line if the person has gone"),
    }
}

/// The groups all of whose clinics were read.
fn told_groups<'a>(fleet: &'a DesiredFleet, read: &BTreeSet<ClinicId>) -> BTreeSet<&'a GroupName> {
    let unread: Vec<&DesiredClinic> = fleet
        .clinics
        .values()
        .map(AsRef::as_ref)
        .filter(|desired: &&DesiredClinic| !read.contains(&desired.clinic))
        .collect();
    if unread.is_empty() {
        return fleet.groups.keys().collect();
    }
    let of_unread: BTreeSet<&GroupName> = unread.into_iter().flat_map(groups).collect();
    let of_read =
        fleet.clinics.values().filter(|desired| read.contains(&desired.clinic)).flat_map(|desired| groups(desired));
    of_read.filter(|group| !of_unread.contains(group)).collect()
}

/// The groups that a clinic lists.
fn groups(desired: &DesiredClinic) -> impl Iterator<Item = &GroupName> {
    let rules = DirectionKind::ALL.into_iter().filter_map(|kind| desired.direction(kind).accessible_to.as_ref());
    let lines = rules.flat_map(|said| match &said.value {
        AccessRule::Everyone => &[][..],
        AccessRule::Listed(lines) => lines,
    });
    lines.filter_map(|line| match &line.who {
        Who::Group(group) => Some(&group.name),
        Who::Person(_) | Who::Title(_) => None,
    })
}
