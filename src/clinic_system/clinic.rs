//! The managed state of a clinic and what a write does to it: pure.

use clinic_wire::{
    Access, ButtonBody, ButtonState, DirectionBody, DirectionState, FieldProblem, LastChange, Messaging, OrderBody,
    OrderState,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many buttons a clinic may have. A menu of a hundred buttons is beyond use; without any bound one client could
/// grow every answer about the clinic without end.
const MOST_BUTTONS: usize = 100;

/// What a clinic's row in the store holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClinicState {
    /// The two directions.
    pub(crate) messaging: Messaging,
    /// The buttons, in the order of the menu.
    pub(crate) buttons: Vec<ButtonState>,
}

/// One of the two directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    HealthcareInitiated,
    Incoming,
}

/// One write, its body already of the right form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Write {
    /// The switch and the access of one direction.
    Direction(Direction, DirectionBody),
    /// Create or replace a button.
    PutButton(String, ButtonBody),
    /// Delete a button.
    DeleteButton(String),
    /// The order of the buttons.
    Order(OrderBody),
}

/// Why a write cannot be made on the state that it meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Objection {
    /// The button to delete is not there.
    UnknownButton,
    /// What the body says does not fit the state.
    Unfit(Vec<FieldProblem>),
}

impl Write {
    /// What is written, as the change log names it.
    pub(crate) fn resource(&self) -> String {
        match self {
            Self::Direction(direction, _) => direction.resource().to_owned(),
            Self::PutButton(id, _) | Self::DeleteButton(id) => format!("buttons/{id}"),
            Self::Order(_) => "button-order".to_owned(),
        }
    }

    /// The people whom this write adds to a list, each with the place in the body.
    pub(crate) fn people_added<'a>(&'a self, state: &ClinicState) -> Vec<(usize, &'a str)> {
        let Self::Direction(direction, DirectionBody { enabled: _, accessible_to: Access::People(people) }) = self
        else {
            return Vec::new();
        };
        let there: BTreeSet<&str> = match &direction.of(state).accessible_to {
            Access::Everyone(_) => BTreeSet::new(),
            Access::People(people) => people.iter().map(String::as_str).collect(),
        };
        people.iter().map(String::as_str).enumerate().filter(|(_, id)| !there.contains(id)).collect()
    }

    /// The resource as the body of a write would say it: what the change log keeps as before and after.
    pub(crate) fn said(&self, state: &ClinicState) -> Value {
        match self {
            Self::Direction(direction, _) => direction.said(state),
            Self::PutButton(id, _) | Self::DeleteButton(id) => json!(state.button(id).map(button_body)),
            Self::Order(_) => json!(OrderBody { order: state.order() }),
        }
    }

    /// The resource as an answer shows it; null if it is gone.
    pub(crate) fn shown(&self, state: &ClinicState) -> Value {
        match self {
            Self::Direction(direction, _) => json!(direction.of(state)),
            Self::PutButton(id, _) | Self::DeleteButton(id) => json!(state.button(id)),
            Self::Order(_) => json!(OrderState { order: state.order() }),
        }
    }

    /// The state after this write, in which `change` is who changed the resource last.
    pub(crate) fn apply(&self, mut state: ClinicState, change: LastChange) -> Result<ClinicState, Objection> {
        match self {
            Self::Direction(direction, body) => direction.set(&mut state, body, change),
            Self::PutButton(id, body) => state.put(id, body, change)?,
            Self::DeleteButton(id) => state.delete(id)?,
            Self::Order(body) => state.reorder(&body.order)?,
        }
        Ok(state)
    }
}

