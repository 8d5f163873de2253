//! Saved plans: the document, its work, what it is bound to, and a digest over everything.
//!
//! A saved plan is the plan's own JSON with `prune`, `binding`, `instance`, `limits`, `work` and `digest` added. It is a
//! promise about what `apply FILE` will do, so reading is strict: whatever is not exactly what writing this plan gives,
//! white space aside, is refused. That catches every careless edit, and with it duplicate keys, of which JSON readers
//! silently take one.
//!
//! It catches no forger, who can make a digest too. So nothing that follows from the work is believed: it is made again,
//! by the functions that make a plan, and must be equal. What remains is a claim of whoever wrote the file, and none of
//! it hides a write:
//!
//! ```text
//! made again from the work      changes (what, from what, to what, in which order), impact, people, guards (which are
//!                               exceeded, by how much), summary (but for the number of clinics that were planned),
//!                               the steps themselves and what they wait for, `system`
//! held against each other       blocked and findings (a clinic is blocked by what is found, and then has no work);
//!                               because and applied; the lines that admit people, and the people who come; an accepted
//!                               guard and the reference that the change log gets; `prune` and the buttons that go
//! held against the live system  `before`, `revision`, `binding`, `instance`, whom ids mean, and what people notice: by
//!                               `apply FILE`, before its first write
//! asked again                   the rules, by `apply FILE`, on that day and of that day's directory
//! claims                        the lines of files behind values; who changed what last, and why a value differs; names
//!                               (`apply FILE` shows those of its day); warnings; notes; what could not be read; the
//!                               limits of the guards, which `show` and `apply FILE` say, and which of them somebody
//!                               accepted; what the fleet says about rules; the fleet's name and the reference
//! ```

mod fits;
mod text;

use super::document::FORMAT;
use super::{Binding, Blocked, ClinicWork, GuardLimits, Instance, Plan, PlannedChange};
use crate::domain::{ClinicId, StaffId};
use std::collections::BTreeMap;
use text::{Read, check_format, compact};

pub use fits::Unfit;

/// The longest text that is read, in bytes.
///
/// A plan that changes every resource of ten thousand clinics of thirty people takes about 150 MiB; anything much longer
/// is no plan.
pub const SAVED_PLAN_MAX: usize = 256 * 1024 * 1024;

/// A plan that `plan --out` wrote and `apply FILE` does exactly, or refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPlan {
    /// The document.
    pub plan: Plan,
    /// Whether the run said `--prune`.
    pub prune: bool,
    /// The only system that it may be applied to.
    pub binding: Binding,
    /// Which one the system at that address said to be.
    pub instance: Option<Instance>,
    /// What the guards allowed.
    pub limits: GuardLimits,
    /// What to do, clinic by clinic.
    pub work: Vec<ClinicWork>,
}

/// Why a text is no saved plan that may be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SavedPlanError {
    /// Longer than [`SAVED_PLAN_MAX`].
    #[error("this is too long for a saved plan: {bytes} bytes, where {SAVED_PLAN_MAX} are the most")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not JSON, or not of this shape.
    #[error("this is not a plan that `clinicctl plan --out` wrote: {0}")]
    Shape(String),
    /// Another version of the format.
    #[error("this plan has the format `{found}`; this version reads `{known}`")]
    Format {
        /// What the file says.
        found: String,
        /// What this version reads.
        known: &'static str,
    },
    /// Of the time before plans held what they are checked with.
    #[error("this plan was made by an older version; make a new plan, which holds what it can be checked with")]
    Older,
    /// Edited or cut.
    #[error("the plan was changed after it was written: its digest does not match")]
    Digest,
    /// It shows something else than it would do, or contradicts itself.
    #[error("the plan is not one that `clinicctl plan --out` makes: {0}")]
    Unfit(Unfit),
}

impl SavedPlan {
    /// The text to keep: JSON for people to read, hidden characters escaped, ending in a line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = self.written(Some(&self.digest()));
        text.push('\n');
        text
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// [`SavedPlanError`] for anything else; layout (white space between tokens) is the only thing that may differ.
    pub fn from_json(text: &str) -> Result<Self, SavedPlanError> {
        if text.len() > SAVED_PLAN_MAX {
            return Err(SavedPlanError::TooLarge { bytes: text.len() });
        }
        check_format(text)?;
        let read: Read = serde_json::from_str(text).map_err(|error| SavedPlanError::Shape(error.to_string()))?;
        let saved = Self::from(read);
        if compact(text) != compact(&saved.to_json()) {
            return Err(SavedPlanError::Digest);
        }
        saved.fits().map_err(SavedPlanError::Unfit)?;
        Ok(saved)
    }

    /// Takes a clinic out of the plan, because it must not be written any more.
    pub fn block(&mut self, blocked: Blocked) {
        let Plan { changes, impact, summary, blocked: all, .. } = &mut self.plan;
        let clinic = &blocked.clinic;
        let goes = |change: &PlannedChange| change.clinic == *clinic;
        for change in changes.iter().filter(|change| goes(change)) {
            *summary.count_mut(change.action) -= 1;
        }
        summary.clinics_changed -= usize::from(changes.iter().any(goes));
        changes.retain(|change| !goes(change));
        impact.gain.retain(|row| row.clinic != *clinic);
        impact.lose.retain(|row| row.clinic != *clinic);
        impact.menus.retain(|row| row.clinic != *clinic);
        impact.single_responders.retain(|row| row.clinic != *clinic);
        impact.pictures.retain(|row| row.clinic != *clinic);
        self.work.retain(|work| work.clinic != *clinic);
        all.push(blocked);
    }

    /// Calls people what they are called now, clinic by clinic.
    pub fn rename(&mut self, names: &BTreeMap<ClinicId, BTreeMap<StaffId, String>>) {
        let Plan { impact, people, .. } = &mut self.plan;
        let now = |clinic: &ClinicId, person: &StaffId| names.get(clinic).and_then(|names| names.get(person));
        for row in impact.gain.iter_mut().chain(&mut impact.lose) {
            row.name = now(&row.clinic, &row.person).unwrap_or(&row.name).clone();
        }
        for row in &mut impact.single_responders {
            row.name = now(&row.clinic, &row.person).unwrap_or(&row.name).clone();
        }
        for (person, name) in names.values().flatten() {
            people.entry(person.clone()).and_modify(|shown| shown.clone_from(name));
        }
    }
}
