//! What a plan says about each clinic, gathered once, so that a plan of ten thousand clinics is not searched ten
//! thousand times.

use super::menu::{Buttons, Menu, menus};
use super::people::{Person, people};
use crate::domain::ClinicId;
use crate::plan::{
    Blocked, FindingRow, Impact, MenuRow, NoteRow, PictureRow, Plan, PlannedChange, RightRow, SingleResponderRow,
};
use std::collections::BTreeMap;

/// What a plan says about one clinic.
#[derive(Debug, Clone)]
pub struct Clinic<'p> {
    /// Which.
    pub id: &'p ClinicId,
    /// What is written, in the order of execution.
    pub changes: Vec<&'p PlannedChange>,
    /// Who loses what, by name.
    pub lose: Vec<Person<'p>>,
    /// Who gains what, by name.
    pub gain: Vec<Person<'p>>,
    /// The only person who is left to respond, if there was another number before.
    pub single_responder: Option<&'p SingleResponderRow>,
    /// The menus that change.
    pub menus: Vec<Menu<'p>>,
    /// The buttons that patients notice.
    pub buttons: Buttons<'p>,
    /// The menus as patients see them.
    pub pictures: Vec<&'p PictureRow>,
    /// Why nothing is written here.
    pub blocked: Vec<&'p Blocked>,
    /// What the rules say.
    pub findings: Vec<&'p FindingRow>,
    /// What is left undone on purpose.
    pub notes: Vec<&'p NoteRow>,
}

impl Clinic<'_> {
    /// Whether nothing is written here.
    #[must_use]
    pub const fn is_blocked(&self) -> bool {
        !self.blocked.is_empty()
    }

    /// Whether colleagues or patients notice anything.
    #[must_use]
    pub fn has_impact(&self) -> bool {
        !self.lose.is_empty() || !self.gain.is_empty() || !self.buttons.is_empty() || self.single_responder.is_some()
    }
}

/// The rows of a plan about one clinic.
#[derive(Debug, Default)]
struct Rows<'p> {
    changes: Vec<&'p PlannedChange>,
    lose: Vec<&'p RightRow>,
    gain: Vec<&'p RightRow>,
    single_responder: Option<&'p SingleResponderRow>,
    menus: Vec<&'p MenuRow>,
    pictures: Vec<&'p PictureRow>,
    blocked: Vec<&'p Blocked>,
    findings: Vec<&'p FindingRow>,
    notes: Vec<&'p NoteRow>,
}

/// Every clinic that the plan says something about, by id.
pub(super) fn clinics(plan: &Plan) -> Vec<Clinic<'_>> {
    let mut all = BTreeMap::<&ClinicId, Rows<'_>>::new();
    plan.changes.iter().for_each(|row| all.entry(&row.clinic).or_default().changes.push(row));
    plan.notes.iter().for_each(|row| all.entry(&row.address.clinic).or_default().notes.push(row));
    let Impact { gain, lose, menus, single_responders, pictures } = &plan.impact;
    gain.iter().for_each(|row| all.entry(&row.clinic).or_default().gain.push(row));
    lose.iter().for_each(|row| all.entry(&row.clinic).or_default().lose.push(row));
    menus.iter().for_each(|row| all.entry(&row.clinic).or_default().menus.push(row));
    pictures.iter().for_each(|row| all.entry(&row.clinic).or_default().pictures.push(row));
    single_responders.iter().for_each(|row| all.entry(&row.clinic).or_default().single_responder = Some(row));
    plan.blocked.iter().for_each(|row| all.entry(&row.clinic).or_default().blocked.push(row));
    for row in &plan.findings {
        if let Some(clinic) = &row.clinic {
            all.entry(clinic).or_default().findings.push(row);
        }
    }
    all.into_iter().map(|(id, rows)| clinic(id, rows)).collect()
}

fn clinic<'p>(id: &'p ClinicId, rows: Rows<'p>) -> Clinic<'p> {
    let Rows { changes, lose, gain, single_responder, menus: rows, pictures, blocked, findings, notes } = rows;
    let menus = menus(&rows);
    Clinic {
        id,
        changes,
        lose: people(&lose),
        gain: people(&gain),
        single_responder,
        buttons: Buttons::of(&menus, &pictures),
        menus,
        pictures,
        blocked,
        findings,
        notes,
    }
}
