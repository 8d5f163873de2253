//! `GET /api/v1`: is this a clinic system, and what does it offer?

use super::read::ReadError;
use super::{Client, ObserveError};
use crate::plan::Instance;
use clinic_wire::{API_NAME, ApiRoot, INSTANCE, SNAPSHOT};
use std::sync::PoisonError;

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
        let root: ApiRoot = self.get(self.url([]), &mut left).await.map_err(not_a_root)?;
        let mut told = instance(&root).and_then(|instance| Ok((instance, Offer::of(root)?)));
        if let Err(ObserveError::NotThisApi(said) | ObserveError::Version { found: said }) = &mut told {
            *said = self.redacted(said);
        }
        let (instance, offer) = told?;
        *self.instance.lock().unwrap_or_else(PoisonError::into_inner) = instance;
        Ok(offer)
    }

    /// Which system it is, as it said when it was read last; `None` where it does not tell, or was not read yet.
    #[must_use]
    pub fn instance(&self) -> Option<Instance> {
        self.instance.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Which system it is, where it offers to tell.
///
/// # Errors
/// Where it offers to and does not.
pub fn instance(root: &ApiRoot) -> Result<Option<Instance>, ObserveError> {
    let offers = root.capabilities.iter().any(|offered| offered == INSTANCE);
    match &root.instance {
        Some(clinic_wire::Instance { id, epoch: epoch @ 1.. }) if offers && !id.is_empty() => {
            Ok(Some(Instance { id: id.clone(), epoch: *epoch }))
        }
        _ if offers => Err(ObserveError::NotThisApi(
            "it offers `instance` and does not say which one it is: `id` is a text, `epoch` a number from 1".to_owned(),
        )),
        _ => Ok(None),
    }
}

impl Offer {
    /// What a system says of itself.
    ///
    /// # Errors
    /// If it is none that this client can read.
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
