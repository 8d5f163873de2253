//! Planning again: the one question that the executor asks while it runs.

use crate::domain::LiveClinic;
use crate::plan::{RemainingWork, Replanned};

/// Decides whether the rest of a clinic's work is still what was shown after another writer has changed the clinic.
/// Pure: it reads nothing and sends nothing. Every closure of this shape is one.
pub trait Replan: Sync {
    /// Plans the clinic again, as it is now, and compares.
    fn replan(&self, rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned;
}

impl<F: Fn(&RemainingWork<'_>, &LiveClinic) -> Replanned + Sync> Replan for F {
    fn replan(&self, rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned {
        self(rest, live)
    }
}

/// For runs that cannot be planned again: every write by another writer is a conflict.
#[derive(Debug, Clone, Copy)]
pub struct NeverAgain;

impl Replan for NeverAgain {
    fn replan(&self, _rest: &RemainingWork<'_>, _live: &LiveClinic) -> Replanned {
        Replanned::Different("the clinic is no longer as the plan found it".to_owned())
    }
}