impl Direction {
    /// Its name in the change log, and the end of its path.
    pub(crate) const fn resource(self) -> &'static str {
        match self {
            Self::HealthcareInitiated => "messaging/healthcare-initiated",
            Self::Incoming => "messaging/incoming",
        }
    }

    /// The direction with this name.
    pub(crate) fn of_resource(name: &str) -> Option<Self> {
        [Self::HealthcareInitiated, Self::Incoming].into_iter().find(|direction| direction.resource() == name)
    }

    /// The direction in this state.
    pub(crate) const fn of(self, state: &ClinicState) -> &DirectionState {
        self.within(&state.messaging)
    }

    /// What the settings say about this direction.
    pub(crate) const fn within(self, messaging: &Messaging) -> &DirectionState {
        match self {
            Self::HealthcareInitiated => &messaging.healthcare_initiated,
            Self::Incoming => &messaging.incoming,
        }
    }

    /// The direction as the body of a write would say it.
    pub(crate) fn said(self, state: &ClinicState) -> Value {
        let DirectionState { enabled, accessible_to, last_change: _ } = self.of(state).clone();
        json!(DirectionBody { enabled, accessible_to })
    }

    fn set(self, state: &mut ClinicState, body: &DirectionBody, change: LastChange) {
        let DirectionBody { enabled, accessible_to } = body.clone();
        let place = match self {
            Self::HealthcareInitiated => &mut state.messaging.healthcare_initiated,
            Self::Incoming => &mut state.messaging.incoming,
        };
        *place = DirectionState { enabled, accessible_to: sorted(accessible_to), last_change: Some(change) };
    }
}

impl ClinicState {
    /// The button of this id.
    pub(crate) fn button(&self, id: &str) -> Option<&ButtonState> {
        self.buttons.iter().find(|button| button.id == id)
    }

    /// The ids of the buttons, in the order of the menu.
    pub(crate) fn order(&self) -> Vec<String> {
        self.buttons.iter().map(|button| button.id.clone()).collect()
    }

    fn put(&mut self, id: &str, body: &ButtonBody, change: LastChange) -> Result<(), Objection> {
        let ButtonBody { leads_to, title, active, shown_in } = body.clone();
        let new = ButtonState { id: id.to_owned(), leads_to, title, active, shown_in, last_change: Some(change) };
        if let Some(old) = self.buttons.iter_mut().find(|button| button.id == id) {
            *old = new;
            return Ok(());
        }
        if self.buttons.len() >= MOST_BUTTONS {
            let detail = format!("the clinic has {MOST_BUTTONS} buttons already, the most that it can have");
            return Err(Objection::Unfit(vec![FieldProblem { pointer: String::new(), detail }]));
        }
        self.buttons.push(new);
        Ok(())
    }

    fn delete(&mut self, id: &str) -> Result<(), Objection> {
        let at = self.buttons.iter().position(|button| button.id == id).ok_or(Objection::UnknownButton)?;
        self.buttons.remove(at);
        Ok(())
    }

    fn reorder(&mut self, order: &[String]) -> Result<(), Objection> {
        let mut left = std::mem::take(&mut self.buttons);
        let mut problems = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, id) in order.iter().enumerate() {
            let twice = !seen.insert(id);
            if let Some(found) = left.iter().position(|button| button.id == *id) {
                self.buttons.push(left.remove(found));
                continue;
            }
            let detail =
                if twice { format!("`{id}` stands twice") } else { format!("the clinic has no button `{id}`") };
            problems.push(FieldProblem { pointer: format!("/order/{at}"), detail });
        }
        let missing = left.iter().map(|button| format!("the clinic's button `{}` is missing", button.id));
        problems.extend(missing.map(|detail| FieldProblem { pointer: "/order".to_owned(), detail }));
        if problems.is_empty() { Ok(()) } else { Err(Objection::Unfit(problems)) }
    }
}

/// The button as the body of a write would say it.
pub(crate) fn button_body(button: &ButtonState) -> ButtonBody {
    let ButtonState { id: _, leads_to, title, active, shown_in, last_change: _ } = button.clone();
    ButtonBody { leads_to, title, active, shown_in }
}

/// A list of people means a set: it is kept in the order of ids.
pub(crate) fn sorted(access: Access) -> Access {
    match access {
        Access::Everyone(everyone) => Access::Everyone(everyone),
        Access::People(mut people) => {
            people.sort_unstable();
            people.dedup();
            Access::People(people)
        }
    }
}

/// `^[a-z0-9][a-z0-9-]{0,62}$`: the form of a clinic's and a button's key.
pub(crate) fn is_slug(text: &str) -> bool {
    let first = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let Some((head, tail)) = text.as_bytes().split_first() else { return false };
    first(*head) && tail.len() <= 62 && tail.iter().all(|b| first(*b) || *b == b'-')
}
