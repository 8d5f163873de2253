//! Which clinics the system has.

use super::{Client, ObserveError};
use crate::domain::ClinicId;
use clinic_wire::ClinicSummary;
use std::collections::BTreeSet;

/// Bytes that the whole list may have: a hundred thousand clinics with long names.
const LIST_BYTES: usize = 64 * 1024 * 1024;

impl Client {
    /// The ids of all clinics that the token may see.
    ///
    /// # Errors
    /// [`ObserveError`] if the system does not list them.
    pub async fn clinics(&self) -> Result<Vec<ClinicId>, ObserveError> {
        let mut left = LIST_BYTES;
        let clinics = self.pages::<ClinicSummary>(self.url(["clinics"]), "clinics", &mut left).await?;
        ids(&clinics)
    }

    /// The same for "did you mean". Nothing depends on them but a suggestion, so a system that does
    /// not list them gives none.
    pub async fn clinic_ids(&self) -> Vec<ClinicId> {
        self.clinics().await.unwrap_or_default()
    }
}

/// The ids in a list. What is no id can be no clinic of a fleet, and is left out.
///
/// # Errors
/// If a clinic comes twice: then nothing in the list can be trusted.
pub fn ids(clinics: &[ClinicSummary]) -> Result<Vec<ClinicId>, ObserveError> {
    let mut known = BTreeSet::new();
    let ids: Vec<_> = clinics.iter().filter_map(|summary| ClinicId::parse(&summary.clinic).ok()).collect();
    match ids.iter().find(|clinic| !known.insert(*clinic)) {
        Some(twice) => Err(ObserveError::List(format!("the clinic `{twice}` stands in it twice"))),
        None => Ok(ids),
    }
}
