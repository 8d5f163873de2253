//! What the second system answers to reads.

use super::{Clinic, PAGE, found, problem};
use axum::http::HeaderValue;
use axum::response::Response;
use serde_json::{Value, json};

/// What it is. A snapshot is not among the things that it can do.
pub(super) fn root(more: &Value) -> Response {
    let mut root = json!({
        "build": {"number": 7, "branch": null}, "capabilities": ["fax", "carrier-pigeon"],
        "system": "Second system", "version": "1.12.3", "api": "clinic-settings",
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        root[key] = value.clone();
    }
    found(&root)
}

pub(super) fn clinic(name: &str, clinic: &Clinic) -> Response {
    let Clinic { name: title, hsa_id, revision, messaging, buttons, staff, log: _, begun: _ } = clinic;
    let mut body = json!({
        "headcount": staff.len(), "buttons": buttons.iter().map(decorated).collect::<Vec<_>>(), "revision": revision,
        "messaging": {"fax": {"enabled": true, "accessible_to": "everyone"}},
        "name": title, "clinic": name, "opening_hours": {"monday": [8, 17]},
    });
    for (direction, state) in messaging {
        body["messaging"][direction] = decorated(state);
    }
    if !hsa_id.is_null() {
        body["hsa_id"] = hsa_id.clone();
    }
    tagged(found(&body), *revision)
}

/// One page of the directory.
pub(super) fn staff(name: &str, clinic: &Clinic, query: &str) -> Response {
    page(name, &clinic.staff, query)
}

/// One page of the change log, newest first.
pub(super) fn changes(name: &str, clinic: &Clinic, query: &str) -> Response {
    let mut newest_first: Vec<Value> = clinic.log.iter().rev().cloned().collect();
    for entry in &mut newest_first {
        entry["clinic"] = json!(name);
    }
    page(name, &newest_first, query)
}

/// The cursor holds characters that mean something in a query, and nothing to read.
fn page(name: &str, list: &[Value], query: &str) -> Response {
    let cursor = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "cursor");
    let cursors: Vec<String> = (0..list.len()).map(|at| format!("&{name}=%{:x}+/?#", at * 7919)).collect();
    let from = match cursor {
        None => 0,
        Some((_, cursor)) => match cursors.iter().position(|known| *known == cursor) {
            Some(at) => at,
            None => return problem(400, "strange-cursor", "this cursor was never given out"),
        },
    };
    let items: Vec<Value> = list.iter().skip(from).take(PAGE).map(decorated).collect();
    let mut body = json!({"items": items, "estimate": list.len(), "next": "http://127.0.0.1:1/never"});
    // Where nothing follows, the key is left out.
    if let Some(next) = cursors.get(from + PAGE) {
        body["next_cursor"] = json!(next);
    }
    found(&body)
}

/// The same with a field that the contract does not know, and with lists the other way round.
fn decorated(value: &Value) -> Value {
    let mut value = value.clone();
    for list in ["accessible_to", "shown_in", "roles"] {
        if let Some(list) = value.get_mut(list).and_then(Value::as_array_mut) {
            list.reverse();
        }
    }
    value["x-second"] = json!({"colour": "teal"});
    value
}

pub(super) fn tagged(mut response: Response, revision: u64) -> Response {
    let tag = HeaderValue::try_from(format!("\"{revision}\"")).expect("a header");
    response.headers_mut().insert("etag", tag);
    response
}
