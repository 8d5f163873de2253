//! Impact: what people and patients notice.

use crate::domain::{ButtonId, ClinicId, Language, Right, StaffId, Surface};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What people and patients notice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impact {
    /// Rights that people gain.
    pub gain: Vec<RightRow>,
    /// Rights that people lose.
    pub lose: Vec<RightRow>,
    /// Menus that change.
    pub menus: Vec<MenuRow>,
    /// Clinics that are left with one person who may respond and had another number before.
    pub single_responders: Vec<SingleResponderRow>,
    /// What patients see before and after, of every menu that looks different: other buttons, titles or targets.
    pub pictures: Vec<PictureRow>,
}

impl Impact {
    /// What people and patients of one clinic notice.
    #[must_use]
    pub fn of_clinic(&self, clinic: &ClinicId) -> Self {
        let Self { gain, lose, menus, single_responders, pictures } = self;
        Self {
            gain: gain.iter().filter(|row| row.clinic == *clinic).cloned().collect(),
            lose: lose.iter().filter(|row| row.clinic == *clinic).cloned().collect(),
            menus: menus.iter().filter(|row| row.clinic == *clinic).cloned().collect(),
            single_responders: single_responders.iter().filter(|row| row.clinic == *clinic).cloned().collect(),
            pictures: pictures.iter().filter(|row| row.clinic == *clinic).cloned().collect(),
        }
    }
}

/// A clinic that is left with one person who may respond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SingleResponderRow {
    /// The clinic.
    pub clinic: ClinicId,
    /// The person's id.
    pub person: StaffId,
    /// The person's name. Any text.
    pub name: String,
}

/// A menu as patients see it before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureRow {
    /// The clinic.
    pub clinic: ClinicId,
    /// The surfaces on which it looks like this; both if both change in the same way.
    pub surfaces: Vec<Surface>,
    /// The active buttons as they are.
    pub before: Vec<DrawnButton>,
    /// The active buttons as they will be.
    pub after: Vec<DrawnButton>,
}

/// A button as a picture needs it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnButton {
    /// The key.
    pub id: ButtonId,
    /// The target, as the API says it.
    pub leads_to: String,
    /// The titles by language. Any text.
    pub title: BTreeMap<Language, String>,
}

/// One person's right in one clinic: the direction is on and the person is an effective member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightRow {
    /// The clinic.
    pub clinic: ClinicId,
    /// The person's id.
    pub person: StaffId,
    /// The person's name. Any text.
    pub name: String,
    /// Which right.
    pub right: Right,
}

/// A menu that patients will see change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuRow {
    /// The clinic.
    pub clinic: ClinicId,
    /// Where.
    pub surface: Surface,
    /// The active buttons as they are.
    pub before: Vec<ButtonId>,
    /// The active buttons as they will be.
    pub after: Vec<ButtonId>,
}
