//! What every format for people is rendered from: a plan, gathered and counted once, and borrowed.
//!
//! [`View::of`] answers the questions of a reviewer in the order in which they are asked: what happens ([`Verdict`]),
//! which people it concerns ([`Totals`], [`Clinic`]), what changes and where the files declare it ([`Block`]). It shows
//! nothing: texts in it are raw, and every renderer escapes them. The same plan gives the same view, in time that
//! grows with the plan as sorting does.

mod block;
mod clinic;
mod delta;
mod last_edit;
mod menu;
mod people;
mod totals;
mod verdict;

pub use block::{Block, BlockChange, BlockField, BlockValue};
pub use clinic::Clinic;
pub use delta::{Delta, Listed, Side, Word, words};
pub use last_edit::LastEdit;
pub use menu::{Buttons, Menu};
pub use people::{Person, rights_of_all};
pub use totals::{Tally, Totals};
pub use verdict::Verdict;

use crate::domain::ClinicId;
use crate::plan::{Because, FindingRow, Impact, Plan};

/// A plan as a reviewer looks at it.
#[derive(Debug, Clone)]
pub struct View<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The impact in numbers.
    pub totals: Totals,
    /// Every clinic that the plan says something about, by id.
    pub clinics: Vec<Clinic<'p>>,
    /// The changes: conflicts, then drift, then what only the files changed; in each of them what reaches most clinics
    /// first.
    pub blocks: Vec<Block<'p>>,
}

impl<'p> View<'p> {
    /// Looks at a plan.
    #[must_use]
    pub fn of(plan: &'p Plan) -> Self {
        let clinics = clinic::clinics(plan);
        Self { plan, totals: Totals::of(&clinics), clinics, blocks: block::blocks(plan) }
    }

    /// What the plan amounts to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self)
    }

    /// The blocks whose changes have this reason.
    pub fn because(&self, because: Because) -> impl Iterator<Item = &Block<'p>> {
        self.blocks.iter().filter(move |block| block.because == because)
    }

    /// The clinics to which nothing is written though the files want something else.
    pub fn blocked(&self) -> impl Iterator<Item = &Clinic<'p>> {
        self.clinics.iter().filter(|clinic| clinic.is_blocked())
    }

    /// The findings that are not about a blocked clinic: those stand with it.
    pub fn annotations(&self) -> impl Iterator<Item = &'p FindingRow> {
        self.plan.findings.iter().filter(|row| !row.clinic.as_ref().is_some_and(|clinic| self.is_blocked(clinic)))
    }

    /// Whether this may be what `drift` shows: changes without their impact, of which it cannot be said that nobody
    /// notices or loses anything.
    #[must_use]
    pub fn is_of_drift_alone(&self) -> bool {
        let intent = self.because(Because::Intent).next();
        !self.blocks.is_empty() && self.plan.impact == Impact::default() && intent.is_none()
    }

    fn is_blocked(&self, clinic: &ClinicId) -> bool {
        self.clinics.binary_search_by(|other| other.id.cmp(clinic)).is_ok_and(|at| self.clinics[at].is_blocked())
    }
}
