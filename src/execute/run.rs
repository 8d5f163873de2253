//! The run: clinics in parallel.

use super::clinic::Executor;
use super::{ClinicOutcome, Event, Interrupt, Port, Replan};
use crate::plan::ClinicWork;
use futures_util::{StreamExt, stream};

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Clinics at a time; 0 counts as 1.
    pub parallelism: usize,
    /// What goes into the change log beside every write.
    pub reference: Option<String>,
    /// Stops the run, between two requests or at once.
    pub interrupt: Interrupt,
}

impl Default for Options {
    /// Ten clinics at a time: with some 30 ms a request that is 300 writes a second, which a clinic system that also
    /// serves patients should take without noticing.
    fn default() -> Self {
        Self { parallelism: 10, reference: None, interrupt: Interrupt::default() }
    }
}

/// Carries out all work. The outcomes are in the order of `work`, one each, whatever happens.
///
/// Clinics are independent: a refusal, a conflict or a failure ends its own clinic. Only a token that is no longer
/// accepted and [`Options::interrupt`] end the whole run. `again` is asked if another writer has changed a clinic.
pub async fn run<P: Port, R: Replan>(
    port: &P,
    work: &[ClinicWork],
    again: &R,
    options: &Options,
    tell: impl Fn(Event) + Sync,
) -> Vec<ClinicOutcome> {
    let executor = Executor::new(port, again, options, &tell);
    // Collected first: a stream that made them one by one could not move to another thread.
    let clinics: Vec<_> = work.iter().enumerate().map(|(at, work)| numbered(at, executor.clinic(work))).collect();
    let done = stream::iter(clinics).buffer_unordered(options.parallelism.max(1));
    let mut outcomes: Vec<_> = done.collect().await;
    outcomes.sort_by_key(|(at, _)| *at);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

async fn numbered<T>(at: usize, outcome: impl Future<Output = T>) -> (usize, T) {
    (at, outcome.await)
}
