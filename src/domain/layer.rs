//! Layers: which kind of document says a value.
//!
//! A file is one document, so that the layer of a place follows from its file, and no value carries one.

use super::{BaselineName, GroupName};
use crate::source::{FileId, Place};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A document that says values for clinics.
///
/// Serialised as `clinic`, `baseline:primary-care`, `group:triage-nurses` or `fleet`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Layer {
    /// The clinic's own.
    Clinic,
    /// A baseline that it is built on.
    Baseline(BaselineName),
    /// A group whose members it admits.
    Group(GroupName),
    /// The fleet's.
    Fleet,
}

impl Layer {
    /// Reads what serialising writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("baseline", name)) => BaselineName::parse(name).ok().map(Self::Baseline),
            Some(("group", name)) => GroupName::parse(name).ok().map(Self::Group),
            Some(_) => None,
            None => match text {
                "clinic" => Some(Self::Clinic),
                "fleet" => Some(Self::Fleet),
                _ => None,
            },
        }
    }

    /// Whether more than one clinic may hear it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        match self {
            Self::Clinic => false,
            Self::Baseline(_) | Self::Group(_) | Self::Fleet => true,
        }
    }
}

/// As a person reads it: ``baseline `primary-care` ``.
impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clinic => f.write_str("clinic"),
            Self::Baseline(name) => write!(f, "baseline `{name}`"),
            Self::Group(name) => write!(f, "group `{name}`"),
            Self::Fleet => f.write_str("fleet"),
        }
    }
}

impl From<Layer> for String {
    fn from(layer: Layer) -> Self {
        match layer {
            Layer::Clinic => "clinic".to_owned(),
            Layer::Baseline(name) => format!("baseline:{name}"),
            Layer::Group(name) => format!("group:{name}"),
            Layer::Fleet => "fleet".to_owned(),
        }
    }
}

impl TryFrom<String> for Layer {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("expected `clinic`, `baseline:<name>`, `group:<name>` or `fleet`")
    }
}

/// The layers of a fleet's files. Only what clinics share is kept, so that ten thousand clinics cost nothing: a file
/// that is not here is a clinic's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layers {
    shared: BTreeMap<FileId, Layer>,
}

impl Layers {
    /// The layer that a place belongs to.
    #[must_use]
    pub fn of(&self, place: Place) -> Layer {
        self.of_file(place.file)
    }

    /// The layer that a file is.
    #[must_use]
    pub fn of_file(&self, file: FileId) -> Layer {
        self.shared.get(&file).cloned().unwrap_or(Layer::Clinic)
    }
}

/// From the files that clinics share, each with its layer.
impl FromIterator<(FileId, Layer)> for Layers {
    fn from_iter<I: IntoIterator<Item = (FileId, Layer)>>(shared: I) -> Self {
        Self { shared: shared.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::Layer;

    #[test]
    fn a_layer_reads_back_as_it_is_written() {
        for text in ["clinic", "fleet", "baseline:primary-care", "group:triage-nurses"] {
            let layer = Layer::parse(text).expect(text);
            assert_eq!(String::from(layer), text);
        }
        for text in ["", "clinics", "baseline", "baseline:", "group:A B", "clinic:norrtull", "fleet:x"] {
            assert_eq!(Layer::parse(text), None, "{text}");
        }
    }
}
