//! What the YAML may say: one struct a kind of document, whose doc comments become the published schema.
//!
//! The structs describe, they do not read: files are decoded with places and all their errors by
//! [`crate::compile`], and tests hold the two to the same language. Nothing here knows what a setting does.

mod access;
mod baseline;
mod button;
mod check;
mod clinic;
mod fleet;
mod group;
mod guards;
mod messaging;
mod setting;
mod text;

pub use access::{Access, Listed};
pub use baseline::Baseline;
pub use button::{Button, PatientInterface, ShownIn, Surface, Title, UnlistedButtons};
pub use check::{AtLeast, Check, Checks, Enabled, Holders, Right, Role};
pub use clinic::{Clinic, Expects, Waiver};
pub use fleet::{Embedded, Fleet, Languages, RuleSetting, System};
pub use group::Group;
pub use guards::{Guards, Limit};
pub use messaging::{Direction, Messaging};
pub use setting::Setting;
pub use text::{Date, LabelKey, LabelValue, LanguageTag, LeadsTo, Person, Reason, RuleName, SeedPath, Slug, TitleText};

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

/// A kind of document; the first key names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The one document that speaks for all clinics.
    Fleet,
    /// What many clinics share.
    Baseline,
    /// People named once.
    Group,
    /// One clinic.
    Clinic,
    /// What must stay true.
    Checks,
}

impl Kind {
    /// All five.
    pub const ALL: [Self; 5] = [Self::Fleet, Self::Baseline, Self::Group, Self::Clinic, Self::Checks];

    /// The first key of a document of this kind; also the kind's name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fleet => "fleet",
            Self::Baseline => "baseline",
            Self::Group => "group",
            Self::Clinic => "clinic",
            Self::Checks => "checks",
        }
    }

    /// The kind whose documents open with `key`.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// The published schema of one kind, in draft-07, which editors evaluate fully.
#[must_use]
pub fn json_schema(kind: Kind) -> serde_json::Value {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(refuse_null));
    let generator = settings.with_transform(RecursiveTransform(unwrap_description)).into_generator();
    let schema = match kind {
        Kind::Fleet => generator.into_root_schema_for::<Fleet>(),
        Kind::Baseline => generator.into_root_schema_for::<Baseline>(),
        Kind::Group => generator.into_root_schema_for::<Group>(),
        Kind::Clinic => generator.into_root_schema_for::<Clinic>(),
        Kind::Checks => generator.into_root_schema_for::<Checks>(),
    };
    schema.to_value()
}

/// The published schema of one kind, as the text of its file.
#[must_use]
pub fn json_schema_text(kind: Kind) -> String {
    format!("{:#}\n", json_schema(kind))
}

/// A key that may be left out may still not have nothing after it.
fn refuse_null(schema: &mut schemars::Schema) {
    let is_null = |value: &serde_json::Value| value == "null" || value["type"] == "null";
    for list in ["type", "anyOf"] {
        if let Some(choices) = schema.get_mut(list).and_then(serde_json::Value::as_array_mut) {
            choices.retain(|choice| !is_null(choice));
        }
    }
    if let Some([only]) = schema.get("type").and_then(serde_json::Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        schema.insert("type".to_owned(), only);
    }
    if let Some([only]) = schema.get("anyOf").and_then(serde_json::Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        schema.remove("anyOf");
        schema.insert("allOf".to_owned(), serde_json::Value::Array(vec![only]));
    }
}

/// Doc comments are broken into lines for this code's readers; an editor breaks lines itself.
fn unwrap_description(schema: &mut schemars::Schema) {
    if let Some(serde_json::Value::String(description)) = schema.get_mut("description") {
        *description = description.split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<_>>().join("\n\n");
    }
}
