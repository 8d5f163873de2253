//! Who may use a direction: one value.

use super::{Person, Slug};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Everyone, or a list; an empty list is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The word `everyone`.
    Everyone,
    /// These people, groups and titles.
    Listed(Vec<Listed>),
}

/// One line of a list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A person.
    Person(Person),
    /// `group: ...`
    Group(Slug),
    /// `title: ...`
    Title(Slug),
}

const EVERYONE: &str = "everyone";
const GROUP: &str = "group";
const TITLE: &str = "title";

impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Everyone => serializer.serialize_str(EVERYONE),
            Self::Listed(lines) => lines.serialize(serializer),
        }
    }
}

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (key, name) = match self {
            Self::Person(person) => return person.serialize(serializer),
            Self::Group(name) => (GROUP, name),
            Self::Title(name) => (TITLE, name),
        };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(key, name)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Access {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AccessVisitor)
    }
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListedVisitor)
    }
}

struct AccessVisitor;

impl<'de> Visitor<'de> for AccessVisitor {
    type Value = Access;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`everyone` or a list")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Access, E> {
        let everyone = word == EVERYONE;
        everyone.then_some(Access::Everyone).ok_or_else(|| E::custom("expected `everyone` or a list"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, lines: A) -> Result<Access, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(lines)).map(Access::Listed)
    }
}

struct ListedVisitor;

impl<'de> Visitor<'de> for ListedVisitor {
    type Value = Listed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a person, `group: ...` or `title: ...`")
    }

    fn visit_str<E: Error>(self, person: &str) -> Result<Listed, E> {
        Ok(Listed::Person(Person(person.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed, A::Error> {
        let (key, name) = map.next_entry::<String, Slug>()?.ok_or_else(|| A::Error::missing_field(GROUP))?;
        let listed = match key.as_str() {
            GROUP => Listed::Group(name),
            TITLE => Listed::Title(name),
            _ => return Err(A::Error::unknown_field(&key, &[GROUP, TITLE])),
        };
        match map.next_key::<String>()? {
            None => Ok(listed),
            Some(second) => Err(A::Error::unknown_field(&second, &[])),
        }
    }
}

impl JsonSchema for Access {
    fn schema_name() -> Cow<'static, str> {
        "Access".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "`everyone`, or a list of people, groups and titles; an empty list is nobody.",
            "anyOf": [
                {
                    "description": "Every healthcare professional of the clinic, present and future.",
                    "const": EVERYONE,
                },
                {
                    "description": "These people, groups and titles; an empty list is nobody.",
                    "type": "array",
                    "items": generator.subschema_for::<Listed>(),
                },
            ],
        })
    }
}

impl JsonSchema for Listed {
    fn schema_name() -> Cow<'static, str> {
        "Listed".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One line of a list of people.",
            "anyOf": [
                generator.subschema_for::<Person>(),
                chosen(GROUP, "Those members of a group who are in the clinic's directory.", generator),
                chosen(TITLE, "Every active professional of the clinic with this title.", generator),
            ],
        })
    }
}

fn chosen(key: &str, description: &str, generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "description": description,
        "type": "object",
        "properties": {key: generator.subschema_for::<Slug>()},
        "required": [key],
        "additionalProperties": false,
    })
}
