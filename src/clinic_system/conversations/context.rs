//! A clinic as the service reads it for a decision.

use super::{Counterpart, Facts, Forbidden};
use crate::clinic::Direction;
use crate::store::{Basis, Listed};
use clinic_wire::{Messaging, Party, StaffItem};

/// A clinic as a decision sees it.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) clinic: String,
    pub(crate) name: String,
    pub(crate) revision: u64,
    pub(crate) messaging: Messaging,
    /// The professional in question, if the clinic knows them.
    pub(crate) person: Option<StaffItem>,
}

impl Context {
    /// What decides.
    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts { clinic: &self.clinic, messaging: &self.messaging, person: self.person.as_ref() }
    }

    /// Which conversations of this clinic `reader` may read.
    pub(super) fn readable(&self, reader: &Party) -> Result<Listed, Forbidden> {
        let clinic = self.clinic.clone();
        let party = match reader {
            Party::Professional(_) => {
                let facts = self.facts();
                facts.professional()?;
                let both = [Direction::HealthcareInitiated, Direction::Incoming];
                let directions = both.into_iter().filter(|direction| facts.may_read(*direction).is_ok()).collect();
                return Ok(Listed::Held { clinic, directions });
            }
            Party::Patient(id) => Counterpart::Patient(id.clone()),
            Party::Clinic(id) => Counterpart::Clinic(id.clone()),
        };
        Ok(Listed::With { party, clinic: Some(clinic) })
    }

    /// What a write that is decided on this stands on.
    pub(super) fn basis(&self) -> Basis {
        Basis { clinic: self.clinic.clone(), revision: self.revision }
    }
}
