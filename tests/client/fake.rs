//! A second clinic system. It obeys the contract and shares no habit with the reference system: pages of two, opaque
//! cursors, revisions that jump, keys in another order, unknown fields, 200 where others answer 204, and problem
//! documents with slugs of its own.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub(crate) const TOKEN: &str = "canary-token-4711";

/// The system. What it answers can be changed while it runs.
#[derive(Default)]
pub(super) struct Fake {
    pub(super) clinics: Mutex<BTreeMap<String, Value>>,
    pub(super) staff: Mutex<BTreeMap<String, Vec<Value>>>,
    pub(super) snapshot: Snapshot,
    /// Status instead of an answer, by path and query below the API.
    pub(super) refused: BTreeMap<String, u16>,
    /// `ETag` of the answers to writes, where it is not the revision.
    pub(super) etag: Option<&'static str>,
    pub(super) requests: Mutex<Vec<Asked>>,
}

/// Whether the system has a snapshot.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Snapshot {
    #[default]
    None,
    /// Promised and answered.
    Given,
    /// Promised and answered with this status.
    Refused(u16),
}

/// One request that arrived.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Fake {
    /// A system of these clinics, each with five people and two buttons.
    pub(super) fn of(names: &[&str]) -> Self {
        let fake = Self::default();
        for name in names {
            fake.clinics.lock().expect("not poisoned").insert((*name).to_owned(), clinic(name));
            fake.staff
                .lock()
                .expect("not poisoned")
                .insert((*name).to_owned(), (1..=5).map(|n| person(name, n)).collect());
        }
        fake
    }

    /// Starts it on a free port, below a path prefix.
    pub(super) async fn start(self) -> (Arc<Self>, String) {
        let fake = Arc::new(self);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let root = format!("http://{}/east", listener.local_addr().expect("an address"));
        let app = Router::new().fallback(answer).with_state(Arc::clone(&fake));
        tokio::spawn(async move { axum::serve(listener, app).await });
        (fake, root)
    }

    /// The requests so far, as `GET /clinics/a`.
    pub(super) fn lines(&self) -> Vec<String> {
        self.requests.lock().expect("not poisoned").iter().map(|asked| asked.line.clone()).collect()
    }

    pub(super) fn last(&self) -> Asked {
        self.requests.lock().expect("not poisoned").last().expect("a request").clone()
    }
}

/// A clinic as this system tells it.
pub(super) fn clinic(name: &str) -> Value {
    let change = json!({"by": "karin.holm", "kind": "person", "at": "2026-11-21T16:40:02Z", "ip": "unknown field"});
    json!({
        "clinic": name, "name": format!("Clinic {name} \u{1b}[31m"), "revision": 1000, "hsa_id": "not an id",
        "messaging": {
            "telepathy": {"enabled": true},
            "incoming": {"enabled": true, "accessible_to": "everyone", "last_change": change},
            "healthcare_initiated": {"enabled": false, "accessible_to": [format!("{name}-2"), format!("{name}-1")], "last_change": null},
        },
        "buttons": [
            {"id": "new-message", "leads_to": "new_message", "title": {"sv": "x".repeat(300)}, "active": true, "shown_in": ["web", "app"], "colour": 7},
            {"id": "chat", "leads_to": "chat-room:4", "title": {}, "active": false, "shown_in": ["app"], "last_change": change},
        ],
    })
}

fn person(clinic: &str, n: u32) -> Value {
    json!({
        "active": n != 5, "roles": ["healthcare_professional", "wizard"], "title": if n == 1 { "Dr. hab." } else { "nurse" },
        "name": format!("Person {n}"), "id": format!("{clinic}-{n}"), "email": format!("Person.{n}@{clinic}.example"), "shoe": 43,
    })
}

async fn answer(State(fake): State<Arc<Fake>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let path = path_of(&head.uri);
    let line = format!("{} {path}", head.method);
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("JSON") };
    fake.requests.lock().expect("not poisoned").push(Asked { line, headers: head.headers.clone(), body: body.clone() });
    if head.headers.get("authorization").is_none_or(|value| value != &format!("Bearer {TOKEN}")) {
        return problem(401, "who-are-you");
    }
    if let Some(status) = fake.refused.get(&path) {
        return problem(*status, "because");
    }
    let segments: Vec<&str> = path.split('?').next().unwrap_or_default().split('/').skip(1).collect();
    match (head.method.as_str(), segments.as_slice()) {
        ("GET", [""] | []) => root(&fake),
        ("GET", ["snapshot"]) => snapshot(&fake, &path),
        ("GET", ["clinics", clinic]) => found(fake.clinics.lock().expect("not poisoned").get(*clinic).cloned()),
        ("GET", ["clinics", clinic, "staff"]) => page(&fake, clinic, &path),
        ("PUT" | "DELETE", ["clinics", clinic, resource @ ..]) => {
            write(&fake, clinic, (resource, head.method == "DELETE"), &head.headers, body)
        }
        _ => problem(404, "nowhere"),
    }
}

