//! The people of a clinic, as an administrator chooses among them.

use super::collate::in_order;
use crate::pages::language::Language;
use crate::pages::shown::shown;
use crate::pages::text::console::people::job;
use crate::store::{Store, StoreError};
use clinic_wire::{Access, StaffItem};
use std::collections::{BTreeMap, BTreeSet};

/// The one role that may message.
const PROFESSIONAL: &str = "healthcare_professional";

/// Everybody who is or was at a clinic.
#[derive(Debug)]
pub(super) struct Directory(BTreeMap<String, StaffItem>);

/// Whether somebody can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// They can: an active healthcare professional.
    Fits,
    /// They have left the clinic.
    Left,
    /// They are here, and no healthcare professional.
    NoProfessional,
    /// The clinic knows nobody of this id.
    Unknown,
}

/// Somebody on a page.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) id: String,
    pub(super) name: String,
    /// What they do, in the reader's language.
    pub(super) title: String,
    pub(super) standing: Standing,
}

impl Directory {
    pub(super) async fn of(store: &Store, clinic: &str) -> Result<Self, StoreError> {
        let staff = store.staff(clinic, "", "", i64::MAX).await?;
        Ok(Self(staff.into_iter().map(|person| (person.id.clone(), person)).collect()))
    }

    pub(super) fn standing(&self, id: &str) -> Standing {
        let Some(person) = self.0.get(id) else { return Standing::Unknown };
        match (person.active, is_professional(person)) {
            (false, _) => Standing::Left,
            (true, false) => Standing::NoProfessional,
            (true, true) => Standing::Fits,
        }
    }

    /// How a person is called; by their id if nobody knows them.
    pub(super) fn name(&self, id: &str) -> String {
        self.0.get(id).map_or_else(|| shown(id), |person| shown(&person.name))
    }

    /// How many people such an access lets in.
    pub(super) fn let_in(&self, access: &Access) -> usize {
        match access {
            Access::Everyone(_) => self.0.keys().filter(|id| self.standing(id) == Standing::Fits).count(),
            Access::People(ids) => ids.iter().filter(|id| self.standing(id) == Standing::Fits).count(),
        }
    }

    /// These people, in the order of their names.
    pub(super) fn people(&self, ids: &BTreeSet<String>, language: Language) -> Vec<Shown> {
        in_order(ids.iter().map(|id| self.shown(id, language)), |person| &person.name)
    }

    /// Everybody who can be chosen, is not `chosen` already, and has `search` in their name, e-mail or HSA-id.
    pub(super) fn found(&self, search: &str, chosen: &BTreeSet<String>, language: Language) -> Vec<Shown> {
        let search = search.to_lowercase();
        let fits = |id: &&String| self.standing(id) == Standing::Fits && !chosen.contains(*id);
        let found = self.0.keys().filter(fits).filter(|id| self.mentions(id, &search));
        in_order(found.map(|id| self.shown(id, language)), |person| &person.name)
    }

    fn mentions(&self, id: &str, search: &str) -> bool {
        let Some(person) = self.0.get(id) else { return false };
        let texts = [Some(&person.name), person.email.as_ref(), person.hsa_id.as_ref()];
        texts.into_iter().flatten().any(|text| text.to_lowercase().contains(search))
    }

    fn shown(&self, id: &str, language: Language) -> Shown {
        let title = self.0.get(id).map_or_else(String::new, |person| shown(job(&person.title, language)));
        Shown { id: id.to_owned(), name: self.name(id), title, standing: self.standing(id) }
    }
}

fn is_professional(person: &StaffItem) -> bool {
    person.roles.iter().any(|role| role == PROFESSIONAL)
}
