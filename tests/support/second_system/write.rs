//! What the second system does with writes: everything that the contract demands of them, and nothing more.

use super::read::tagged;
use super::{Act, Clinic, found, problem, text, unknown, with_errors};
use crate::support::recording::Asked;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A write with whatever the script lets happen around it.
pub(super) fn scripted(clinic: &mut Clinic, resource: &[&str], asked: &Asked, (body, act): (&[u8], Act)) -> Response {
    match act {
        Act::EditBefore => clinic.edited_in_the_console(),
        Act::RenameBefore => clinic.renamed_in_the_console(),
        Act::DeleteBefore => clinic.deleted_in_the_console(),
        Act::TouchBefore => clinic.revision += 1,
        Act::LeaveBefore => clinic.last_one_leaves(),
        Act::Answer | Act::Hold | Act::EditAfter | Act::Forget | Act::Refuse(_) => {}
    }
    let before = clinic.clone();
    let response = write(clinic, resource, asked, body);
    match act {
        Act::EditAfter => clinic.edited_in_the_console(),
        Act::Forget => *clinic = Clinic { revision: clinic.revision, ..before },
        Act::Answer
        | Act::Hold
        | Act::EditBefore
        | Act::RenameBefore
        | Act::DeleteBefore
        | Act::TouchBefore
        | Act::LeaveBefore
        | Act::Refuse(_) => {}
    }
    response
}

fn write(clinic: &mut Clinic, resource: &[&str], asked: &Asked, body: &[u8]) -> Response {
    match asked.header("if-match") {
        "" => return problem(428, "which-revision", "say which revision this is based on"),
        tag if tag != format!("\"{}\"", clinic.revision) => return moved_on(clinic),
        _ => {}
    }
    if asked.header("change-reference").len() > 200 {
        return problem(400, "long-reference", "at most 200 bytes");
    }
    let body = if asked.method == Method::DELETE { Ok(Value::Null) } else { serde_json::from_slice(body) };
    let Ok(body) = body else { return problem(400, "no-json", "this is no JSON") };
    let before = clinic.clone();
    let change = last_change(asked.header("change-reference"));
    let response = match (&asked.method, resource) {
        (&Method::PUT, ["messaging", name @ ("incoming" | "healthcare-initiated")]) => {
            direction(clinic, &name.replace('-', "_"), &body, change)
        }
        (&Method::PUT, ["buttons", id]) => put_button(clinic, id, &body, change),
        (&Method::PUT, ["button-order"]) => order(clinic, &body),
        (&Method::DELETE, ["buttons", id]) => delete_button(clinic, id),
        _ => unknown(),
    };
    clinic.log.extend(entry(&before, clinic, resource, last_change(asked.header("change-reference"))));
    // Its revisions are a clock that never stands still between two changes.
    if without_history(clinic) != without_history(&before) {
        clinic.revision += 1000 + clinic.revision % 97;
    }
    if response.status().is_success() { tagged(response, clinic.revision) } else { response }
}

/// A change that somebody makes in the console.
pub(super) fn by_karin(clinic: &mut Clinic, resource: &[&str], change: impl FnOnce(&mut Clinic)) {
    let before = clinic.clone();
    change(clinic);
    let who = json!({"at": "2026-11-22T08:00:01Z", "kind": "person", "by": "karin.holm", "reference": null});
    clinic.log.extend(entry(&before, clinic, resource, who));
}

/// What the change log says about a write; nothing where it changed nothing.
fn entry(before: &Clinic, after: &Clinic, resource: &[&str], who: Value) -> Option<Value> {
    let (before, state) = (state_of(before, resource), state_of(after, resource));
    let mut entry = who;
    entry["seq"] = json!(after.revision);
    entry["resource"] = json!(resource.join("/"));
    let changed = before != state;
    entry["before"] = before;
    entry["after"] = state;
    changed.then_some(entry)
}

/// What a resource is, apart from who made it so; null where there is none.
fn state_of(clinic: &Clinic, resource: &[&str]) -> Value {
    let mut state = match resource {
        ["messaging", name] => clinic.messaging.get(&name.replace('-', "_")).cloned().unwrap_or_default(),
        ["buttons", id] => clinic.buttons.iter().find(|button| button["id"] == *id).cloned().unwrap_or_default(),
        _ => json!({"order": clinic.buttons.iter().map(|button| &button["id"]).collect::<Vec<_>>()}),
    };
    if let Some(fields) = state.as_object_mut() {
        fields.retain(|key, _| !matches!(key.as_str(), "id" | "last_change"));
    }
    state
}

