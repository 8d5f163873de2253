//! A plan without people, for pull requests that everybody can read.
//!
//! The document itself changes, so that no format can show what it must not: ids of staff become `person-1`,
//! `person-2` and so on, anew in each clinic, and names go. Sentences of rules that may name a person are replaced by
//! what the rule says of anybody.

use super::Blocked;
use super::FieldRow;
use super::FindingRow;
use super::Impact;
use super::Plan;
use super::PlannedChange;
use super::RightRow;
use super::SingleResponderRow;
use crate::diff::FieldValue;
use crate::diff::ResourceState;
use crate::domain::Access;
use crate::domain::ActorKind;
use crate::domain::ClinicId;
use crate::domain::Direction;
use crate::domain::Field;
use crate::domain::LastChange;
use crate::domain::StaffId;
use crate::rules;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Whether a plan names people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// By name and id.
    #[default]
    Told,
    /// They are counted, and stand for themselves as `person-1`, `person-2` and so on.
    LeftOut,
}

/// What stands in place of a person's name.
const SOMEBODY: &str = "a person";

/// The rules whose sentences are about clinics and buttons alone. A rule that is not here is taken to name people.
const ABOUT_NOBODY: [&str; 14] = [
    "dead-button",
    "duplicate-title",
    "ended-waiver",
    "http-link",
    "incomplete-button",
    "live-value-refused",
    "long-title",
    "missing-translation",
    "no-way-in",
    "nobody-answers",
    "nobody-sends",
    "placeholder-title",
    "unknown-clinic",
    "unused-list",
];

impl Names {
    pub(super) const fn are_told(&self) -> bool {
        matches!(self, Self::Told)
    }
}

impl Plan {
    /// The same plan without people. What the files say stays: their paths and lines, titles and targets of buttons.
    #[must_use]
    pub fn counts_only(&self) -> Self {
        let mut plan = self.clone();
        plan.names = Names::LeftOut;
        plan.people.clear();
        let masks = Masks::of(self);
        plan.changes.iter_mut().for_each(|change| masks.change(change));
        masks.impact(&mut plan.impact);
        plan.blocked.iter_mut().for_each(blocked);
        plan.findings.iter_mut().for_each(finding);
        if let Some(unknown) = &mut plan.drift_unknown {
            "the change logs do not tell".clone_into(&mut unknown.reason);
        }
        plan
    }
}

/// What stands in place of each person, clinic by clinic: that somebody works in two clinics is not told either.
struct Masks {
    clinics: BTreeMap<ClinicId, BTreeMap<StaffId, StaffId>>,
}

impl Masks {
    fn of(plan: &Plan) -> Self {
        let mut people = BTreeMap::<&ClinicId, BTreeSet<StaffId>>::new();
        for change in &plan.changes {
            people.entry(&change.clinic).or_default().extend(people_of(change));
        }
        let Impact { gain, lose, menus: _, single_responders, pictures: _ } = &plan.impact;
        for RightRow { clinic, person, .. } in gain.iter().chain(lose) {
            people.entry(clinic).or_default().insert(person.clone());
        }
        for SingleResponderRow { clinic, person, .. } in single_responders {
            people.entry(clinic).or_default().insert(person.clone());
        }
        let clinics = people.into_iter().map(|(clinic, people)| (clinic.clone(), numbered(people)));
        Self { clinics: clinics.collect() }
    }

    fn person(&self, clinic: &ClinicId, id: &mut StaffId) {
        if let Some(mask) = self.clinics.get(clinic).and_then(|people| people.get(id)) {
            id.clone_from(mask);
        }
    }

    fn change(&self, change: &mut PlannedChange) {
        let PlannedChange { clinic, before, after, applied, last_change, fields, .. } = change;
        for state in [before, after, applied].into_iter().flatten() {
            self.state(clinic, state);
        }
        last_change.iter_mut().for_each(anonymous);
        fields.iter_mut().for_each(|row| self.field(clinic, row));
    }

