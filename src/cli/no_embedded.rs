//! The embedded clinic system of a program that was built without the reference clinic system: there is none.

use super::error::Failure;
use super::terminal::Terminal;
use crate::client::{Client, Settings};
use crate::diagnostic::Finding;
use crate::domain::{DesiredFleet, FleetName};
use crate::plan::Binding;
use crate::source::SourceSet;
use std::path::Path;

/// A system that runs in this process; there is none.
#[derive(Debug)]
pub(crate) enum Running {}

/// An embedded system, which cannot be started.
#[derive(Debug, Clone)]
pub(crate) struct Embedded;

impl Embedded {
    /// Of a fleet; its seed is not read.
    pub(crate) fn of_fleet(_: &Path, _: &DesiredFleet, _: &mut SourceSet) -> Result<Self, Box<Finding>> {
        Ok(Self)
    }

    /// Of a saved plan.
    pub(crate) const fn of_saved(_: &FleetName) -> Self {
        Self
    }

    /// None, for a run that has an address.
    pub(crate) const fn none() -> Self {
        Self
    }

    /// Refuses.
    ///
    /// # Errors
    /// Always.
    #[expect(clippy::unused_async, reason = "the embedded system that can be started takes time")]
    pub(crate) async fn start(self, _: Settings, _: &Terminal) -> Result<(Client, Binding, Running), Failure> {
        Err(Failure::usage("this program was built without the reference clinic system, which `embedded` means").hint(
            "give the address of a clinic system with `--system https://clinics.example` or in `CLINICCTL_SYSTEM`",
        ))
    }
}
