//! What every request shares.

use crate::config::Limits;
use crate::metrics::Metrics;
use crate::store::{Store, StoreError};
use crate::token;
use crate::token::{Caller, Presented};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

/// A server's store, limits, counts, and the tokens that live only as long as it does.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    /// The id that the database was given when it was created.
    pub(crate) database_id: String,
    stopping: AtomicBool,
    issued: RwLock<HashMap<String, ([u8; 32], Caller)>>,
}

impl App {
    pub(crate) fn new(store: Store, limits: Limits, database_id: String) -> Self {
        let metrics = Metrics::new(store.writes());
        Self { store, limits, metrics, database_id, stopping: AtomicBool::new(false), issued: RwLock::default() }
    }

    /// From here on the server says that it is not ready: who sends it requests should send them elsewhere.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Accepts a token until the server ends.
    pub(crate) fn issue(&self, id: String, digest: [u8; 32], caller: Caller) {
        self.issued.write().unwrap_or_else(PoisonError::into_inner).insert(id, (digest, caller));
    }

    /// Who presents this token; `None` if it is unknown, wrong or revoked. Nothing is remembered between two
    /// requests, so a revoked token is refused at once, whichever program revoked it.
    pub(crate) async fn caller(&self, presented: &Presented) -> Result<Option<Caller>, StoreError> {
        if let Some(caller) = self.issued_to(presented) {
            return Ok(Some(caller));
        }
        self.store.caller(presented).await
    }

    fn issued_to(&self, presented: &Presented) -> Option<Caller> {
        let issued = self.issued.read().unwrap_or_else(PoisonError::into_inner);
        let (digest, caller) = issued.get(&presented.id)?;
        token::same_digest(digest, &presented.digest).then(|| caller.clone())
    }

    /// Ends the readers.
    pub(crate) async fn close(&self) {
        self.store.close().await;
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("limits", &self.limits).finish_non_exhaustive()
    }
}
