//! The harm that one write of ours can do, stated without asking the product.

use crate::laws::diff::whole;
use crate::support::invariants::{broken, rights};
use clinicctl::domain::{ButtonId, ClinicState, Directory, Resource};
use clinicctl::plan::{ClinicWork, Write};

/// A write of ours that was accepted, with the state before and after.
pub(super) struct Watched {
    pub(super) resource: Resource,
    pub(super) before: ClinicState,
    pub(super) after: ClinicState,
}

/// What is wrong with a write that was sent for `work`, after `earlier` ones.
pub(super) fn harm_of(
    watched: &Watched,
    earlier: &[Watched],
    work: &ClinicWork,
    directory: &Directory,
) -> Result<(), String> {
    let Watched { resource, before, after } = watched;
    if !is_as_shown(watched, earlier, work) {
        return Err(format!("{resource} was overwritten unseen"));
    }
    let further: Vec<_> = broken(after, directory).difference(&broken(before, directory)).cloned().collect();
    if !further.is_empty() {
        return Err(format!("newly broken by {resource}: {further:?}"));
    }
    let allowed = &rights(before, directory) | &rights(&work.wanted, directory);
    let intruders: Vec<_> = rights(after, directory).difference(&allowed).cloned().collect();
    if !intruders.is_empty() {
        return Err(format!("I3: {resource} gives rights that neither side gives: {intruders:?}"));
    }
    Ok(())
}

/// Whether the write found what its plan showed there, or what an earlier one left there: whoever undid that did so
/// unseen. A write that changed nothing overwrote nothing.
fn is_as_shown(watched: &Watched, earlier: &[Watched], work: &ClinicWork) -> bool {
    let Watched { resource, before, after } = watched;
    if before == after {
        return true;
    }
    if let Some(ours) = earlier.iter().rfind(|ours| ours.resource == *resource) {
        return whole(before, resource) == whole(&ours.after, resource);
    }
    match resource {
        Resource::ButtonOrder => before.order() == order_before(work),
        Resource::Direction(_) | Resource::Button(_) => whole(before, resource) == whole(&work.before, resource),
    }
}

/// The order in which the plan's own creations and deletions leave the buttons.
fn order_before(work: &ClinicWork) -> Vec<ButtonId> {
    let mut order = work.before.order();
    for step in &work.steps {
        match &step.write {
            Write::PutButton(button) if !order.contains(&button.id) => order.push(button.id.clone()),
            Write::DeleteButton(id) => order.retain(|other| other != id),
            Write::PutButton(_) | Write::PutDirection { .. } | Write::PutOrder(_) => {}
        }
    }
    order
}
