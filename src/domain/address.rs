//! Addresses: how a person, a report and a saved plan name one value of one clinic.

use super::{ButtonId, ClinicId, DirectionKind, Language};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing of a clinic that is written in one request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// `messaging/incoming` and `messaging/healthcare-initiated`.
    Direction(DirectionKind),
    /// `buttons/new-message`.
    Button(ButtonId),
    /// `button-order`.
    ButtonOrder,
}

impl Resource {
    /// Reads what [`Display`](fmt::Display) writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "messaging/healthcare-initiated" => Some(Self::Direction(DirectionKind::HealthcareInitiated)),
            "messaging/incoming" => Some(Self::Direction(DirectionKind::Incoming)),
            "button-order" => Some(Self::ButtonOrder),
            _ => ButtonId::parse(text.strip_prefix("buttons/")?).ok().map(Self::Button),
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direction(DirectionKind::HealthcareInitiated) => f.write_str("messaging/healthcare-initiated"),
            Self::Direction(DirectionKind::Incoming) => f.write_str("messaging/incoming"),
            Self::Button(id) => write!(f, "buttons/{id}"),
            Self::ButtonOrder => f.write_str("button-order"),
        }
    }
}

/// One value inside a resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A direction's switch.
    Enabled,
    /// A direction's accessibility.
    AccessibleTo,
    /// A button's target.
    LeadsTo,
    /// A button's text in one language.
    Title(Language),
    /// Whether a button is active.
    Active,
    /// Where a button is shown.
    ShownIn,
    /// The order of all buttons.
    Order,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Enabled => f.write_str("enabled"),
            Self::AccessibleTo => f.write_str("accessible_to"),
            Self::LeadsTo => f.write_str("leads_to"),
            Self::Title(language) => write!(f, "title.{language}"),
            Self::Active => f.write_str("active"),
            Self::ShownIn => f.write_str("shown_in"),
            Self::Order => f.write_str("order"),
        }
    }
}

impl Field {
    /// Reads what [`Display`](fmt::Display) writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "enabled" => Some(Self::Enabled),
            "accessible_to" => Some(Self::AccessibleTo),
            "leads_to" => Some(Self::LeadsTo),
            "active" => Some(Self::Active),
            "shown_in" => Some(Self::ShownIn),
            "order" => Some(Self::Order),
            _ => Language::parse(text.strip_prefix("title.")?).ok().map(Self::Title),
        }
    }
}

/// A resource of a clinic: `norrtull/messaging/incoming`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The clinic.
    pub clinic: ClinicId,
    /// The resource in it.
    pub resource: Resource,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.clinic, self.resource)
    }
}

/// Serialises a value as the text that it displays, and reads it back with its own `parse`.
macro_rules! as_text {
    ($name:ident, $what:literal) => {
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!(concat!("`{}` is no ", $what), text)))
            }
        }
    };
}

impl Address {
    /// Reads what [`Display`](fmt::Display) writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (clinic, resource) = text.split_once('/')?;
        Some(Self { clinic: ClinicId::parse(clinic).ok()?, resource: Resource::parse(resource)? })
    }
}

as_text!(Resource, "resource");
as_text!(Field, "field");
as_text!(Address, "address");
