//! A professional at work: who they are, where, and in whose name they speak in a conversation.

use crate::conversations::{Conversation, ConversationService, Counterpart, Denied};
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use clinic_wire::Party;

/// The professional who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Worker {
    pub(super) staff: String,
    pub(super) clinic: String,
}

/// A conversation, and in whose name the professional sits in it.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) id: String,
    /// The clinic that holds it.
    pub(super) clinic: String,
    /// Themselves, where their own clinic holds it; their clinic, if that has started it elsewhere.
    pub(super) party: Party,
}

impl Worker {
    pub(super) fn of(call: &Call) -> Result<Self, Refusal> {
        let place = call.person()?.place.as_ref().ok_or(Refusal::Forbidden)?;
        Ok(Self { staff: place.staff.clone(), clinic: place.clinic.clone() })
    }

    /// As themselves.
    pub(super) fn party(&self) -> Party {
        Party::Professional(self.staff.clone())
    }

    /// As their clinic.
    pub(super) fn for_clinic(&self) -> Party {
        Party::Clinic(self.clinic.clone())
    }

    /// Their seat in the conversation of the path.
    pub(super) async fn seat(&self, call: &Call) -> Result<Seat, Refusal> {
        let id = call.segment("conversation").to_owned();
        let found = match ConversationService::new(&call.app.store).find(&id).await {
            Ok(found) => found,
            Err(Denied::Read(error)) => return Err(error.into()),
            Err(_) => return Err(Refusal::UnknownPage),
        };
        let Conversation { clinic, governed_by: _, with } = found;
        if clinic == self.clinic {
            return Ok(Seat { id, clinic, party: self.party() });
        }
        let ours = with == Counterpart::Clinic(self.clinic.clone());
        ours.then(|| Seat { id, clinic, party: self.for_clinic() }).ok_or(Refusal::UnknownPage)
    }
}
