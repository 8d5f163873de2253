//! Whose changes a clinic does not sign: of the order of its buttons, and of a button that is gone, only the change log
//! says who changed them last.

use super::{ClinicOutcome, Edit, Stop};
use crate::domain::{ActorKind, LastChange, Resource};
use crate::plan::Attribution;
use std::collections::BTreeSet;

impl ClinicOutcome {
    /// What another writer changed if the clinic does not name the writer.
    #[must_use]
    pub fn unsigned(&mut self) -> BTreeSet<Resource> {
        self.signatures().filter(|(_, who)| who.is_none()).map(|(resource, _)| resource.clone()).collect()
    }

    /// Takes what the change log says of it. A change with our own reference is ours.
    pub fn sign(&mut self, log: &Attribution, ours: Option<&str>) {
        for (resource, who) in self.signatures().filter(|(_, who)| who.is_none()) {
            let newest = log.get(resource).map(|logged| &logged.newest);
            let theirs = |newest: &&LastChange| newest.kind == ActorKind::Person || newest.reference.as_deref() != ours;
            *who = newest.filter(theirs).cloned();
        }
    }

    /// What another writer changed, each with the name in the clinic's state.
    fn signatures(&mut self) -> Box<dyn Iterator<Item = (&Resource, &mut Option<LastChange>)> + '_> {
        match &mut self.stop {
            Some(Stop::Conflict(conflict)) => {
                Box::new(conflict.edits.iter_mut().map(|Edit { change, last_change }| (&change.resource, last_change)))
            }
            Some(Stop::ReadBack(resources)) => Box::new(resources.iter_mut().map(|(resource, who)| (&*resource, who))),
            None
            | Some(Stop::Step | Stop::Interrupted(_) | Stop::NotStarted(_) | Stop::NotKept(_) | Stop::NotReadBack(_)) => {
                Box::new(std::iter::empty())
            }
        }
    }
}