fn moved_on(clinic: &Clinic) -> Response {
    let current = json!({"revision": clinic.revision, "messaging": clinic.messaging, "buttons": clinic.buttons});
    with_errors(412, json!({"type": "moved-on", "title": "It has moved on", "current": current}))
}

fn last_change(reference: &str) -> Value {
    json!({"at": "2026-11-22T08:00:00Z", "kind": "service", "by": "pipeline-2", "reference": reference, "via": "api"})
}

fn direction(clinic: &mut Clinic, name: &str, body: &Value, change: Value) -> Response {
    let known = clinic.messaging.get(name).map(|live| people(&live["accessible_to"])).unwrap_or_default();
    let may_come = |id: &String| {
        clinic.staff.iter().any(|person| {
            text(&person["id"]) == *id
                && person["active"] != false
                && person["roles"].as_array().is_some_and(|roles| roles.contains(&json!("healthcare_professional")))
        })
    };
    let stranger = people(&body["accessible_to"]).into_iter().find(|id| !known.contains(id) && !may_come(id));
    if let Some(id) = stranger {
        return refused("/accessible_to", &format!("`{id}` cannot be added"));
    }
    if let Some(refusal) = other_keys(body, &["enabled", "accessible_to"]) {
        return refusal;
    }
    clinic.messaging.insert(name.to_owned(), with(body, &[("last_change", change)]));
    found(&clinic.messaging[name])
}

fn put_button(clinic: &mut Clinic, id: &str, body: &Value, change: Value) -> Response {
    if let Some(refusal) = other_keys(body, &["leads_to", "title", "active", "shown_in"]) {
        return refusal;
    }
    let titles = body["title"].as_object().into_iter().flatten();
    let long = titles.map(|(tag, title)| (tag, text(title).chars().count())).find(|(_, long)| !(1..=40).contains(long));
    if let Some((tag, long)) = long {
        return refused(&format!("/title/{tag}"), &format!("{long} characters do not fit"));
    }
    let button = with(body, &[("id", json!(id)), ("last_change", change)]);
    let mut response = found(&button);
    match clinic.buttons.iter_mut().find(|known| known["id"] == id) {
        Some(known) => *known = button,
        None => {
            clinic.buttons.push(button);
            *response.status_mut() = StatusCode::CREATED;
        }
    }
    response
}

fn delete_button(clinic: &mut Clinic, id: &str) -> Response {
    let before = clinic.buttons.len();
    clinic.buttons.retain(|button| button["id"] != id);
    if clinic.buttons.len() == before { unknown() } else { StatusCode::NO_CONTENT.into_response() }
}

fn order(clinic: &mut Clinic, body: &Value) -> Response {
    let Some(wanted) = body["order"].as_array() else { return refused("/order", "is no list") };
    let place = |button: &Value| wanted.iter().position(|id| *id == button["id"]);
    let whole = clinic.buttons.iter().all(|button| place(button).is_some());
    if !whole || wanted.len() != clinic.buttons.len() {
        return refused("/order", "is not all buttons, each once");
    }
    clinic.buttons.sort_by_key(place);
    found(body)
}

fn refused(pointer: &str, detail: &str) -> Response {
    let errors = json!([{"detail": detail, "pointer": pointer, "severity": 9}]);
    with_errors(422, json!({"type": "cannot-be", "title": "This cannot be", "errors": errors}))
}

/// Refuses every other set of keys than this one.
fn other_keys(body: &Value, keys: &[&str]) -> Option<Response> {
    let found: BTreeSet<&str> = body.as_object().into_iter().flat_map(|body| body.keys()).map(String::as_str).collect();
    (found != keys.iter().copied().collect()).then(|| refused("", "other keys than agreed"))
}

fn people(access: &Value) -> Vec<String> {
    access.as_array().into_iter().flatten().map(text).collect()
}

fn with(body: &Value, more: &[(&str, Value)]) -> Value {
    let mut body = body.clone();
    for (key, value) in more {
        body[*key] = value.clone();
    }
    body
}

/// What a clinic is, apart from who made it so.
fn without_history(clinic: &Clinic) -> Value {
    let mut all = json!([clinic.messaging, clinic.buttons]);
    for part in all.as_array_mut().into_iter().flatten() {
        let values: Vec<&mut Value> = match part {
            Value::Object(parts) => parts.values_mut().collect(),
            Value::Array(parts) => parts.iter_mut().collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        for value in values {
            value.as_object_mut().map(|value| value.remove("last_change"));
            for list in ["accessible_to", "shown_in"] {
                if let Some(list) = value.get_mut(list).and_then(Value::as_array_mut) {
                    list.sort_by_key(text);
                }
            }
        }
    }
    all
}
