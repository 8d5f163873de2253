//! Questions about one value or one person of one clinic, and their answers as values.
//!
//! [`why`](fn@why) explains where a value comes from: the line, the lines that it shadows, whether it is managed at all.
//! [`can_i`](fn@can_i) answers whether a person holds a right, now and after a plan, with the shortest reason. Nothing here
//! reads files or a system, and nothing here is decided: the answers follow from the same resolution, scope and plan
//! that `plan` and `apply` go by.

mod admission;
mod can_i;
mod person;
mod target;
mod why;

pub use admission::{Admission, Through, admissions};
pub use can_i::{Answer, CanI, Ground, can_i};
pub use person::{PersonError, find_person};
pub use target::{Part, Target, TargetError};
pub use why::{Line, Person, Value, Why, why};

use crate::diff::Resolution;
use crate::domain::{DesiredClinic, Layers, LiveClinic};
use crate::plan::ClinicPlan;
use crate::source::SourceSet;

/// One clinic as a question sees it: what is live, what the files say, and what a run would do.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// As it is.
    pub live: &'a LiveClinic,
    /// The files; `None` if no file is about the clinic.
    pub files: Option<Files<'a>>,
    /// The files, to turn places into lines.
    pub sources: &'a SourceSet,
}

/// What the files say about a clinic, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// What they want.
    pub desired: &'a DesiredClinic,
    /// The people that the names match.
    pub resolution: &'a Resolution,
    /// What a run would do about it.
    pub plan: &'a ClinicPlan,
    /// Which layer each file is.
    pub layers: &'a Layers,
}
