//! Changes with the lines of the files that declare them.
//!
//! Places become lines and layers here, for the values that change, and for no other.

use super::{Because, FieldRow, Origin, PersonOrigin, PlannedChange, Shadow, Step};
use crate::diff::{Change, FieldChange, FieldValue, Resolution, admitted};
use crate::domain::{
    Address, ButtonId, ClinicId, DesiredButton, DesiredClinic, DesiredDirection, DirectionKind, Field, Layers,
    LiveClinic, Resource, Sourced, StaffId,
};
use crate::source::{Place, SourceSet};
use std::collections::BTreeSet;

/// The origins of the rows of one clinic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origins<'a> {
    pub(super) desired: &'a DesiredClinic,
    pub(super) live: &'a LiveClinic,
    pub(super) resolution: &'a Resolution,
    pub(super) sources: &'a SourceSet,
    pub(super) layers: &'a Layers,
}

/// The line that says one value of a clinic, with the lines that it shadows. `None` if no layer says it, so that it
/// stays as it is live, or is a default if the button is new.
#[must_use]
pub fn said_by(
    desired: &DesiredClinic,
    (resource, field): (&Resource, &Field),
    sources: &SourceSet,
    layers: &Layers,
) -> Option<Origin> {
    let said = match resource {
        Resource::Button(id) => in_button(listed(desired, id)?, field),
        Resource::Direction(_) | Resource::ButtonOrder => declared(desired, resource, field),
    };
    said.map(|said| origin(said, sources, layers))
}

/// A change without anything that is known of its past, and without any file.
pub(super) fn bare_row(clinic: &ClinicId, step: &Step, change: Change) -> PlannedChange {
    row(clinic, step, change, |_, FieldChange { field, before, after }| FieldRow {
        path: field,
        before,
        after,
        origin: None,
        people: Vec::new(),
    })
}

fn row(
    clinic: &ClinicId,
    step: &Step,
    change: Change,
    field: impl Fn(&Resource, FieldChange) -> FieldRow,
) -> PlannedChange {
    let action = change.action();
    let Change { resource, before, after, fields } = change;
    PlannedChange {
        id: step.id,
        clinic: clinic.clone(),
        action,
        before,
        after,
        waits_for: step.waits_for.clone(),
        because: Because::Intent,
        applied: None,
        last_change: None,
        fields: fields.into_iter().map(|change| field(&resource, change)).collect(),
        address: Address { clinic: clinic.clone(), resource },
    }
}

impl Origins<'_> {
    /// A change as the plan shows it, carried out by `step`.
    pub(super) fn row(&self, step: &Step, change: Change) -> PlannedChange {
        let last_change = self.live.last_changes.get(&change.resource).cloned();
        let field = |resource: &Resource, field| self.field_row(resource, field);
        PlannedChange { last_change, ..row(&self.live.clinic, step, change, field) }
    }

    fn field_row(&self, resource: &Resource, change: FieldChange) -> FieldRow {
        let FieldChange { field, before, after } = change;
        let origin = declared(self.desired, resource, &field).map(|said| origin(said, self.sources, self.layers));
        let people = match (resource, &field) {
            (Resource::Direction(kind), Field::AccessibleTo) => self.people(*kind, before.as_ref(), after.as_ref()),
            (Resource::Direction(_) | Resource::Button(_) | Resource::ButtonOrder, _) => Vec::new(),
        };
        FieldRow { path: field, before, after, origin, people }
    }

    /// The line that admits each person of the list `after` who did not stand in a list before.
    fn people(
        &self,
        kind: DirectionKind,
        before: Option<&FieldValue>,
        after: Option<&FieldValue>,
    ) -> Vec<PersonOrigin> {
        let (stood, stand) = (items(before), items(after));
        let lines = admitted(kind, self.desired, &self.live.directory, self.resolution);
        let added = lines.into_iter().filter(|(id, _)| stand.contains(id.as_str()) && !stood.contains(id.as_str()));
        let row = |(person, place): (StaffId, Place)| PersonOrigin {
            person,
            location: self.sources.locate(place),
            layer: self.layers.of(place),
        };
        added.map(row).collect()
    }
}

fn origin(Declared { place, shadows }: Declared<'_>, sources: &SourceSet, layers: &Layers) -> Origin {
    let shadow = |place: &Place| Shadow { location: sources.locate(*place), layer: layers.of(*place) };
    Origin { location: sources.locate(place), layer: layers.of(place), shadows: shadows.iter().map(shadow).collect() }
}

/// Who stands in a list; `everyone` is no list.
pub(super) fn items(value: Option<&FieldValue>) -> BTreeSet<&str> {
    match value {
        Some(FieldValue::Items(items)) => items.iter().map(String::as_str).collect(),
        Some(FieldValue::Switch(_) | FieldValue::Text(_)) | None => BTreeSet::new(),
    }
}

/// The places of one declared value.
#[derive(Debug, Clone, Copy)]
struct Declared<'a> {
    place: Place,
    shadows: &'a [Place],
}

impl<'a> Declared<'a> {
    fn of<T>(said: &'a Sourced<T>) -> Self {
        Self { place: said.place, shadows: &said.shadows }
    }
}

/// The origin of this value of a change. A button's value that no layer declares changes only if the button comes or
/// goes: it follows from the line that lists the button, or that asks for its removal.
fn declared<'a>(desired: &'a DesiredClinic, resource: &Resource, field: &Field) -> Option<Declared<'a>> {
    match resource {
        Resource::Direction(kind) => in_direction(desired.direction(*kind), field),
        Resource::Button(id) => match listed(desired, id) {
            Some(button) => in_button(button, field).or(Some(Declared { place: button.place, shadows: &[] })),
            None => desired.buttons.as_ref()?.unlisted.as_ref().map(Declared::of),
        },
        Resource::ButtonOrder => desired.buttons.as_ref().map(|buttons| Declared::of(&buttons.order)),
    }
}

fn listed<'a>(desired: &'a DesiredClinic, id: &ButtonId) -> Option<&'a DesiredButton> {
    desired.buttons.as_ref()?.listed.iter().find(|button| button.id == *id)
}

fn in_direction<'a>(direction: &'a DesiredDirection, field: &Field) -> Option<Declared<'a>> {
    let DesiredDirection { enabled, accessible_to } = direction;
    match field {
        Field::Enabled => enabled.as_ref().map(Declared::of),
        Field::AccessibleTo => accessible_to.as_ref().map(Declared::of),
        Field::LeadsTo | Field::Title(_) | Field::Active | Field::ShownIn | Field::Order => None,
    }
}

/// The place that declares a button's value.
fn in_button<'a>(button: &'a DesiredButton, field: &Field) -> Option<Declared<'a>> {
    let DesiredButton { id: _, place: _, leads_to, title, title_place: _, active, shown_in } = button;
    match field {
        Field::LeadsTo => leads_to.as_ref().map(Declared::of),
        Field::Title(language) => title.get(language).map(Declared::of),
        Field::Active => active.as_ref().map(Declared::of),
        Field::ShownIn => shown_in.as_ref().map(Declared::of),
        Field::Enabled | Field::AccessibleTo | Field::Order => None,
    }
}
