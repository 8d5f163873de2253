//! What `why` is asked about: an address with or without a field, as it is typed.

use crate::domain::{ButtonId, ClinicId, Field, Resource};
use crate::rules::nearest;
use std::fmt;

/// A resource of a clinic, or some of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The clinic.
    pub clinic: ClinicId,
    /// The resource.
    pub resource: Resource,
    /// Which of its values.
    pub part: Part,
}

/// Some values of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// A button's titles in all languages.
    Titles,
    /// This one.
    Field(Field),
}

/// Why a text is no address of anything here, and what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// No clinic and resource.
    #[error("`{0}` is no address")]
    Shape(String),
    /// No clinic's id.
    #[error("the address names the clinic `{0}`, which is no clinic's id")]
    Clinic(String),
    /// No resource.
    #[error("a clinic has no `{written}`")]
    Resource {
        /// As typed.
        written: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// No value of its resource.
    #[error("`{resource}` has no `{written}`")]
    Field {
        /// The resource.
        resource: Resource,
        /// As typed.
        written: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// A button that neither the files nor the live system have.
    #[error("neither the files nor the live system have a button `{button}` in `{clinic}`")]
    NoButton {
        /// The clinic.
        clinic: ClinicId,
        /// As typed.
        button: ButtonId,
        /// What may have been meant.
        near: Option<String>,
    },
}

impl TargetError {
    /// What would be right.
    #[must_use]
    pub fn hint(&self) -> String {
        let near = match self {
            Self::Shape(_) | Self::Clinic(_) => None,
            Self::Resource { near, .. } | Self::Field { near, .. } | Self::NoButton { near, .. } => near.as_deref(),
        };
        let Some(near) = near else {
            return "an address is a clinic, a resource and perhaps a value: `norrtull/messaging/incoming`, \
                    `norrtull/buttons/new-message.title.sv`, `norrtull/button-order`"
                .to_owned();
        };
        format!("did you mean `{near}`?")
    }
}

/// The resources that every clinic has; the buttons are its own.
const RESOURCES: [&str; 3] = ["messaging/healthcare-initiated", "messaging/incoming", "button-order"];

impl Target {
    /// Reads an address.
    ///
    /// # Errors
    /// [`TargetError`] if it can be the address of nothing, whatever the clinic has.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let (clinic, rest) = text.split_once('/').ok_or_else(|| TargetError::Shape(text.to_owned()))?;
        let clinic = ClinicId::parse(clinic).map_err(|_| TargetError::Clinic(clinic.to_owned()))?;
        let (written, field) = rest.split_once('.').map_or((rest, None), |(resource, field)| (resource, Some(field)));
        let resource = Resource::parse(written).ok_or_else(|| unknown_resource(&clinic, written))?;
        let part = match field {
            None => Part::All,
            Some(field) => part(&resource, field).ok_or_else(|| unknown_field(&clinic, &resource, field))?,
        };
        Ok(Self { clinic, resource, part })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { clinic, resource, part } = self;
        match part {
            Part::All => write!(f, "{clinic}/{resource}"),
            Part::Titles => write!(f, "{clinic}/{resource}.title"),
            Part::Field(field) => write!(f, "{clinic}/{resource}.{field}"),
        }
    }
}

fn part(resource: &Resource, field: &str) -> Option<Part> {
    if matches!(resource, Resource::Button(_)) && field == "title" {
        return Some(Part::Titles);
    }
    let parsed = Field::parse(field)?;
    let fits = matches!(
        (resource, &parsed),
        (Resource::Direction(_), Field::Enabled | Field::AccessibleTo)
            | (Resource::Button(_), Field::LeadsTo | Field::Title(_) | Field::Active | Field::ShownIn)
            | (Resource::ButtonOrder, Field::Order)
    );
    fits.then_some(Part::Field(parsed))
}

/// `healthcare_initiated` is what files call it, so that it is a near spelling and not another word.
fn unknown_resource(clinic: &ClinicId, written: &str) -> TargetError {
    let last = |word: &'static str| word.rsplit('/').next().unwrap_or(word);
    let whole = nearest(written, RESOURCES.into_iter());
    let by_last = || {
        let near = nearest(written, RESOURCES.into_iter().map(last))?;
        RESOURCES.into_iter().find(|word| last(word) == near)
    };
    let near = whole.or_else(by_last).map(|near| format!("{clinic}/{near}"));
    TargetError::Resource { written: written.to_owned(), near }
}

fn unknown_field(clinic: &ClinicId, resource: &Resource, written: &str) -> TargetError {
    let fields: &[&'static str] = match resource {
        Resource::Direction(_) => &["enabled", "accessible_to"],
        Resource::Button(_) => &["leads_to", "title", "active", "shown_in"],
        Resource::ButtonOrder => &["order"],
    };
    let near = nearest(written, fields.iter().copied()).map(|near| format!("{clinic}/{resource}.{near}"));
    TargetError::Field { resource: resource.clone(), written: written.to_owned(), near }
}
