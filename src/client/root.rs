//! `GET /api/v1`: is this a clinic system, and what does it offer?

use super::Client;
use super::ObserveError;
use super::read::ReadError;
use crate::wire::API_NAME;
use crate::wire::ApiRoot;
use crate::wire::SNAPSHOT;

/// The version of the contract that this client speaks: its first number, up to the first dot.
const VERSION: &str = "1";

/// How the system's clinics are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// All at once.
    Snapshot,
    /// One by one.
    SingleClinics,
}

impl Client {
    /// Asks the system what it is.
    pub(super) async fn offer(&self) -> Result<Offer, ObserveError> {
        let mut left = self.limits.body;
        let mut offer = Offer::of(self.get(self.url([]), &mut left).await.map_err(not_a_root)?);
        if let Err(ObserveError::NotThisApi(said) | ObserveError::Version { found: said }) = &mut offer {
            *said = self.discreet(said);
        }
        offer
    }
}

impl Offer {
    /// What a system says of itself.
    ///
    /// # Errors
    /// Where it is none that this client can read.
    pub fn of(root: ApiRoot) -> Result<Self, ObserveError> {
        if root.api != API_NAME {
            let found = format!("it calls itself `{}` instead of `{API_NAME}`", root.api);
            return Err(ObserveError::NotThisApi(found));
        }
        if root.version.trim_start_matches('v').split('.').next() != Some(VERSION) {
            return Err(ObserveError::Version { found: root.version });
        }
        let snapshot = root.capabilities.iter().any(|offered| offered == SNAPSHOT);
        Ok(if snapshot { Self::Snapshot } else { Self::SingleClinics })
    }
}

fn not_a_root(error: ReadError) -> ObserveError {
    match error {
        ReadError::Missing => ObserveError::NotThisApi("it answered 404".to_owned()),
        ReadError::Shape(wrong) => ObserveError::NotThisApi(wrong),
        error @ (ReadError::Exchange(_)
        | ReadError::Unauthenticated
        | ReadError::Forbidden
        | ReadError::Status(_)
        | ReadError::Pages(_)
        | ReadError::WebPage) => error.into(),
    }
}
