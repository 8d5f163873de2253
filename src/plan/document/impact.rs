//! Impact: what people and patients notice.

use crate::domain::ButtonId;
use crate::domain::ClinicId;
use crate::domain::Right;
use crate::domain::StaffId;
use crate::domain::Surface;
use serde::Deserialize;
use serde::Serialize;

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
