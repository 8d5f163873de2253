//! What stands in place of people: `person-1`, `person-2` and so on, anew in each clinic.

use super::{FieldRow, Impact, Plan, PlannedChange, RightRow, SingleResponderRow};
use crate::diff::{Change, FieldChange, FieldValue, ResourceState};
use crate::domain::{Access, ActorKind, ClinicId, Direction, Field, LastChange, StaffId};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in place of a person's name.
const SOMEBODY: &str = "a person";

/// What stands in place of each person, clinic by clinic: that a person works in two clinics is not revealed either.
#[derive(Debug, Clone)]
pub struct Pseudonyms {
    clinics: BTreeMap<ClinicId, BTreeMap<StaffId, StaffId>>,
}

impl Pseudonyms {
    /// For all people in a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
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

    /// Takes people out of a change that was found after the plan was made. People who are not in the plan are numbered
    /// after those who are.
    pub fn change_found_later(&mut self, clinic: &ClinicId, change: &mut Change) {
        let Change { resource: _, before, after, fields } = change;
        let known = self.clinics.entry(clinic.clone()).or_default();
        for id in [&*before, &*after].into_iter().flatten().flat_map(listed) {
            if let (false, Some(pseudonym)) = (known.contains_key(id), pseudonym(known.len() + 1)) {
                known.insert(id.clone(), pseudonym);
            }
        }
        for state in [before, after].into_iter().flatten() {
            self.state(clinic, state);
        }
        for FieldChange { field, before, after } in fields {
            self.values(clinic, field, [before, after]);
        }
    }

    fn person(&self, clinic: &ClinicId, id: &mut StaffId) {
        if let Some(pseudonym) = self.clinics.get(clinic).and_then(|people| people.get(id)) {
            id.clone_from(pseudonym);
        }
    }

    pub(super) fn change(&self, change: &mut PlannedChange) {
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
        self.values(clinic, path, [before, after]);
    }

    fn values(&self, clinic: &ClinicId, field: &Field, values: [&mut Option<FieldValue>; 2]) {
        if *field != Field::AccessibleTo {
            return;
        }
        for value in values.into_iter().flatten() {
            if let FieldValue::Items(ids) = value {
                ids.iter_mut().for_each(|id| self.written(clinic, id));
            }
        }
    }

    /// An id as a list of a field writes it; a text that is no id may be a name.
    fn written(&self, clinic: &ClinicId, written: &mut String) {
        let mut id = StaffId::parse(written);
        if let Ok(id) = &mut id {
            self.person(clinic, id);
        }
        *written = id.map_or_else(|_| SOMEBODY.to_owned(), String::from);
    }

    pub(super) fn impact(&self, impact: &mut Impact) {
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

/// All people in a change.
fn people_of(change: &PlannedChange) -> Vec<StaffId> {
    let states = [&change.before, &change.after, &change.applied].into_iter().flatten();
    let listed = states.flat_map(listed);
    let written = change.fields.iter().filter(|row| row.path == Field::AccessibleTo);
    let values = written.flat_map(|row| [&row.before, &row.after]).flatten();
    let in_rows = values.filter_map(|value| match value {
        FieldValue::Items(ids) => Some(ids.iter().filter_map(|id| StaffId::parse(id).ok())),
        FieldValue::Switch(_) | FieldValue::Text(_) => None,
    });
    let admitted = change.fields.iter().flat_map(|row| &row.people).map(|row| row.person.clone());
    listed.cloned().chain(in_rows.flatten()).chain(admitted).collect()
}

/// The people in the list of a state.
fn listed(state: &ResourceState) -> impl Iterator<Item = &StaffId> {
    let people = match state {
        ResourceState::Direction(Direction { accessible_to: Access::Listed(people), .. }) => Some(people),
        ResourceState::Direction(_) | ResourceState::Button(_) | ResourceState::Order { .. } => None,
    };
    people.into_iter().flatten()
}

fn numbered(people: BTreeSet<StaffId>) -> BTreeMap<StaffId, StaffId> {
    people.into_iter().zip(1..).filter_map(|(id, number)| Some((id, pseudonym(number)?))).collect()
}

fn pseudonym(number: usize) -> Option<StaffId> {
    StaffId::parse(&format!("person-{number}")).ok()
}

/// The last change with its kind alone. A reference is free text.
pub fn anonymous(last: &mut LastChange) {
    let LastChange { by, kind, at: _, reference } = last;
    *by = match kind {
        ActorKind::Person => SOMEBODY.to_owned(),
        ActorKind::Service => "a service".to_owned(),
    };
    *reference = None;
}
