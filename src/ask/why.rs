//! `why ADDRESS`: each value of a resource, live and wanted, with the line that declares it and the lines that it
//! shadows.

use super::{Admission, Files, Part, Subject, Target, TargetError, admissions};
use crate::diff::{FieldValue, ResourceState, Scoped, scope};
use crate::domain::{
    Access, ButtonId, ClinicId, ClinicState, DirectionKind, Field, LastChange, Layer, Resource, StaffId,
};
use crate::plan::{Origin, said_by};
use crate::rules::nearest;
use crate::source::{Location, SourceSet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The answer about some values of a resource, as `clinicctl-why/1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// Always `clinicctl-why/1`.
    pub format: &'static str,
    /// As it was asked.
    pub address: String,
    /// The clinic.
    pub clinic: ClinicId,
    /// The resource.
    pub resource: Resource,
    /// Whether the live system has the resource.
    pub exists: bool,
    /// Whether any file is about the clinic.
    pub declared: bool,
    /// Who changed the resource last.
    pub last_change: Option<LastChange>,
    /// The values.
    pub values: Vec<Value>,
    /// The rules because of which a run leaves the clinic as it is.
    pub blocked: BTreeSet<String>,
    /// What a run leaves undone here on purpose.
    pub notes: Vec<String>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// `enabled`, `title.sv`, ...
    pub path: Field,
    /// As it is; null if it does not exist.
    pub live: Option<FieldValue>,
    /// As the files declare it; if they do not, the live value or the default.
    pub wanted: Option<FieldValue>,
    /// Whether the files say it.
    pub managed: bool,
    /// The line that declares it.
    pub origin: Option<Line>,
    /// The same setting in the layers behind, nearest first, which is not heard.
    pub shadows: Vec<Line>,
    /// Of a list of people: all people in the live list or in the wanted one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// Which kind of document it belongs to.
    pub layer: Layer,
    /// What stands there, from the key of the value to the end of the line. Any text.
    pub text: String,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The id.
    pub person: StaffId,
    /// The name; absent if the directory does not have the person. Any text.
    pub name: Option<String>,
    /// In the live list, or admitted as everyone is.
    pub live: bool,
    /// In the wanted list, or admitted as everyone is.
    pub wanted: bool,
    /// The lines that admit the person, if the files declare the list.
    pub admitted_by: Vec<Admission>,
}

/// The answer about `target`, which is of the subject's clinic.
///
/// # Errors
/// [`TargetError`] if neither the files nor the live system have what it names.
pub fn why(subject: Subject<'_>, target: &Target) -> Result<Why, TargetError> {
    let Subject { live, files, sources: _ } = subject;
    let wanted = files.map_or_else(|| live.state.clone(), |files| wanted(subject, files));
    let [before, after] = [&live.state, &wanted].map(|state| resource(state, &target.resource));
    if let (Resource::Button(id), None, None) = (&target.resource, &before, &after)
        && !is_listed(files, id)
    {
        return Err(no_button(&wanted, files, target, id));
    }
    let plan = files.map(|files| files.plan);
    let notes = plan.iter().flat_map(|plan| &plan.notes).filter(|note| note.address.resource == target.resource);
    Ok(Why {
        format: "clinicctl-why/1",
        address: target.to_string(),
        clinic: live.clinic.clone(),
        resource: target.resource.clone(),
        exists: before.is_some(),
        declared: files.is_some(),
        last_change: live.last_changes.get(&target.resource).cloned(),
        values: of_resource(subject, target, before.as_ref(), after.as_ref())?,
        blocked: plan.iter().flat_map(|plan| &plan.blocked).map(|blocked| blocked.rule.clone()).collect(),
        notes: notes.map(|note| note.message.clone()).collect(),
    })
}

/// What the files want, whether or not a rule forbids it. Buttons that only a run with `--prune` removes stay.
fn wanted(subject: Subject<'_>, files: Files<'_>) -> ClinicState {
    let Scoped { wanted, kept: _ } = scope(files.desired, subject.live, files.resolution, false);
    wanted
}

fn resource(state: &ClinicState, resource: &Resource) -> Option<ResourceState> {
    match resource {
        Resource::Direction(kind) => Some(ResourceState::Direction(state.direction(*kind).clone())),
        Resource::Button(id) => state.button(id).cloned().map(ResourceState::Button),
        Resource::ButtonOrder => Some(ResourceState::Order { order: state.order() }),
    }
}

fn is_listed(files: Option<Files<'_>>, id: &ButtonId) -> bool {
    listed(files).any(|listed| listed == id)
}

fn listed<'a>(files: Option<Files<'a>>) -> impl Iterator<Item = &'a ButtonId> {
    let buttons = files.and_then(|files| files.desired.buttons.as_ref());
    buttons.into_iter().flat_map(|buttons| &buttons.listed).map(|button| &button.id)
}

fn no_button(wanted: &ClinicState, files: Option<Files<'_>>, target: &Target, id: &ButtonId) -> TargetError {
    let known = wanted.buttons.iter().map(|button| &button.id).chain(listed(files));
    let near = nearest(id.as_str(), known.map(ButtonId::as_str));
    let near = near.map(|near| format!("{}/buttons/{near}", target.clinic));
    TargetError::NoButton { clinic: target.clinic.clone(), button: id.clone(), near }
}

fn of_resource(
    subject: Subject<'_>,
    target: &Target,
    before: Option<&ResourceState>,
    after: Option<&ResourceState>,
) -> Result<Vec<Value>, TargetError> {
    if before.is_none() && after.is_none() {
        // A button that the files list without what a new one needs: there is nothing to show of it.
        return Ok(Vec::new());
    }
    let mut live = before.map_or_else(BTreeMap::new, ResourceState::values);
    let mut wanted = after.map_or_else(BTreeMap::new, ResourceState::values);
    let fields: BTreeSet<Field> =
        live.keys().chain(wanted.keys()).filter(|field| is_asked(target, field)).cloned().collect();
    if let (Part::Field(field), true) = (&target.part, fields.is_empty()) {
        let near = live.keys().chain(wanted.keys()).map(ToString::to_string).collect::<BTreeSet<_>>();
        let written = field.to_string();
        let near = nearest(&written, near.iter().map(String::as_str));
        let near = near.map(|near| format!("{}/{}.{near}", target.clinic, target.resource));
        return Err(TargetError::Field { resource: target.resource.clone(), written, near });
    }
    let value = |field: Field| {
        let (live, wanted) = (live.remove(&field), wanted.remove(&field));
        value(subject, &target.resource, field, (live, wanted))
    };
    Ok(fields.into_iter().map(value).collect())
}

fn is_asked(target: &Target, field: &Field) -> bool {
    match &target.part {
        Part::All => true,
        Part::Titles => matches!(field, Field::Title(_)),
        Part::Field(asked) => asked == field,
    }
}

fn value(
    subject: Subject<'_>,
    resource: &Resource,
    path: Field,
    (live, wanted): (Option<FieldValue>, Option<FieldValue>),
) -> Value {
    let Subject { files, sources, .. } = subject;
    let said = files.and_then(|files| said_by(files.desired, (resource, &path), sources, files.layers));
    let people = match (resource, &path) {
        (Resource::Direction(kind), Field::AccessibleTo) => people(subject, *kind),
        (Resource::Direction(_) | Resource::Button(_) | Resource::ButtonOrder, _) => Vec::new(),
    };
    let managed = said.is_some();
    let (origin, shadows) = said.map_or_else(Default::default, |said| lines(said, sources));
    Value { path, live, wanted, managed, origin, shadows, people }
}

fn lines(origin: Origin, sources: &SourceSet) -> (Option<Line>, Vec<Line>) {
    let line = |location: Location, layer| {
        let text = text_at(sources, &location);
        Line { location, layer, text }
    };
    let Origin { location, layer, shadows } = origin;
    let shadows = shadows.into_iter().map(|shadow| line(shadow.location, shadow.layer)).collect();
    (Some(line(location, layer)), shadows)
}

/// The line from the key of the value on; of a map in one line, what stands before the key is another value's.
fn text_at(sources: &SourceSet, location: &Location) -> String {
    let file = sources.files().iter().find(|file| file.path == location.file);
    let line = file.and_then(|file| file.text.lines().nth((location.line as usize).saturating_sub(1)));
    let line = line.unwrap_or_default();
    let value = line.char_indices().nth((location.column as usize).saturating_sub(1)).map_or(0, |(at, _)| at);
    let key = line.get(..value).and_then(|before| before.rfind(['{', ',', '['])).map_or(0, |at| at + 1);
    line.get(key..).unwrap_or_default().trim().trim_start_matches("- ").to_owned()
}

/// All people in one of the two lists; `everyone` names no one.
fn people(subject: Subject<'_>, kind: DirectionKind) -> Vec<Person> {
    let Subject { live, files, sources } = subject;
    let wanted = files.map(|files| wanted(subject, files));
    let before = &live.state.direction(kind).accessible_to;
    let after = &wanted.as_ref().unwrap_or(&live.state).direction(kind).accessible_to;
    let person = |id: &StaffId| {
        let member = live.directory.get(id);
        let wanted = names(after, id);
        let lines =
            files.zip(member).filter(|_| wanted).map(|(files, member)| admissions(files, sources, kind, member));
        Person {
            person: id.clone(),
            name: member.map(|member| member.name.clone()),
            live: names(before, id),
            wanted,
            admitted_by: lines.unwrap_or_default(),
        }
    };
    listed_in(before).chain(listed_in(after)).collect::<BTreeSet<_>>().into_iter().map(person).collect()
}

fn listed_in(access: &Access) -> impl Iterator<Item = &StaffId> {
    match access {
        Access::Everyone => None,
        Access::Listed(people) => Some(people),
    }
    .into_iter()
    .flatten()
}

fn names(access: &Access, id: &StaffId) -> bool {
    match access {
        Access::Everyone => true,
        Access::Listed(people) => people.contains(id),
    }
}
