//! The state machine: clinics, and the log of what was accepted.

use super::{Author, Entry, Refusal, check, log};
use crate::diff::ResourceState;
use crate::domain::{ButtonId, ClinicId, ClinicState, Directory, LiveClinic, Resource, Revision};
use crate::plan::Write;
use std::collections::BTreeMap;

/// A whole clinic system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    clinics: BTreeMap<ClinicId, LiveClinic>,
    log: Vec<Entry>,
}

/// What an accepted write gave. It changed something exactly where `before` and `after` differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The clinic's revision afterwards: the old one if nothing changed, else the next.
    pub revision: Revision,
    /// What stood there; `None` if the write created it.
    pub before: Option<ResourceState>,
    /// What stands there now; `None` if the write deleted it.
    pub after: Option<ResourceState>,
}

impl Answer {
    /// Whether anything changed.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.before != self.after
    }
}

impl Model {
    /// A system of these clinics, with an empty log. Of two clinics with one key, the later counts.
    #[must_use]
    pub fn new(clinics: impl IntoIterator<Item = LiveClinic>) -> Self {
        let clinics = clinics.into_iter().map(|clinic| (clinic.clinic.clone(), clinic));
        Self { clinics: clinics.collect(), log: Vec::new() }
    }

    /// One clinic as it is now; `None` if there is no such clinic.
    #[must_use]
    pub fn observe(&self, clinic: &ClinicId) -> Option<&LiveClinic> {
        self.clinics.get(clinic)
    }

    /// Every accepted write that changed something, oldest first.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// People join and leave: the clinic's directory is another from now on. Settings and revision stay.
    pub fn replace_directory(&mut self, clinic: &ClinicId, directory: Directory) {
        if let Some(live) = self.clinics.get_mut(clinic) {
            live.directory = directory;
        }
    }

    /// Carries out one write by `author` where the clinic is at the revision `precondition`.
    ///
    /// # Errors
    /// [`Refusal`]; nothing changed then. What is outdated is told before anything that depends on the state: whoever
    /// writes must first see what they have not seen.
    pub fn perform(
        &mut self,
        clinic: &ClinicId,
        precondition: Option<Revision>,
        write: &Write,
        author: &Author,
    ) -> Result<Answer, Refusal> {
        let live = self.clinics.get_mut(clinic).ok_or_else(|| Refusal::UnknownClinic(clinic.clone()))?;
        admit(live, precondition, write)?;
        let resource = write.resource();
        let before = resource_of(&live.state, &resource);
        set(&mut live.state, write);
        let after = resource_of(&live.state, &resource);
        let answer = Answer { revision: live.revision, before, after };
        if !answer.changed() {
            return Ok(answer);
        }
        let revision = Revision(live.revision.0 + 1);
        live.revision = revision;
        self.remember(clinic, resource, author, &answer);
        Ok(Answer { revision, ..answer })
    }

    /// Writes down a change that was made, in the log and at the clinic.
    fn remember(&mut self, clinic: &ClinicId, resource: Resource, author: &Author, answer: &Answer) {
        let seq = self.log.len() as u64 + 1;
        let change = log::stamp(author, seq);
        if let Some(live) = self.clinics.get_mut(clinic) {
            match (&resource, &answer.after) {
                // The contract tells no last change of the order.
                (Resource::ButtonOrder, _) => {}
                (Resource::Button(_), None) => drop(live.last_changes.remove(&resource)),
                (Resource::Button(_) | Resource::Direction(_), _) => {
                    live.last_changes.insert(resource.clone(), change.clone());
                }
            }
        }
        let Answer { revision: _, before, after } = answer.clone();
        self.log.push(Entry { seq, clinic: clinic.clone(), resource, change, before, after });
    }
}

/// Whether a write may be carried out on `live`.
fn admit(live: &LiveClinic, precondition: Option<Revision>, write: &Write) -> Result<(), Refusal> {
    let named = precondition.ok_or(Refusal::PreconditionMissing)?;
    if named != live.revision {
        return Err(Refusal::Conflict { current: live.revision });
    }
    if matches!(write, Write::DeleteButton(id) if live.state.button(id).is_none()) {
        return Err(Refusal::UnknownButton);
    }
    let faults = check::faults(write, &live.state, &live.directory);
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Content(faults)) }
}

/// Carries out a write that was admitted.
fn set(state: &mut ClinicState, write: &Write) {
    match write {
        Write::PutDirection { direction, to } => *state.direction_mut(*direction) = to.clone(),
        Write::PutButton(button) => match state.buttons.iter_mut().find(|standing| standing.id == button.id) {
            Some(standing) => *standing = button.clone(),
            None => state.buttons.push(button.clone()),
        },
        Write::DeleteButton(id) => state.buttons.retain(|button| button.id != *id),
        Write::PutOrder(order) => state.buttons.sort_by_key(|button| place_in(order, &button.id)),
    }
}

fn place_in(order: &[ButtonId], id: &ButtonId) -> Option<usize> {
    order.iter().position(|named| named == id)
}

/// The whole of one resource as it is now; `None` if there is no such button.
fn resource_of(state: &ClinicState, resource: &Resource) -> Option<ResourceState> {
    match resource {
        Resource::Direction(kind) => Some(ResourceState::Direction(state.direction(*kind).clone())),
        Resource::Button(id) => state.button(id).cloned().map(ResourceState::Button),
        Resource::ButtonOrder => Some(ResourceState::Order { order: state.order() }),
    }
}
