//! What a clinic must look like after some of its steps, and what differs from that.

use super::position::Position;
use crate::domain::{ButtonId, ClinicState, DirectionKind, LastChange, LiveClinic, Resource};
use crate::plan::{ClinicWork, Write};
use std::collections::BTreeSet;

/// Changes `state` as the system does when it accepts `write`.
pub(super) fn apply(state: &mut ClinicState, write: &Write) {
    match write {
        Write::PutDirection { direction, to } => *state.direction_mut(*direction) = to.clone(),
        Write::PutButton(button) => match state.buttons.iter_mut().find(|known| known.id == button.id) {
            Some(known) => *known = button.clone(),
            None => state.buttons.push(button.clone()),
        },
        Write::DeleteButton(id) => state.buttons.retain(|button| button.id != *id),
        Write::PutOrder(order) => state.buttons.sort_by_key(|button| place(order, &button.id)),
    }
}

fn place(order: &[ButtonId], id: &ButtonId) -> Option<usize> {
    order.iter().position(|other| other == id)
}

/// Every resource that is not as wanted, if no other writer has changed the clinic since.
pub(super) fn not_kept(at: &Position<'_>, live: &LiveClinic) -> Vec<Resource> {
    let (before, wanted) = (&at.work.before, &at.wanted);
    let buttons = [wanted, before, &live.state].into_iter().flat_map(|state| &state.buttons);
    let buttons: BTreeSet<_> = buttons.map(|button| Resource::Button(button.id.clone())).collect();
    let directions = DirectionKind::ALL.into_iter().map(Resource::Direction);
    let all = directions.chain(buttons).chain([Resource::ButtonOrder]);
    all.filter(|resource| !as_wanted(resource, wanted, &live.state)).collect()
}

/// The resources that the run wrote and that `live` does not show as wanted, with who changed them last.
///
/// Resources that the run did not write are not compared here. The order of the buttons is looked at whenever a
/// button or the order was written, since both move buttons.
pub(super) fn differences(at: &Position<'_>, live: &LiveClinic) -> Vec<(Resource, Option<LastChange>)> {
    let differing = written(at.work).into_iter().filter(|resource| !as_wanted(resource, &at.wanted, &live.state));
    differing.map(|resource| (resource.clone(), live.last_changes.get(&resource).cloned())).collect()
}

fn written(work: &ClinicWork) -> BTreeSet<Resource> {
    let mut resources: BTreeSet<_> = work.steps.iter().map(|step| step.write.resource()).collect();
    if resources.iter().any(|resource| matches!(resource, Resource::Button(_))) {
        resources.insert(Resource::ButtonOrder);
    }
    resources
}

fn as_wanted(resource: &Resource, wanted: &ClinicState, live: &ClinicState) -> bool {
    match resource {
        Resource::Direction(kind) => wanted.direction(*kind) == live.direction(*kind),
        Resource::Button(id) => wanted.button(id) == live.button(id),
        Resource::ButtonOrder => wanted.order() == live.order(),
    }
}
