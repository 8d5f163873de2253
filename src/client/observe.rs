//! Reading many clinics: all at once where the system offers it, the rest one by one.

use super::api_root::Offer;
use super::exchange::{ExchangeError, Repeat};
use super::fetch::Fetched;
use super::gather::Gathered;
use super::retry::Tries;
use super::snapshot::Snapshot;
use super::{Client, ObserveError};
use crate::domain::ClinicId;
use crate::execute::Observed;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

/// Clinics that are read singly and mapped together: enough to be worth spreading over cores.
const BATCH: usize = 64;

impl Client {
    /// Reads everything that a plan needs of the `wanted` clinics, and returns what `map` makes of each, in the order
    /// of the clinics, each once.
    ///
    /// `map` runs on all cores, in no particular order, as soon as a clinic has arrived; a clinic's directory is gone
    /// when `map` returns unless its result keeps it. While a batch is mapped the calling task does not yield.
    /// A clinic that the snapshot leaves out is asked for by itself before it counts as missing.
    ///
    /// # Errors
    /// [`ObserveError`] where the whole run fails; trouble with a single clinic is in what `map` is given.
    pub async fn observe<T, F>(&self, wanted: &[ClinicId], map: F) -> Result<Vec<(ClinicId, T)>, ObserveError>
    where
        T: Send,
        F: Fn(ClinicId, Observed) -> T + Send + Sync,
    {
        let mut gathered = Gathered::new(wanted, map);
        if self.offer().await? == Offer::Snapshot {
            self.read_together(&mut gathered).await?;
        }
        self.read_singly(&mut gathered).await?;
        gathered.finish()
    }

    /// Reads the snapshot to its end. One that breaks is read again, for the clinics that were not in it yet.
    async fn read_together<T, F>(&self, gathered: &mut Gathered<T, F>) -> Result<(), ObserveError>
    where
        T: Send,
        F: Fn(ClinicId, Observed) -> T + Send + Sync,
    {
        let mut tries = Tries::default();
        loop {
            let left: Vec<_> = gathered.left().into_iter().map(|(_, clinic)| clinic).collect();
            if left.is_empty() {
                return Ok(());
            }
            let Some(mut snapshot) = self.snapshot(&left, &mut tries).await? else { return Ok(()) };
            match self.take_snapshot(&mut snapshot, gathered).await {
                Err(ObserveError::Exchange(error)) if self.reads_on(&error, &mut tries).await => gathered.begin_again(),
                done => return done,
            }
        }
    }

    async fn take_snapshot<T, F>(
        &self,
        snapshot: &mut Snapshot,
        gathered: &mut Gathered<T, F>,
    ) -> Result<(), ObserveError>
    where
        T: Send,
        F: Fn(ClinicId, Observed) -> T + Send + Sync,
    {
        while let Some(batch) = self.next_batch(snapshot).await? {
            gathered.take_lines(&batch)?;
        }
        Ok(())
    }

    /// Waits, where another try may help.
    async fn reads_on(&self, error: &ExchangeError, tries: &mut Tries) -> bool {
        self.gate.once_more(error.verdict(Repeat::Read), tries).await
    }

    /// Reads every clinic that is not there yet.
    async fn read_singly<T, F>(&self, gathered: &mut Gathered<T, F>) -> Result<(), ObserveError>
    where
        T: Send,
        F: Fn(ClinicId, Observed) -> T + Send + Sync,
    {
        let mut waiting = gathered.left().into_iter();
        let mut under_way = FuturesUnordered::new();
        let mut fetched = Vec::new();
        loop {
            let room = self.limits.in_flight.max(1) - under_way.len();
            under_way.extend(waiting.by_ref().take(room).map(|(at, clinic)| self.fetch_numbered(at, clinic)));
            let Some((at, read)) = under_way.next().await else { break };
            fetched.push((at, read?));
            if fetched.len() >= BATCH {
                gathered.take_fetched(std::mem::take(&mut fetched));
            }
        }
        gathered.take_fetched(fetched);
        Ok(())
    }

    async fn fetch_numbered(&self, at: usize, clinic: ClinicId) -> (usize, Result<Fetched, ObserveError>) {
        (at, self.fetch(&clinic).await)
    }
}