/// The path and query below the API's root, without `include` and `limit`.
fn path_of(uri: &Uri) -> String {
    let text = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let below = text.strip_prefix("/east/api/v1").unwrap_or("/outside");
    below
        .replace("?include=staff&", "?")
        .replace("?include=staff", "")
        .replace("?limit=500&", "?")
        .replace("?limit=500", "")
}

fn root(fake: &Fake) -> Response {
    let capabilities = if fake.snapshot == Snapshot::None { json!(["time-travel"]) } else { json!(["snapshot"]) };
    found(Some(
        json!({"motd": [], "version": "1.4", "system": "Öst", "api": "clinic-settings", "capabilities": capabilities}),
    ))
}

fn snapshot(fake: &Fake, path: &str) -> Response {
    if let Snapshot::Refused(status) = fake.snapshot {
        return problem(status, "no-snapshot");
    }
    let (clinics, staff) = (fake.clinics.lock().expect("not poisoned"), fake.staff.lock().expect("not poisoned"));
    let asked =
        |name: &String| !path.contains('?') || path.split(['?', '&']).any(|pair| pair == format!("clinic={name}"));
    let mut lines = String::from("\r\n");
    for (name, clinic) in clinics.iter().filter(|(name, _)| asked(name)).rev() {
        let mut line = clinic.clone();
        line["staff"] = json!(staff[name]);
        lines.push_str(&format!("{line}\r\n"));
    }
    ([("content-type", "application/x-ndjson")], lines.trim_end().to_owned()).into_response()
}

fn page(fake: &Fake, clinic: &str, path: &str) -> Response {
    let staff = fake.staff.lock().expect("not poisoned");
    let Some(staff) = staff.get(clinic) else { return problem(404, "nowhere") };
    // An opaque cursor, made of characters that mean something in a query.
    let from = path.matches("%2B").count();
    let next = (from + 2 < staff.len()).then(|| format!("/={}", "+".repeat(from + 2)));
    let items: Vec<_> = staff.iter().skip(from).take(2).collect();
    found(Some(json!({"total": staff.len(), "next_cursor": next, "items": items})))
}

fn write(
    fake: &Fake,
    clinic: &str,
    (resource, deletes): (&[&str], bool),
    headers: &HeaderMap,
    body: Value,
) -> Response {
    let mut clinics = fake.clinics.lock().expect("not poisoned");
    let Some(live) = clinics.get_mut(clinic) else { return problem(404, "nowhere") };
    let current = format!("\"{}\"", live["revision"]);
    if headers.get("if-match").is_none_or(|value| *value != *current) {
        let body = json!({"type": "moved-on", "title": "Moved on", "current": live});
        return (StatusCode::PRECONDITION_FAILED, body.to_string()).into_response();
    }
    let before = live.clone();
    if !set(live, resource, deletes, body) {
        return problem(404, "nowhere");
    }
    if *live != before {
        live["revision"] = json!(live["revision"].as_u64().expect("a number") + 17);
    }
    let etag = fake.etag.map_or_else(|| format!("\"{}\"", live["revision"]), str::to_owned);
    let answer = Response::builder().status(200).header("content-type", "application/json");
    let answer = if etag.is_empty() { answer } else { answer.header("etag", etag) };
    answer.body(Body::from("{\"ok\": true}")).expect("a response")
}

fn set(live: &mut Value, resource: &[&str], deletes: bool, body: Value) -> bool {
    match resource {
        ["messaging", direction] => live["messaging"][direction.replace('-', "_")] = body,
        ["button-order"] => {
            let place = |button: &Value| {
                body["order"].as_array().and_then(|order| order.iter().position(|id| *id == button["id"]))
            };
            live["buttons"].as_array_mut().expect("a list").sort_by_key(place);
        }
        ["buttons", id] => {
            let buttons = live["buttons"].as_array_mut().expect("a list");
            let known = buttons.iter().position(|button| button["id"] == *id);
            let mut button = body;
            match known {
                Some(at) if deletes => drop(buttons.remove(at)),
                None if deletes => return false,
                known => {
                    button["id"] = json!(id);
                    match known {
                        Some(at) => buttons[at] = button,
                        None => buttons.push(button),
                    }
                }
            }
        }
        _ => return false,
    }
    true
}

fn found(value: Option<Value>) -> Response {
    value.map_or_else(
        || problem(404, "nowhere"),
        |value| ([("content-type", "application/json; charset=utf-8")], value.to_string()).into_response(),
    )
}

fn problem(status: u16, kind: &str) -> Response {
    let body = json!({"type": kind, "title": "No", "detail": format!("no: {kind}"), "instance": "urn:1"});
    let status = StatusCode::from_u16(status).expect("a status");
    (status, [("content-type", "application/problem+json")], body.to_string()).into_response()
}
