//! What a plan says about each clinic, gathered once, so that a plan of ten thousand clinics is not searched ten
//! thousand times.

use super::change;
use super::finding;
use super::impact;
use crate::domain::ClinicId;
use crate::plan::Blocked;
use crate::plan::FindingRow;
use crate::plan::Impact;
use crate::plan::MenuRow;
use crate::plan::NoteRow;
use crate::plan::Plan;
use crate::plan::PlannedChange;
use crate::plan::RightRow;
use crate::report::Paint;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a plan says about one clinic.
#[derive(Debug, Default)]
pub(super) struct Part<'p> {
    pub(super) changes: Vec<&'p PlannedChange>,
    pub(super) notes: Vec<&'p NoteRow>,
    pub(super) lose: Vec<&'p RightRow>,
    pub(super) gain: Vec<&'p RightRow>,
    pub(super) menus: Vec<&'p MenuRow>,
    pub(super) blocked: Vec<&'p Blocked>,
    pub(super) findings: Vec<&'p FindingRow>,
}

impl Part<'_> {
    /// Whether nothing is written here.
    pub(super) const fn is_blocked(&self) -> bool {
        !self.blocked.is_empty()
    }

    /// Findings alone are told after the clinics.
    const fn is_worth_showing(&self) -> bool {
        self.is_blocked() || !self.changes.is_empty() || !self.notes.is_empty()
    }
}

/// The parts of a plan, by the clinics' ids.
#[derive(Debug)]
pub(super) struct Clinics<'p> {
    parts: BTreeMap<&'p ClinicId, Part<'p>>,
}

impl<'p> Clinics<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let mut clinics = Self { parts: BTreeMap::new() };
        plan.changes.iter().for_each(|row| clinics.part(&row.clinic).changes.push(row));
        plan.notes.iter().for_each(|row| clinics.part(&row.address.clinic).notes.push(row));
        let Impact { gain, lose, menus, single_responders: _, pictures: _ } = &plan.impact;
        gain.iter().for_each(|row| clinics.part(&row.clinic).gain.push(row));
        lose.iter().for_each(|row| clinics.part(&row.clinic).lose.push(row));
        menus.iter().for_each(|row| clinics.part(&row.clinic).menus.push(row));
        plan.blocked.iter().for_each(|row| clinics.part(&row.clinic).blocked.push(row));
        for row in &plan.findings {
            if let Some(clinic) = &row.clinic {
                clinics.part(clinic).findings.push(row);
            }
        }
        clinics
    }

    fn part(&mut self, clinic: &'p ClinicId) -> &mut Part<'p> {
        self.parts.entry(clinic).or_default()
    }

    /// The clinics that have a paragraph of their own.
    pub(super) fn worth_showing(&self) -> impl Iterator<Item = (&'p ClinicId, &Part<'p>)> {
        self.parts.iter().filter(|(_, part)| part.is_worth_showing()).map(|(clinic, part)| (*clinic, part))
    }

    /// Whether nothing is written to this clinic.
    pub(super) fn is_blocked(&self, clinic: &ClinicId) -> bool {
        self.parts.get(clinic).is_some_and(Part::is_blocked)
    }

    /// How many clinics are blocked, however many rules each of them breaks.
    pub(super) fn blocked(&self) -> usize {
        self.parts.values().filter(|part| part.is_blocked()).count()
    }
}

/// The paragraph of one clinic.
pub(super) fn one(plan: &Plan, clinic: &ClinicId, part: &Part<'_>, paint: Paint) -> String {
    let mut text = paint.title(clinic);
    if part.is_blocked() {
        let _ = write!(text, "  {}", paint.removed("blocked: nothing is written here"));
    }
    text.push('\n');
    text.push_str(&finding::of_blocked(part, paint));
    text.push_str(&change::all(plan, &part.changes, paint));
    text.push_str(&change::notes(&part.notes, paint));
    text.push_str(&impact::of_clinic(part, paint));
    text
}
