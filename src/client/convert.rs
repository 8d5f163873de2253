//! Wire -> domain: strict on shape, lenient on texts.
//!
//! Keys, surfaces and the uniqueness of ids are checked, since a plan stands on them. Names, titles and references may
//! be any text; roles and targets that this version does not know are kept; an e-mail address, an HSA-id or a title of
//! a person that does not have its form is left out.

use crate::diff::ResourceState;
use crate::domain::{
    Access, ActorKind, Button, ButtonId, ClinicId, ClinicState, Direction, DirectionKind, Directory, Email, HsaId,
    KeyError, Language, LastChange, LeadsTo, LiveClinic, Resource, Revision, Role, ShownIn, StaffId, StaffMember,
    StaffTitle, Surface,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with an answer, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}`: {wrong}")]
pub(super) struct Malformed {
    path: String,
    wrong: String,
}

fn malformed(path: impl Into<String>, wrong: impl Into<String>) -> Malformed {
    Malformed { path: path.into(), wrong: wrong.into() }
}

/// A clinic with the directory that was read for it.
pub(super) fn live(line: clinic_wire::ClinicLine, directory: Directory) -> Result<LiveClinic, Malformed> {
    let clinic_wire::ClinicLine { clinic, name, hsa_id, revision, messaging, buttons, staff: _ } = line;
    let mut last_changes = BTreeMap::new();
    let mut changed = |resource, change: Option<clinic_wire::LastChange>| {
        last_changes.extend(change.map(|change| (resource, last_change(change))));
    };
    let clinic_wire::Messaging { healthcare_initiated, incoming } = messaging;
    let mut state = ClinicState::new();
    for (kind, live) in
        [(DirectionKind::HealthcareInitiated, healthcare_initiated), (DirectionKind::Incoming, incoming)]
    {
        changed(Resource::Direction(kind), live.last_change);
        *state.direction_mut(kind) = direction(kind, live.enabled, live.accessible_to)?;
    }
    for (at, live) in buttons.into_iter().enumerate() {
        let path = format!("buttons[{at}]");
        let id = key(ButtonId::parse(&live.id), &live.id, || format!("{path}.id"))?;
        if state.button(&id).is_some() {
            return Err(malformed(format!("{path}.id"), format!("a second button `{id}`")));
        }
        changed(Resource::Button(id.clone()), live.last_change.clone());
        state.buttons.push(button(id, live, &path)?);
    }
    let clinic = key(ClinicId::parse(&clinic), &clinic, || "clinic".to_owned())?;
    let hsa_id = hsa_id.and_then(|id| HsaId::parse(&id).ok());
    Ok(LiveClinic { clinic, name, hsa_id, revision: Revision(revision), state, last_changes, directory })
}

/// A resource as an entry of the change log shows it; `None` if it was not there.
pub(super) fn logged_state(resource: &Resource, logged: Value) -> Result<Option<ResourceState>, Malformed> {
    if logged.is_null() {
        return Ok(None);
    }
    let state = match resource {
        Resource::Direction(kind) => {
            let clinic_wire::DirectionState { enabled, accessible_to, last_change: _ } = shaped(logged)?;
            ResourceState::Direction(direction(*kind, enabled, accessible_to)?)
        }
        Resource::Button(id) => ResourceState::Button(button(id.clone(), shaped(with_id(logged, id))?, "after")?),
        Resource::ButtonOrder => {
            let clinic_wire::OrderState { order } = shaped(logged)?;
            let id = |id: &String| key(ButtonId::parse(id), id, || "after.order".to_owned());
            ResourceState::Order { order: order.iter().map(id).collect::<Result<_, _>>()? }
        }
    };
    Ok(Some(state))
}

/// An entry names its button outside of the button.
fn with_id(mut logged: Value, id: &ButtonId) -> Value {
    if let Some(fields) = logged.as_object_mut() {
        fields.insert("id".to_owned(), id.as_str().into());
    }
    logged
}

fn shaped<T: DeserializeOwned>(logged: Value) -> Result<T, Malformed> {
    serde_json::from_value(logged).map_err(|error| malformed("after", error.to_string()))
}

/// All people who work at a clinic.
pub(super) fn directory(staff: Vec<clinic_wire::StaffItem>) -> Result<Directory, Malformed> {
    let mut known = BTreeSet::new();
    let mut members = Vec::with_capacity(staff.len());
    for (at, item) in staff.into_iter().enumerate() {
        let path = || format!("staff[{at}].id");
        let id = key(StaffId::parse(&item.id), &item.id, path)?;
        if !known.insert(id.clone()) {
            return Err(malformed(path(), format!("a second person `{id}`")));
        }
        members.push(member(id, item));
    }
    Ok(Directory::new(members))
}

fn key<T>(parsed: Result<T, KeyError>, text: &str, path: impl Fn() -> String) -> Result<T, Malformed> {
    parsed.map_err(|error| malformed(path(), format!("{error}, found `{text}`")))
}

fn direction(kind: DirectionKind, enabled: bool, access: clinic_wire::Access) -> Result<Direction, Malformed> {
    let accessible_to = match access {
        clinic_wire::Access::Everyone(clinic_wire::Everyone::Everyone) => Access::Everyone,
        clinic_wire::Access::People(people) => {
            let path = |at| format!("messaging.{}.accessible_to[{at}]", kind.key());
            let ids = people.iter().enumerate().map(|(at, id)| key(StaffId::parse(id), id, || path(at)));
            Access::Listed(ids.collect::<Result<_, _>>()?)
        }
    };
    Ok(Direction { enabled, accessible_to })
}

fn button(id: ButtonId, live: clinic_wire::ButtonState, path: &str) -> Result<Button, Malformed> {
    let clinic_wire::ButtonState { id: _, leads_to, title, active, shown_in, last_change: _ } = live;
    Ok(Button {
        id,
        leads_to: LeadsTo::from_live(&leads_to),
        title: titles(title, path)?,
        active,
        shown_in: surfaces(&shown_in, path)?,
    })
}

fn titles(live: BTreeMap<String, String>, path: &str) -> Result<BTreeMap<Language, String>, Malformed> {
    let mut titles = BTreeMap::new();
    for (tag, text) in live {
        let path = || format!("{path}.title");
        let language = key(Language::parse(&tag), &tag, path)?;
        if titles.insert(language, text).is_some() {
            return Err(malformed(path(), format!("a second title for `{tag}`")));
        }
    }
    Ok(titles)
}

fn surfaces(live: &[String], path: &str) -> Result<ShownIn, Malformed> {
    let path = || format!("{path}.shown_in");
    let surface = |name: &String| match name.as_str() {
        "app" => Ok(Surface::App),
        "web" => Ok(Surface::Web),
        other => Err(malformed(path(), format!("expected `app` or `web`, found `{other}`"))),
    };
    let surfaces = live.iter().map(surface).collect::<Result<Vec<_>, _>>()?;
    ShownIn::of(&surfaces).ok_or_else(|| malformed(path(), "expected `app`, `web` or both, found none"))
}

pub(super) fn last_change(change: clinic_wire::LastChange) -> LastChange {
    let clinic_wire::LastChange { by, kind, at, reference } = change;
    let kind = match kind {
        clinic_wire::Actor::Person => ActorKind::Person,
        clinic_wire::Actor::Service => ActorKind::Service,
    };
    LastChange { by, kind, at, reference }
}

fn member(id: StaffId, item: clinic_wire::StaffItem) -> StaffMember {
    let clinic_wire::StaffItem { id: _, name, email, hsa_id, title, roles, active } = item;
    StaffMember {
        id,
        name,
        email: email.and_then(|email| Email::parse(&email).ok()),
        hsa_id: hsa_id.and_then(|id| HsaId::parse(&id).ok()),
        title: StaffTitle::parse(&title).ok(),
        roles: roles.into_iter().map(role).collect(),
        active,
    }
}

fn role(name: String) -> Role {
    match name.as_str() {
        "healthcare_professional" => Role::HealthcareProfessional,
        "scheduler" => Role::Scheduler,
        "administrator" => Role::Administrator,
        _ => Role::Other(name),
    }
}
