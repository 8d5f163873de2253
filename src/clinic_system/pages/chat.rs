//! A conversation as people see it: names instead of keys, times of day, and whose words are whose.

use super::call::Call;
use super::console::local;
use super::refusal::Refusal;
use super::shown::shown;
use super::text::conversations::Talk;
use crate::store::{Store, StoreError};
use clinic_wire::{Message, Party};
use jiff::Timestamp;
use std::collections::HashMap;

/// One message.
#[derive(Debug)]
pub(crate) struct Bubble {
    /// Whether the reader's side wrote it.
    pub(crate) mine: bool,
    pub(crate) author: String,
    pub(crate) at: Moment,
    pub(crate) text: String,
    /// Where the conversation went with these words.
    pub(crate) handed: Option<String>,
}

/// A time: for programs, and for people.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) exact: String,
    pub(crate) shown: String,
}

impl Moment {
    /// A time as the API gives it, shown as the clocks of the clinics say it.
    pub(crate) fn of(at: &str) -> Self {
        let shown = at.parse::<Timestamp>().map(|at| local(at).strftime("%Y-%m-%d %H:%M").to_string());
        Self { exact: at.to_owned(), shown: shown.unwrap_or_else(|_| at.to_owned()) }
    }
}

/// The messages of a conversation, for one who counts `mine` as their own.
pub(crate) async fn bubbles(
    names: &mut Names<'_>,
    messages: Vec<Message>,
    mine: &[Party],
) -> Result<Vec<Bubble>, Refusal> {
    let mut bubbles = Vec::with_capacity(messages.len());
    for Message { from, at, text, handed_to } in messages {
        let mine = mine.contains(&from);
        let author =
            if mine && !matches!(from, Party::Clinic(_)) { names.text.you.to_owned() } else { names.of(&from).await? };
        let handed = match handed_to {
            None => None,
            Some(clinic) => Some((names.text.handed_to)(&names.clinic(&clinic).await?)),
        };
        bubbles.push(Bubble { mine, author, at: Moment::of(&at), text, handed });
    }
    Ok(bubbles)
}

/// Names by keys, each looked up once a page.
pub(crate) struct Names<'a> {
    store: &'a Store,
    text: &'static Talk,
    known: HashMap<Party, String>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(call: &'a Call) -> Self {
        Self { store: &call.app.store, text: call.text(&super::text::conversations::TEXTS), known: HashMap::new() }
    }

    /// What somebody is called; who is not known by name is called by their key.
    pub(crate) async fn of(&mut self, party: &Party) -> Result<String, StoreError> {
        if let Some(name) = self.known.get(party) {
            return Ok(name.clone());
        }
        let name = match party {
            Party::Patient(id) => (self.text.patient)(id),
            Party::Professional(id) => {
                self.store.staff_member(id).await?.map_or_else(|| id.clone(), |person| person.name)
            }
            Party::Clinic(id) => self.store.clinic(id).await?.map_or_else(|| id.clone(), |clinic| clinic.name),
        };
        let name = shown(&name);
        self.known.insert(party.clone(), name.clone());
        Ok(name)
    }

    /// What a clinic is called.
    pub(crate) async fn clinic(&mut self, clinic: &str) -> Result<String, StoreError> {
        self.of(&Party::Clinic(clinic.to_owned())).await
    }
}
