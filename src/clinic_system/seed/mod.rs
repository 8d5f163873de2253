//! Seeds: what an empty system is filled with. A seed may hold unwise states; what it may not hold is what no system
//! could: two clinics of one key, a person at two clinics, a key outside its alphabet.

mod check;
mod file;
mod misfit;

pub use check::SeedProblem;
pub(crate) use check::is_staff_id;
pub use file::{Seed, SeedButton, SeedChange, SeedClinic, SeedDirection, SeedMessaging, SeedPerson, SeedRole, Surface};
pub use misfit::SeedMisfit;

use crate::clinic;
use crate::clinic::ClinicState;
use clinic_wire::{ButtonState, DirectionState, LastChange, Messaging, StaffItem};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// Why a seed cannot be used. What is told of the text are places in it and never its content: a seed may be any text of
/// any hand, and a log is read by many.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text does not have the shape of a seed.
    #[error("this is not what a seed should be")]
    Shape(#[source] SeedMisfit),
    /// No system could be so.
    #[error("no system could be so: {}", told(problems))]
    Impossible {
        /// What is wrong, in the order of the text.
        problems: Vec<SeedProblem>,
    },
}

/// The most problems that a sentence tells.
const MOST_TOLD: usize = 20;

fn told(problems: &[SeedProblem]) -> String {
    let mut told: Vec<_> = problems.iter().take(MOST_TOLD).map(ToString::to_string).collect();
    let left_out = problems.len() - told.len();
    told.extend((left_out > 0).then(|| format!("and {left_out} more")));
    told.join("; ")
}

impl Seed {
    /// Reads the text of a seed.
    ///
    /// # Errors
    /// [`SeedError`].
    pub fn parse(text: &str) -> Result<Self, SeedError> {
        // The reader takes a byte order mark for the indentation of the first key.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let seed: Self = serde_yaml::from_str(text).map_err(|error| SeedError::Shape(SeedMisfit::of(&error)))?;
        let problems = check::problems(&seed);
        if problems.is_empty() { Ok(seed) } else { Err(SeedError::Impossible { problems }) }
    }
}

/// The published schema of seed files (draft-07, which editors understand).
///
/// # Errors
/// When the schema cannot be written as JSON.
pub fn seed_schema() -> Result<String, serde_json::Error> {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Seed>();
    serde_json::to_string_pretty(&schema).map(|text| text + "\n")
}

impl SeedClinic {
    /// The clinic's state, with the last change of each resource.
    pub(crate) fn state(&self) -> ClinicState {
        let last = |resource: &str| self.changes.iter().rfind(|change| change.resource == resource).map(last_change);
        let direction = |said: &SeedDirection, resource: &str| DirectionState {
            enabled: said.enabled,
            accessible_to: clinic::sorted(said.accessible_to.clone()),
            last_change: last(resource),
        };
        let SeedMessaging { healthcare_initiated, incoming } = &self.messaging;
        ClinicState {
            messaging: Messaging {
                healthcare_initiated: direction(healthcare_initiated, "messaging/healthcare-initiated"),
                incoming: direction(incoming, "messaging/incoming"),
            },
            buttons: self.buttons.iter().map(|button| button.state(last(&button.resource()))).collect(),
        }
    }

    /// The resource of that name as a write would say it; null if the seed has none.
    pub(crate) fn said(&self, state: &ClinicState, resource: &str) -> Value {
        match resource.strip_prefix("buttons/") {
            Some(id) => clinic::Write::DeleteButton(id.to_owned()).said(state),
            None => match resource {
                "messaging/incoming" => clinic::Direction::Incoming.said(state),
                "messaging/healthcare-initiated" => clinic::Direction::HealthcareInitiated.said(state),
                _ => json!({"order": self.buttons.iter().map(|button| &button.id).collect::<Vec<_>>()}),
            },
        }
    }
}

impl SeedButton {
    fn resource(&self) -> String {
        format!("buttons/{}", self.id)
    }

    fn state(&self, last_change: Option<LastChange>) -> ButtonState {
        let Self { id, leads_to, title, active, shown_in } = self.clone();
        let places = [(Surface::App, "app"), (Surface::Web, "web")];
        let shown_in = places.into_iter().filter(|(place, _)| shown_in.contains(place));
        let shown_in = shown_in.map(|(_, word)| word.to_owned()).collect();
        ButtonState { id, leads_to, title, active, shown_in, last_change }
    }
}

impl SeedPerson {
    /// The person as the API shows them.
    pub(crate) fn shown(&self) -> StaffItem {
        let Self { id, name, email, hsa_id, title, roles, active } = self.clone();
        let role = |role: &SeedRole| match role {
            SeedRole::HealthcareProfessional => "healthcare_professional".to_owned(),
            SeedRole::Scheduler => "scheduler".to_owned(),
            SeedRole::Administrator => "administrator".to_owned(),
        };
        StaffItem { id, name, email, hsa_id, title, roles: roles.iter().map(role).collect(), active }
    }
}

fn last_change(change: &SeedChange) -> LastChange {
    let SeedChange { resource: _, by, kind, at, reference, before: _, after: _ } = change.clone();
    LastChange { by, kind, at: at.to_string(), reference }
}