    fn state(&self, clinic: &ClinicId, state: &mut ResourceState) {
        if let ResourceState::Direction(Direction { accessible_to: Access::Listed(people), .. }) = state {
            *people = std::mem::take(people)
                .into_iter()
                .map(|mut id| {
                    self.person(clinic, &mut id);
                    id
                })
                .collect();
        }
    }

    fn field(&self, clinic: &ClinicId, FieldRow { path, before, after, origin: _, people }: &mut FieldRow) {
        people.iter_mut().for_each(|row| self.person(clinic, &mut row.person));
        if *path != Field::AccessibleTo {
            return;
        }
        for value in [before, after].into_iter().flatten() {
            if let FieldValue::Items(ids) = value {
                ids.iter_mut().for_each(|id| self.written(clinic, id));
            }
        }
    }

    /// An id as a list of a field writes it; a text that is no id cannot be told from a name.
    fn written(&self, clinic: &ClinicId, written: &mut String) {
        let mut id = StaffId::parse(written);
        if let Ok(id) = &mut id {
            self.person(clinic, id);
        }
        *written = id.map_or_else(|_| SOMEBODY.to_owned(), String::from);
    }

    fn impact(&self, impact: &mut Impact) {
        let Impact { gain, lose, menus: _, single_responders, pictures: _ } = impact;
        for RightRow { clinic, person, name, right: _ } in gain.iter_mut().chain(lose) {
            self.person(clinic, person);
            SOMEBODY.clone_into(name);
        }
        for SingleResponderRow { clinic, person, name } in single_responders {
            self.person(clinic, person);
            SOMEBODY.clone_into(name);
        }
    }
}

/// Everybody whom a change knows.
fn people_of(change: &PlannedChange) -> Vec<StaffId> {
    let states = [&change.before, &change.after, &change.applied].into_iter().flatten();
    let listed = states.filter_map(|state| match state {
        ResourceState::Direction(Direction { accessible_to: Access::Listed(people), .. }) => Some(people),
        ResourceState::Direction(_) | ResourceState::Button(_) | ResourceState::Order { .. } => None,
    });
    let written = change.fields.iter().filter(|row| row.path == Field::AccessibleTo);
    let values = written.flat_map(|row| [&row.before, &row.after]).flatten();
    let in_rows = values.filter_map(|value| match value {
        FieldValue::Items(ids) => Some(ids.iter().filter_map(|id| StaffId::parse(id).ok())),
        FieldValue::Switch(_) | FieldValue::Text(_) => None,
    });
    let admitted = change.fields.iter().flat_map(|row| &row.people).map(|row| row.person.clone());
    listed.flatten().cloned().chain(in_rows.flatten()).chain(admitted).collect()
}

fn numbered(people: BTreeSet<StaffId>) -> BTreeMap<StaffId, StaffId> {
    let mask = |(at, id): (usize, StaffId)| Some((id, StaffId::parse(&format!("person-{}", at + 1)).ok()?));
    people.into_iter().enumerate().filter_map(mask).collect()
}

/// Who changed something last, told by kind alone. A reference is a text of theirs.
fn anonymous(last: &mut LastChange) {
    let LastChange { by, kind, at: _, reference } = last;
    *by = match kind {
        ActorKind::Person => SOMEBODY.to_owned(),
        ActorKind::Service => "a service".to_owned(),
    };
    *reference = None;
}

fn finding(row: &mut FindingRow) {
    if row.waived.is_some() {
        row.waived = Some("the file says why".to_owned());
    }
    if !ABOUT_NOBODY.contains(&row.rule.as_str()) {
        row.message = of_anybody(&row.rule);
        row.help.clear();
    }
}

fn blocked(row: &mut Blocked) {
    if !ABOUT_NOBODY.contains(&row.rule.as_str()) {
        row.detail = of_anybody(&row.rule);
    }
}

/// What a rule says of anybody; the same for a clinic that could not be read, which breaks none.
fn of_anybody(rule: &str) -> String {
    let says = match rule {
        "forbidden" => "the token may not read the clinic",
        // A rule about files has the same name; here it is a clinic.
        "unreadable" => "the clinic could not be read",
        _ => rules::find(rule).map_or("the clinic could not be read", |rule| rule.says),
    };
    says.to_owned()
}
