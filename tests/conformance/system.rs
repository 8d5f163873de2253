//! What a clinic system is to the scenarios: the contract, without saying how it is reached.

use clinic_wire::MenuButton;
use clinicctl::diff::ResourceState;
use clinicctl::domain::{ActorKind, ClinicId, ClinicState, LiveClinic, Resource, Surface};
use clinicctl::plan::Write;
use std::collections::BTreeMap;

/// A clinic system.
pub(crate) trait System {
    /// A clinic; `None` where there is no such clinic.
    fn observe(&self, clinic: &ClinicId) -> Option<Seen>;

    /// One write.
    fn write(&mut self, clinic: &ClinicId, precondition: Option<u64>, by: By, write: &Write) -> Reply;

    /// The change log of a clinic, newest first.
    fn log(&self, clinic: &ClinicId) -> Option<Vec<Logged>>;

    /// What a patient sees in a language in which every button has a title.
    fn menu(&self, clinic: &ClinicId, surface: Surface, language: &str) -> Option<Vec<MenuButton>>;
}

/// Makes a system that holds these clinics and has an empty log.
pub(crate) type Start = fn(&[LiveClinic]) -> Box<dyn System>;

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The pipeline, with what it says in `Change-Reference`.
    Pipeline(Option<&'static str>),
    /// Karin, in the console.
    Karin,
}

/// A clinic as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) revision: u64,
    pub(crate) state: ClinicState,
    pub(crate) last_changes: BTreeMap<Resource, Changed>,
}

/// Who changed something. The time is each system's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) by: String,
    pub(crate) kind: ActorKind,
    pub(crate) reference: Option<String>,
}

/// An entry of the change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Logged {
    pub(crate) seq: u64,
    pub(crate) clinic: ClinicId,
    pub(crate) resource: Resource,
    pub(crate) change: Changed,
    pub(crate) before: Option<ResourceState>,
    pub(crate) after: Option<ResourceState>,
}

/// What a write was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// It is so now.
    Done(Done),
    /// 404.
    NotFound,
    /// 428.
    PreconditionRequired,
    /// 412, with the clinic as it is.
    Stale(Seen),
    /// 422, with a pointer for each thing that is wrong.
    Refused(Vec<String>),
}

/// An accepted write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) how: How,
    pub(crate) revision: u64,
    /// What stands there now.
    pub(crate) now: Option<ResourceState>,
}

/// Which success it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// 200: it is as the write says, whether or not it was so before.
    Set,
    /// 201.
    Created,
    /// 204.
    Deleted,
}
