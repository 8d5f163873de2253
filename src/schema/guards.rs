//! Guards: how much one apply may change before it stops and asks.

use super::setting::present;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Limits of one apply; beyond one of them it stops before it sends anything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guards {
    /// Clinics that change. Default: `25%`, but never stopping at 10 or fewer.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub clinics_changed: Option<Limit>,
    /// People who lose the right to send or to respond somewhere. Default: 50.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub people_losing_access: Option<Limit>,
    /// Lists of people that become empty. Default: 10.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub lists_emptied: Option<Limit>,
    /// Directions that are switched off. Default: 10.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub directions_switched_off: Option<Limit>,
    /// Lists of people that become `everyone`. Default: 10.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub lists_to_everyone: Option<Limit>,
    /// Buttons that are removed. Default: 10.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub buttons_removed: Option<Limit>,
}

/// The largest that is still allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// That many.
    Count(u64),
    /// That many percent of the clinics in the folder.
    Percent(u8),
    /// No limit.
    Off,
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Percent(percent) => serializer.collect_str(&format_args!("{percent}%")),
            Self::Off => serializer.serialize_str("off"),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LimitVisitor)
    }
}

struct LimitVisitor;

impl Visitor<'_> for LimitVisitor {
    type Value = Limit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a percentage such as `25%`, or `off`")
    }

    fn visit_u64<E: Error>(self, count: u64) -> Result<Limit, E> {
        Ok(Limit::Count(count))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Limit, E> {
        let percent = text.strip_suffix('%').and_then(|digits| digits.parse().ok()).filter(|percent| *percent <= 100);
        let limit = if text == "off" { Some(Limit::Off) } else { percent.map(Limit::Percent) };
        limit.ok_or_else(|| E::custom("expected a number, a percentage such as `25%`, or `off`"))
    }
}

impl JsonSchema for Limit {
    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The largest that is still allowed: a number, a percentage of the clinics in the folder, or `off`.",
            "anyOf": [
                {"description": "That many.", "type": "integer", "minimum": 0},
                {
                    "description": "That many percent of the clinics in the folder.",
                    "type": "string",
                    "pattern": "^([0-9]|[1-9][0-9]|100)%$",
                },
                {"description": "No limit.", "const": "off"},
            ],
            "examples": [50, "25%", "off"],
        })
    }
}
