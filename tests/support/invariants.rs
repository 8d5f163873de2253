//! I1, I2 and I3 of the domain, stated a second time and naively: nothing here asks the product what a right or a dead
//! button is.

use clinicctl::domain::{Access, ButtonId, ClinicState, Direction, DirectionKind, Directory, LeadsTo, Role, StaffId};
use std::collections::BTreeSet;

/// A thing that breaks an invariant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Broken {
    /// I1: this button leads to a new message while incoming is off.
    DeadButton(ButtonId),
    /// I2: this direction is on and nobody may use it.
    NobodyMay(DirectionKind),
}

/// What of I1 and I2 a state breaks.
pub(crate) fn broken(state: &ClinicState, directory: &Directory) -> BTreeSet<Broken> {
    let mut broken = BTreeSet::new();
    for button in &state.buttons {
        if button.active && button.leads_to == LeadsTo::NewMessage && !state.incoming.enabled {
            broken.insert(Broken::DeadButton(button.id.clone()));
        }
    }
    if state.incoming.enabled && members(&state.incoming, directory).is_empty() {
        broken.insert(Broken::NobodyMay(DirectionKind::Incoming));
    }
    if state.healthcare_initiated.enabled && members(&state.healthcare_initiated, directory).is_empty() {
        broken.insert(Broken::NobodyMay(DirectionKind::HealthcareInitiated));
    }
    broken
}

/// Every right that somebody holds: the direction is on, and the person is an effective member.
pub(crate) fn rights(state: &ClinicState, directory: &Directory) -> BTreeSet<(DirectionKind, StaffId)> {
    let mut rights = BTreeSet::new();
    if state.incoming.enabled {
        rights.extend(members(&state.incoming, directory).into_iter().map(|id| (DirectionKind::Incoming, id)));
    }
    if state.healthcare_initiated.enabled {
        let senders = members(&state.healthcare_initiated, directory);
        rights.extend(senders.into_iter().map(|id| (DirectionKind::HealthcareInitiated, id)));
    }
    rights
}

/// Whether the rules and a system let a run lead from `before` to `after`: nothing is newly broken, and nobody is added
/// to a list who may not message.
pub(crate) fn may_be_wanted(before: &ClinicState, after: &ClinicState, directory: &Directory) -> bool {
    let may_message: BTreeSet<_> = members_of(&Access::Everyone, directory);
    let sound = |before: &Access, after: &Access| match (before, after) {
        (_, Access::Everyone) => true,
        (Access::Everyone, Access::Listed(after)) => after.is_subset(&may_message),
        (Access::Listed(before), Access::Listed(after)) => after.difference(before).all(|id| may_message.contains(id)),
    };
    broken(after, directory).is_subset(&broken(before, directory))
        && sound(&before.incoming.accessible_to, &after.incoming.accessible_to)
        && sound(&before.healthcare_initiated.accessible_to, &after.healthcare_initiated.accessible_to)
}

fn members(direction: &Direction, directory: &Directory) -> BTreeSet<StaffId> {
    members_of(&direction.accessible_to, directory)
}

fn members_of(access: &Access, directory: &Directory) -> BTreeSet<StaffId> {
    let mut members = BTreeSet::new();
    for person in directory.staff() {
        let listed = match access {
            Access::Everyone => true,
            Access::Listed(people) => people.contains(&person.id),
        };
        if listed && person.active && person.roles.contains(&Role::HealthcareProfessional) {
            members.insert(person.id.clone());
        }
    }
    members
}

/// A transition from one start to one goal, watched step by step.
pub(crate) struct Watch<'a> {
    directory: &'a Directory,
    allowed: BTreeSet<(DirectionKind, StaffId)>,
}

impl<'a> Watch<'a> {
    /// Watches an apply that leads from `start` to `goal`.
    pub(crate) fn new(start: &ClinicState, goal: &ClinicState, directory: &'a Directory) -> Self {
        let allowed = rights(start, directory).union(&rights(goal, directory)).cloned().collect();
        Self { directory, allowed }
    }

    /// What is wrong with one step; nothing where it keeps I1 to I3.
    pub(crate) fn step(&self, before: &ClinicState, after: &ClinicState) -> Result<(), String> {
        let further: Vec<_> =
            broken(after, self.directory).difference(&broken(before, self.directory)).cloned().collect();
        if !further.is_empty() {
            return Err(format!("newly broken: {further:?}"));
        }
        let intruders: Vec<_> = rights(after, self.directory).difference(&self.allowed).cloned().collect();
        if !intruders.is_empty() {
            return Err(format!("I3: rights that neither side gives: {intruders:?}"));
        }
        Ok(())
    }
}
