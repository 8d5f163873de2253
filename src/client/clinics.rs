//! Which clinics the system has: only for "did you mean", when one is missing.

use super::Client;
use crate::domain::ClinicId;
use crate::wire::ClinicSummary;

/// Bytes that the whole list may have: a hundred thousand clinics with long names.
const LIST_BYTES: usize = 64 * 1024 * 1024;

impl Client {
    /// The ids of all clinics that the token may see. Nothing depends on them but a suggestion, so a system that does
    /// not list them gives none.
    pub async fn clinic_ids(&self) -> Vec<ClinicId> {
        let mut left = LIST_BYTES;
        let clinics = self.pages::<ClinicSummary>(self.url(["clinics"]), "clinics", &mut left).await;
        clinics.unwrap_or_default().iter().filter_map(|summary| ClinicId::parse(&summary.clinic).ok()).collect()
    }
}
