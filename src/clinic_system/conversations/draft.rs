//! What is brought to the service, and what it gives back.

use super::Forbidden;
use crate::hex;
use crate::store::{NewMessage, StoreError, WriteFailure, moment};
use clinic_wire::{FieldProblem, Message, Party};

/// The bytes of a key: nobody guesses 128 bits.
const KEY_BYTES: usize = 16;

/// What somebody wants to say.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) from: Party,
    pub(crate) text: String,
    /// What makes sending it twice harmless: whose key it is, for what, and the key.
    pub(crate) once: Option<String>,
}

/// What was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent<T> {
    pub(crate) what: T,
    /// Whether it was sent now; else it was there already, sent with the same key.
    pub(crate) new: bool,
}

/// Why the service did not do it.
#[derive(Debug)]
pub(crate) enum Denied {
    /// The settings or the directory forbid it.
    Forbidden(Forbidden),
    /// There is no such clinic.
    UnknownClinic(String),
    /// The clinic holds no such conversation.
    UnknownConversation,
    /// It could not be so under any settings; with the place in the request.
    Unfit(FieldProblem),
    /// The key stands for another message.
    KeyReused,
    /// The conversation has as many messages as it may have.
    Full,
    /// The store could not be read.
    Read(StoreError),
    /// The store could not be written.
    Write(WriteFailure),
}

impl Draft {
    /// The message, as of now.
    pub(super) fn message(&self, handed_to: Option<&str>) -> Result<NewMessage, Denied> {
        let Self { from, text, once } = self.clone();
        let message = Message { from, at: moment(), text, handed_to: handed_to.map(str::to_owned) };
        Ok(NewMessage { id: key("ms")?, message, once })
    }
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Self {
        Self::Read(error)
    }
}

impl From<WriteFailure> for Denied {
    fn from(failure: WriteFailure) -> Self {
        Self::Write(failure)
    }
}

/// A new key of this kind.
pub(crate) fn key(kind: &str) -> Result<String, StoreError> {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(StoreError::Random)?;
    Ok(format!("{kind}-{}", hex::encode(&bytes)))
}
