//! The two directions of messaging, each with its switch and its accessibility.

use super::{Access, Directory, StaffMember};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which way a conversation starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectionKind {
    /// A professional writes the first message to a patient.
    HealthcareInitiated,
    /// A patient writes first, or another clinic starts or hands over a conversation.
    Incoming,
}

impl DirectionKind {
    /// Both, in the order in which the console shows them.
    pub const ALL: [Self; 2] = [Self::HealthcareInitiated, Self::Incoming];

    /// The key of this direction in YAML and in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::HealthcareInitiated => "healthcare_initiated",
            Self::Incoming => "incoming",
        }
    }

    /// The right that being an effective member of this direction gives.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::HealthcareInitiated => Right::Send,
            Self::Incoming => Right::Respond,
        }
    }

    /// The direction that gives this right.
    #[must_use]
    pub const fn giving(right: Right) -> Self {
        match right {
            Right::Send => Self::HealthcareInitiated,
            Right::Respond => Self::Incoming,
        }
    }
}

/// What a person can do to a clinic's conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Start a conversation with a patient.
    Send,
    /// Answer what patients and other clinics start.
    Respond,
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Send => "send",
            Self::Respond => "respond",
        })
    }
}

/// The live or wanted state of one direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    /// Whether conversations may start this way at all.
    pub enabled: bool,
    /// Who may send or respond.
    pub accessible_to: Access,
}

impl Direction {
    /// The state in a new clinic: off, and no one is admitted.
    #[must_use]
    pub const fn off() -> Self {
        Self { enabled: false, accessible_to: Access::nobody() }
    }

    /// The people who hold the right now: the direction is on and they are effective members.
    pub fn holders<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = &'a StaffMember> {
        self.accessible_to.effective(directory).filter(|_| self.enabled)
    }
}
