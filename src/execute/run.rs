//! The run: clinics in parallel, steps in order.

use super::ClinicOutcome;
use super::Event;
use super::Port;
use crate::plan::ClinicWork;

/// How to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Clinics at a time, at least 1.
    pub parallelism: usize,
    /// What goes into the change log beside every write.
    pub reference: Option<String>,
}

/// Carries out all work. The outcomes are in the order of `work`.
pub async fn run<P: Port>(
    _port: &P,
    _work: &[ClinicWork],
    _options: &Options,
    _tell: impl Fn(Event) + Sync,
) -> Vec<ClinicOutcome> {
    Vec::new()
}
