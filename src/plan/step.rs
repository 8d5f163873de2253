//! One write of a plan.

use crate::domain::{Button, ButtonId, ClinicState, Direction, DirectionKind, Resource};
use serde::{Deserialize, Serialize};

/// One request that changes a clinic, with the whole final state of its resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Write {
    /// Set a direction, switch and access together.
    PutDirection {
        /// Which.
        direction: DirectionKind,
        /// To what.
        to: Direction,
    },
    /// Create or replace a button. A new one goes to the end of the order.
    PutButton(Button),
    /// Delete a button.
    DeleteButton(ButtonId),
    /// Set the order of all buttons.
    PutOrder(Vec<ButtonId>),
}

impl Write {
    /// The resource that is written.
    #[must_use]
    pub fn resource(&self) -> Resource {
        match self {
            Self::PutDirection { direction, .. } => Resource::Direction(*direction),
            Self::PutButton(button) => Resource::Button(button.id.clone()),
            Self::DeleteButton(id) => Resource::Button(id.clone()),
            Self::PutOrder(_) => Resource::ButtonOrder,
        }
    }

    /// Whether a clinic in this state looks as if the write had been done, by whomever.
    #[must_use]
    pub fn is_done_in(&self, state: &ClinicState) -> bool {
        match self {
            Self::PutDirection { direction, to } => state.direction(*direction) == to,
            Self::PutButton(button) => state.button(&button.id) == Some(button),
            Self::DeleteButton(id) => state.button(id).is_none(),
            Self::PutOrder(order) => state.order() == *order,
        }
    }
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The change that it carries out: its id in the plan, from 1.
    pub id: u32,
    /// The request.
    pub write: Write,
    /// Steps of the same clinic that must be done first. Steps run in the order of the plan, which keeps them all;
    /// this says which of it is needed.
    pub waits_for: Vec<u32>,
}
