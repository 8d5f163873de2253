//! Tree -> typed document: every value checked for itself, and every error of a file found in one pass.
//!
//! A value that is wrong gives its finding and is left out; what stands beside it is read on. What only several files
//! together can get wrong is not looked at here.

mod access;
mod button;
mod check;
mod clinic;
mod document;
mod fields;
mod fleet;
mod group;
mod meaning;
mod messaging;
mod shaper;
mod value;

pub(super) use access::{Access, Line, LineWho};
pub(super) use button::{Button, Buttons, PatientInterface, Title};
pub(super) use check::Check;
pub(super) use clinic::{Baseline, Clinic, Layer, Waiver};
pub(super) use document::{Claim, Document, claim, shape};
pub(super) use fleet::Fleet;
pub(super) use group::Group;
pub(super) use messaging::{Direction, Messaging};

use crate::source::Place;

/// A value and the place that a message about it points to: the value itself, or its key where the value is a list or
/// a map, which would cover many lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<T> {
    /// The value.
    pub(super) value: T,
    /// Where.
    pub(super) place: Place,
}

/// The value of a key that is present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Declaration<T> {
    /// This value.
    Managed(T),
    /// Back to the live value, whatever a layer behind declares.
    Unmanaged,
    /// Something that has its finding already: no further conclusion may be drawn from it.
    Broken,
}

/// A setting; `None` if its key is left out.
pub(super) type Setting<T> = Option<Placed<Declaration<T>>>;
