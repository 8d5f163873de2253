//! What a form of *Settings* says about one direction: the switches and people as they stand on the page, saved or not.

use crate::clinic::Direction;
use crate::pages::fields::Fields;
use crate::pages::refusal::Refusal;
use clinic_wire::{Access, DirectionBody, DirectionState, Everyone};
use std::collections::BTreeSet;

/// The two directions, in the order of the page.
pub(super) const BOTH: [Direction; 2] = [Direction::HealthcareInitiated, Direction::Incoming];

/// The word by which a direction's fields begin.
pub(super) const fn key(direction: Direction) -> &'static str {
    match direction {
        Direction::HealthcareInitiated => "initiated",
        Direction::Incoming => "incoming",
    }
}

pub(super) fn of_key(key_asked: &str) -> Option<Direction> {
    BOTH.into_iter().find(|direction| key(*direction) == key_asked)
}

/// One direction on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// The revision that it was opened with.
    pub(super) revision: u64,
    pub(super) enabled: bool,
    pub(super) everyone: bool,
    /// Who is chosen; kept while everyone is, in case that is taken back.
    pub(super) people: BTreeSet<String>,
    /// Whom the reader is looking for.
    pub(super) search: String,
}

impl Draft {
    /// The direction as it is saved.
    pub(super) fn of_state(state: &DirectionState, revision: u64) -> Self {
        let DirectionState { enabled, accessible_to, last_change: _ } = state;
        let (everyone, people) = match accessible_to {
            Access::Everyone(_) => (true, BTreeSet::new()),
            Access::People(people) => (false, people.iter().cloned().collect()),
        };
        Self { revision, enabled: *enabled, everyone, people, search: String::new() }
    }

    /// The direction as a form says it; `None` if it says nothing about it.
    pub(super) fn of_form(form: &Fields, direction: Direction) -> Result<Option<Self>, Refusal> {
        let name = |field: &str| format!("{}-{field}", key(direction));
        let Some(revision) = form.one(&name("revision")) else { return Ok(None) };
        Ok(Some(Self {
            revision: revision.parse().map_err(|_| Refusal::UnreadableForm)?,
            enabled: form.one(&name("enabled")).is_some(),
            everyone: form.one(&name("everyone")).is_some(),
            people: form.all(&name("people")).map(str::to_owned).collect(),
            search: form.text(&name("search")).to_owned(),
        }))
    }

    /// What is to be saved.
    pub(super) fn body(&self) -> DirectionBody {
        let accessible_to = if self.everyone {
            Access::Everyone(Everyone::Everyone)
        } else {
            Access::People(self.people.iter().cloned().collect())
        };
        DirectionBody { enabled: self.enabled, accessible_to }
    }
}
