//! The managed state of one clinic: what a plan starts from and leads to.

use super::{Button, ButtonId, Direction, DirectionKind, Surface};
use serde::{Deserialize, Serialize};

/// Everything that this tool may change about a clinic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClinicState {
    /// Professional-initiated conversations.
    pub healthcare_initiated: Direction,
    /// Conversations that patients and other clinics start.
    pub incoming: Direction,
    /// The buttons, in the order of the menu; no id stands twice.
    pub buttons: Vec<Button>,
}

impl ClinicState {
    /// What a new clinic has: both directions off, no buttons.
    #[must_use]
    pub const fn new() -> Self {
        Self { healthcare_initiated: Direction::off(), incoming: Direction::off(), buttons: Vec::new() }
    }

    /// One of the two directions.
    #[must_use]
    pub const fn direction(&self, kind: DirectionKind) -> &Direction {
        match kind {
            DirectionKind::HealthcareInitiated => &self.healthcare_initiated,
            DirectionKind::Incoming => &self.incoming,
        }
    }

    /// One of the two directions, to change it.
    pub const fn direction_mut(&mut self, kind: DirectionKind) -> &mut Direction {
        match kind {
            DirectionKind::HealthcareInitiated => &mut self.healthcare_initiated,
            DirectionKind::Incoming => &mut self.incoming,
        }
    }

    /// The button with this id.
    #[must_use]
    pub fn button(&self, id: &ButtonId) -> Option<&Button> {
        self.buttons.iter().find(|button| button.id == *id)
    }

    /// The ids of all buttons, in the order of the menu.
    #[must_use]
    pub fn order(&self) -> Vec<ButtonId> {
        self.buttons.iter().map(|button| button.id.clone()).collect()
    }

    /// What a patient sees on `surface`: the active buttons, in order.
    pub fn menu(&self, surface: Surface) -> impl Iterator<Item = &Button> {
        self.buttons.iter().filter(move |button| button.active && button.shown_in.includes(surface))
    }
}

impl Default for ClinicState {
    fn default() -> Self {
        Self::new()
    }
}
