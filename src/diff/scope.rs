//! What would result: the wanted state of a clinic, with everything undeclared copied from the live one.
//!
//! Nothing here judges. A person who cannot be in a list is left out of it and is reported by the rules; so is a new
//! button that lacks a part.

use super::places::{Foreign, fill};
use super::{Found, Resolution};
use crate::domain::{
    Access, AccessRule, Button, ButtonId, ClinicState, DesiredButton, DesiredButtons, DesiredClinic, DesiredDirection,
    Direction, DirectionKind, Directory, Listed, LiveClinic, Sourced, StaffId, StaffMember, StaffTitle, Unlisted, Who,
};
use std::collections::{BTreeMap, BTreeSet};

/// The state that a run would lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoped {
    /// The whole wanted state, unmanaged parts included.
    pub wanted: ClinicState,
    /// Live buttons that `unlisted_buttons: remove` would remove if the run said `--prune`.
    pub kept: Vec<ButtonId>,
}

/// Computes the wanted state of one clinic.
///
/// Scoping again once the wanted state is live gives the same state.
#[must_use]
pub fn scope(desired: &DesiredClinic, live: &LiveClinic, resolution: &Resolution, prune: bool) -> Scoped {
    let direction = |kind| wanted_direction(kind, desired.direction(kind), live, resolution);
    let ButtonsScoped { buttons, kept } = wanted_buttons(desired.buttons.as_ref(), &live.state.buttons, prune);
    let wanted = ClinicState {
        healthcare_initiated: direction(DirectionKind::HealthcareInitiated),
        incoming: direction(DirectionKind::Incoming),
        buttons,
    };
    Scoped { wanted, kept }
}

/// A list that the files do not declare stays byte for byte, leavers included, even if the switch is written.
fn wanted_direction(
    kind: DirectionKind,
    desired: &DesiredDirection,
    live: &LiveClinic,
    resolution: &Resolution,
) -> Direction {
    let DesiredDirection { enabled, accessible_to } = desired;
    let now = live.state.direction(kind);
    let enabled = said(enabled.as_ref(), &now.enabled);
    let accessible_to = match accessible_to.as_ref().map(|said| &said.value) {
        None => now.accessible_to.clone(),
        Some(AccessRule::Everyone) => Access::Everyone,
        Some(AccessRule::Listed(lines)) => {
            let named = named(kind, lines, &live.directory, resolution);
            return listed(enabled, named, now, &live.directory);
        }
    };
    Direction { enabled, accessible_to }
}

/// Every person in this directory whom the lines of a list match.
fn named(kind: DirectionKind, lines: &[Listed], directory: &Directory, resolution: &Resolution) -> BTreeSet<StaffId> {
    let mentions = resolution.mentions.iter().filter(|mention| mention.direction == kind);
    let by_name = mentions.filter_map(|mention| match &mention.found {
        Found::One(id) => Some(id.clone()),
        Found::Nobody | Found::Several(_) => None,
    });
    let titles = lines.iter().filter_map(|line| match &line.who {
        Who::Title(title) => Some(title),
        Who::Person(_) | Who::Group(_) => None,
    });
    by_name.chain(titles.flat_map(|title| titled(title, directory))).collect()
}

pub(super) fn titled(title: &StaffTitle, directory: &Directory) -> impl Iterator<Item = StaffId> {
    let holders = directory.staff().iter().filter(|member| member.may_message());
    holders.filter(|member| member.title.as_ref() == Some(title)).map(|member| member.id.clone())
}

/// A direction whose list the files declare.
///
/// Only active professionals are added: the live system would refuse others. A person who is in the list already
/// may stay in it, with one exception: whenever the direction is written, leavers are left out. A list that only lacks
/// this is not written for it, so that a leaver in the files is a warning and not a change.
fn listed(enabled: bool, named: BTreeSet<StaffId>, now: &Direction, directory: &Directory) -> Direction {
    let stands = |id: &StaffId| match &now.accessible_to {
        Access::Everyone => false,
        Access::Listed(people) => people.contains(id),
    };
    let admitted = |member: &StaffMember| member.may_message() || stands(&member.id);
    let mut people = named;
    people.retain(|id| directory.get(id).is_some_and(admitted));
    let wanted = Direction { enabled, accessible_to: Access::Listed(people) };
    if wanted == *now { wanted } else { without_leavers(wanted, directory) }
}

fn without_leavers(mut direction: Direction, directory: &Directory) -> Direction {
    if let Access::Listed(people) = &mut direction.accessible_to {
        people.retain(|id| directory.get(id).is_some_and(|member| member.active));
    }
    direction
}

struct ButtonsScoped {
    buttons: Vec<Button>,
    kept: Vec<ButtonId>,
}

fn wanted_buttons(desired: Option<&DesiredButtons>, live: &[Button], prune: bool) -> ButtonsScoped {
    let Some(buttons) = desired else {
        return ButtonsScoped { buttons: live.to_vec(), kept: Vec::new() };
    };
    let DesiredButtons { listed, order: _, unlisted: _ } = buttons;
    let by_id: BTreeMap<&ButtonId, &Button> = live.iter().map(|button| (&button.id, button)).collect();
    let wanted = listed.iter().filter_map(|button| wanted_button(button, by_id.get(&button.id).copied()));
    let (foreign, kept) = match (buttons.fate_of_unlisted(), prune) {
        (Unlisted::Keep, _) => (Foreign::Stay, Vec::new()),
        (Unlisted::Remove, true) => (Foreign::Go, Vec::new()),
        (Unlisted::Remove, false) => (Foreign::Stay, unlisted_ids(listed, live)),
    };
    ButtonsScoped { buttons: fill(live, wanted.collect(), foreign), kept }
}

fn unlisted_ids(listed: &[DesiredButton], live: &[Button]) -> Vec<ButtonId> {
    let listed: BTreeSet<&ButtonId> = listed.iter().map(|button| &button.id).collect();
    live.iter().map(|button| &button.id).filter(|id| !listed.contains(id)).cloned().collect()
}

/// A listed button over the live one; `None` if it is not live and lacks what a new one needs.
fn wanted_button(desired: &DesiredButton, live: Option<&Button>) -> Option<Button> {
    let DesiredButton { id, place: _, title_place: _, leads_to, title, active, shown_in } = desired;
    let titles = title.iter().map(|(language, said)| (language.clone(), said.value.to_string()));
    let Some(live) = live else {
        let leads_to = leads_to.as_ref()?.value.clone();
        return (!title.is_empty()).then(|| Button {
            id: id.clone(),
            leads_to,
            title: titles.collect(),
            active: said(active.as_ref(), &false),
            shown_in: said(shown_in.as_ref(), &Default::default()),
        });
    };
    Some(Button {
        id: id.clone(),
        leads_to: said(leads_to.as_ref(), &live.leads_to),
        title: live.title.clone().into_iter().chain(titles).collect(),
        active: said(active.as_ref(), &live.active),
        shown_in: said(shown_in.as_ref(), &live.shown_in),
    })
}

/// The declared value, or else this one.
fn said<T: Clone>(said: Option<&Sourced<T>>, otherwise: &T) -> T {
    said.map_or(otherwise, |said| &said.value).clone()
}
