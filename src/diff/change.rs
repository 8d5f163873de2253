//! What differs between two states of a clinic.

use crate::domain::{Access, Button, ButtonId, ClinicState, Direction, DirectionKind, Field, Resource};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happens to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It does not exist yet.
    Create,
    /// It exists and differs.
    Update,
    /// It goes.
    Delete,
}

/// One resource that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub resource: Resource,
    /// As it is; `None` when it does not exist.
    pub before: Option<ResourceState>,
    /// As it should be; `None` when it goes.
    pub after: Option<ResourceState>,
    /// What differs inside, in the order in which the format lists the fields.
    pub fields: Vec<FieldChange>,
}

impl Change {
    fn new(resource: Resource, before: Option<ResourceState>, after: Option<ResourceState>) -> Self {
        let fields = field_changes(before.as_ref(), after.as_ref());
        Self { resource, before, after, fields }
    }

    /// What happens to the resource.
    #[must_use]
    pub const fn action(&self) -> Action {
        match (&self.before, &self.after) {
            (None, _) => Action::Create,
            (Some(_), None) => Action::Delete,
            (Some(_), Some(_)) => Action::Update,
        }
    }
}

/// The whole state of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ResourceState {
    /// A direction of messaging.
    Direction(Direction),
    /// A button.
    Button(Button),
    /// The order of all buttons.
    Order {
        /// Their ids.
        order: Vec<ButtonId>,
    },
}

/// One value inside a resource that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// As it is.
    pub before: Option<FieldValue>,
    /// As it should be.
    pub after: Option<FieldValue>,
}

/// The value of a field, as reports show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// On or off.
    Switch(bool),
    /// A text, or the word `everyone`.
    Text(String),
    /// Ids of people or buttons, or surfaces.
    Items(Vec<String>),
}

/// Compares two states. Resources that are the same in both do not appear, and none appears twice.
///
/// Directions come first; then buttons that stay, in the order of `before`; new ones in the order of `after`, which is
/// the order in which they are to be created; those that are removed; and the order of the buttons, if creating (at the
/// end) and deleting alone would not lead to it.
#[must_use]
pub fn diff(before: &ClinicState, after: &ClinicState) -> Vec<Change> {
    let ClinicState { healthcare_initiated, incoming, buttons } = before;
    let directions = [
        (DirectionKind::HealthcareInitiated, healthcare_initiated, &after.healthcare_initiated),
        (DirectionKind::Incoming, incoming, &after.incoming),
    ];
    let directions = directions.into_iter().filter_map(|(kind, before, after)| direction_change(kind, before, after));
    directions.chain(button_changes(buttons, &after.buttons)).chain(order_change(buttons, &after.buttons)).collect()
}

impl ResourceState {
    /// Every value of the resource; the order of [`Field`] is the order of the format.
    #[must_use]
    pub fn values(&self) -> BTreeMap<Field, FieldValue> {
        match self {
            Self::Direction(Direction { enabled, accessible_to }) => BTreeMap::from([
                (Field::Enabled, FieldValue::Switch(*enabled)),
                (Field::AccessibleTo, access_value(accessible_to)),
            ]),
            Self::Button(button) => button_values(button),
            Self::Order { order } => BTreeMap::from([(Field::Order, items(order))]),
        }
    }
}

fn direction_change(kind: DirectionKind, before: &Direction, after: &Direction) -> Option<Change> {
    let state = |direction: &Direction| Some(ResourceState::Direction(direction.clone()));
    (before != after).then(|| Change::new(Resource::Direction(kind), state(before), state(after)))
}

fn button_changes(before: &[Button], after: &[Button]) -> Vec<Change> {
    let was = by_id(before);
    let will = by_id(after);
    let stay = before.iter().filter_map(|was| Some((was, *will.get(&was.id)?)));
    let update = stay.filter(|(was, will)| was != will).map(|(was, will)| button_change(Some(was), Some(will)));
    let create = after.iter().filter(|will| !was.contains_key(&will.id)).map(|will| button_change(None, Some(will)));
    let delete = before.iter().filter(|was| !will.contains_key(&was.id)).map(|was| button_change(Some(was), None));
    update.chain(create).chain(delete).flatten().collect()
}

fn by_id(buttons: &[Button]) -> BTreeMap<&ButtonId, &Button> {
    buttons.iter().map(|button| (&button.id, button)).collect()
}

fn button_change(before: Option<&Button>, after: Option<&Button>) -> Option<Change> {
    let id = after.or(before)?.id.clone();
    let state = |button: Option<&Button>| button.cloned().map(ResourceState::Button);
    Some(Change::new(Resource::Button(id), state(before), state(after)))
}

fn order_change(before: &[Button], after: &[Button]) -> Option<Change> {
    let was = by_id(before);
    let will = by_id(after);
    let stay = before.iter().filter(|button| will.contains_key(&button.id));
    let new = after.iter().filter(|button| !was.contains_key(&button.id));
    let reached = stay.chain(new).map(|button| &button.id);
    if reached.eq(after.iter().map(|button| &button.id)) {
        return None;
    }
    let state = |buttons: &[Button]| ResourceState::Order { order: buttons.iter().map(|b| b.id.clone()).collect() };
    Some(Change::new(Resource::ButtonOrder, Some(state(before)), Some(state(after))))
}

/// What differs between two states of one resource; a state that does not exist has no values.
fn field_changes(before: Option<&ResourceState>, after: Option<&ResourceState>) -> Vec<FieldChange> {
    let mut was = before.map_or_else(BTreeMap::new, ResourceState::values);
    let mut will = after.map_or_else(BTreeMap::new, ResourceState::values);
    let fields: BTreeSet<Field> = was.keys().chain(will.keys()).cloned().collect();
    let pairs = fields.into_iter().map(|field| {
        let (before, after) = (was.remove(&field), will.remove(&field));
        FieldChange { field, before, after }
    });
    pairs.filter(|change| change.before != change.after).collect()
}

fn button_values(button: &Button) -> BTreeMap<Field, FieldValue> {
    let Button { id: _, leads_to, title, active, shown_in } = button;
    let title = title.iter().map(|(language, text)| (Field::Title(language.clone()), FieldValue::Text(text.clone())));
    let rest = [
        (Field::LeadsTo, FieldValue::Text(leads_to.to_string())),
        (Field::Active, FieldValue::Switch(*active)),
        (Field::ShownIn, items(&shown_in.surfaces())),
    ];
    title.chain(rest).collect()
}

fn access_value(access: &Access) -> FieldValue {
    match access {
        Access::Everyone => FieldValue::Text("everyone".to_owned()),
        Access::Listed(people) => items(people),
    }
}

fn items<'a, T: ToString + 'a>(items: impl IntoIterator<Item = &'a T>) -> FieldValue {
    FieldValue::Items(items.into_iter().map(ToString::to_string).collect())
}
