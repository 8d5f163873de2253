//! Conversations: who started one, which direction governs it, who may read it, answer in it and hand it over. Pure.
//!
//! | started by                  | governed by            | answered by                             |
//! | --------------------------- | ---------------------- | --------------------------------------- |
//! | a professional, to a patient | `healthcare-initiated` | who may send; the patient always        |
//! | a patient                   | `incoming`             | who may respond; the patient always     |
//! | another clinic              | `incoming`             | who may respond; the other clinic always |
//!
//! A conversation that is handed over belongs to the clinic that took it and is governed by its `incoming`, whoever
//! started it; the clinic that gave it away sees it no more.

use super::{Action, Facts, Verdict, Why};
use crate::clinic::Direction;
use clinic_wire::{FieldProblem, Party};

/// What decides about a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conversation {
    /// The clinic that holds it.
    pub(crate) clinic: String,
    /// The direction whose settings say who may read and answer.
    pub(crate) governed_by: Direction,
    /// Whom the clinic talks with.
    pub(crate) with: Counterpart,
}

/// The other side of a conversation. Whatever the settings say, it may read and answer what is its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Counterpart {
    /// A patient.
    Patient(String),
    /// The clinic that started it.
    Clinic(String),
}

/// The conversation at `clinic` that `from` would start with `to`.
///
/// # Errors
/// Where those two cannot start one there, whatever the settings; with the place in the body.
pub(crate) fn opening(clinic: &str, from: &Party, to: &Party) -> Result<Conversation, FieldProblem> {
    let begun = |governed_by, with| Ok(Conversation { clinic: clinic.to_owned(), governed_by, with });
    match (from, to) {
        (Party::Professional(_), Party::Patient(patient)) => {
            begun(Direction::HealthcareInitiated, Counterpart::Patient(patient.clone()))
        }
        (Party::Professional(_), Party::Professional(_) | Party::Clinic(_)) => Err(unfit(
            "/to",
            "a professional starts a conversation with a patient; another clinic is written to by a clinic",
        )),
        (Party::Clinic(other), _) if other == clinic => {
            Err(unfit("/from", "a clinic starts a conversation with another one, at the path of the other"))
        }
        (Party::Patient(patient), Party::Clinic(to)) if to == clinic => {
            begun(Direction::Incoming, Counterpart::Patient(patient.clone()))
        }
        (Party::Clinic(other), Party::Clinic(to)) if to == clinic => {
            begun(Direction::Incoming, Counterpart::Clinic(other.clone()))
        }
        (Party::Patient(_) | Party::Clinic(_), _) => {
            Err(unfit("/to", format!("expected the clinic of the path, `{clinic}`")))
        }
    }
}

impl Conversation {
    /// Whether `from` may start it. `facts` are those of the clinic that would hold it.
    pub(crate) fn may_start(&self, facts: &Facts<'_>, from: &Party) -> Verdict {
        match from {
            Party::Professional(_) => facts.may(Action::Send),
            Party::Patient(_) | Party::Clinic(_) => facts.open(Direction::Incoming),
        }
    }

    /// Whether `reader` may read it.
    pub(crate) fn may_read(&self, facts: &Facts<'_>, reader: &Party) -> Verdict {
        match reader {
            Party::Professional(_) => facts.may_read(self.governed_by),
            Party::Patient(_) | Party::Clinic(_) => self.theirs(facts, reader),
        }
    }

    /// Whether `from` may write in it.
    pub(crate) fn may_reply(&self, facts: &Facts<'_>, from: &Party) -> Verdict {
        match from {
            Party::Professional(_) => facts.may(Action::within(self.governed_by)),
            Party::Patient(_) | Party::Clinic(_) => self.theirs(facts, from),
        }
    }

    /// Whether the professional in question may hand it to the clinic that `other` describes: they must be able to
    /// write in it, and the other clinic must take what patients and clinics start.
    pub(crate) fn may_hand_over(&self, facts: &Facts<'_>, other: &Facts<'_>) -> Verdict {
        facts.may(Action::within(self.governed_by))?;
        other.open(Direction::Incoming)
    }

    /// The conversation once `clinic` has taken it.
    ///
    /// # Errors
    /// Where that clinic takes part already.
    pub(crate) fn handed_to(&self, clinic: &str) -> Result<Self, FieldProblem> {
        if self.clinic == clinic {
            return Err(unfit("/to/clinic", "this clinic holds the conversation already"));
        }
        if self.with == Counterpart::Clinic(clinic.to_owned()) {
            return Err(unfit("/to/clinic", "this clinic has started the conversation itself"));
        }
        Ok(Self { clinic: clinic.to_owned(), governed_by: Direction::Incoming, with: self.with.clone() })
    }

    fn theirs(&self, facts: &Facts<'_>, party: &Party) -> Verdict {
        if self.with.party() == *party { Ok(()) } else { facts.forbid(Why::NotTheirs) }
    }
}

impl Counterpart {
    /// As who takes part.
    pub(crate) fn party(&self) -> Party {
        match self {
            Self::Patient(id) => Party::Patient(id.clone()),
            Self::Clinic(id) => Party::Clinic(id.clone()),
        }
    }
}

fn unfit(pointer: &str, detail: impl Into<String>) -> FieldProblem {
    FieldProblem { pointer: pointer.to_owned(), detail: detail.into() }
}
