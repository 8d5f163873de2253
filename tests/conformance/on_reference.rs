//! The reference system as a system of the scenarios: over real HTTP, with plain requests that share nothing with the
//! product's client. What is read is held to the contract's form on the way: a field too many or too few fails.

use super::system::{By, Changed, Done, How, Logged, Reply, Seen, System};
use crate::support::{http, postgres};
use clinic_system::{ActorName, Config, Limits, Location, Running, Scope, Seed, Server};
use clinic_wire::{Actor, CHANGE_REFERENCE, Menu, MenuButton};
use clinicctl::diff::ResourceState;
use clinicctl::domain::{ClinicId, ClinicState, DirectionKind, LastChange, LiveClinic, Resource, StaffMember, Surface};
use clinicctl::plan::Write;
use reqwest::header::{ETAG, IF_MATCH};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A reference system of these clinics, with a file of its own.
pub(crate) fn start_on_sqlite(clinics: &[LiveClinic]) -> Box<dyn System> {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("system.sqlite").into();
    start(clinics, database, folder)
}

/// A reference system of these clinics, with a database of its own on a PostgreSQL server.
pub(crate) fn start_on_postgres(clinics: &[LiveClinic]) -> Box<dyn System> {
    let database = Location::parse(&postgres::database()).expect("an address");
    start(clinics, database, tempfile::tempdir().expect("a folder"))
}

fn start(clinics: &[LiveClinic], database: Location, folder: TempDir) -> Box<dyn System> {
    let system = json!({"system": "Conformance", "clinics": clinics.iter().map(seed_clinic).collect::<Vec<_>>()});
    let seed = Seed::parse(&system.to_string()).expect("a seed");
    let runtime = Runtime::new().expect("a runtime");
    let config = Config { listen: ([127, 0, 0, 1], 0).into(), database, seed: Some(seed), limits: Limits::default() };
    let server = runtime.block_on(Server::start(config)).expect("the server starts");
    let token = |name, kind| {
        let name = ActorName::parse(name).expect("a name");
        server.issue_token(&name, kind, &Scope::ALL.into()).expect("a token")
    };
    let (pipeline, karin) = (token("config-pipeline", Actor::Service), token("karin.holm", Actor::Person));
    Box::new(Reference { runtime, client: http::client(), server, pipeline, karin, _folder: folder })
}

struct Reference {
    runtime: Runtime,
    client: Client,
    server: Running,
    pipeline: String,
    karin: String,
    _folder: TempDir,
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    revision: Option<u64>,
    body: Value,
}

impl System for Reference {
    fn observe(&self, clinic: &ClinicId) -> Option<Seen> {
        let answer = self.send(self.request(Method::GET, &format!("clinics/{clinic}")));
        let seen = found(&answer).then(|| seen(answer.body.clone()))?;
        assert_eq!(answer.revision, Some(seen.revision), "the ETag is the revision");
        Some(seen)
    }

    fn write(&mut self, clinic: &ClinicId, precondition: Option<u64>, by: By, write: &Write) -> Reply {
        let (method, body) = body(write);
        let mut request = self.client.request(method, self.url(&format!("clinics/{clinic}/{}", write.resource())));
        request = match by {
            By::Karin => request.bearer_auth(&self.karin),
            By::Pipeline(None) => request.bearer_auth(&self.pipeline),
            By::Pipeline(Some(reference)) => request.bearer_auth(&self.pipeline).header(CHANGE_REFERENCE, reference),
        };
        if let Some(revision) = precondition {
            request = request.header(IF_MATCH, format!("\"{revision}\""));
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        reply(self.send(request), &write.resource())
    }

    fn log(&self, clinic: &ClinicId) -> Option<Vec<Logged>> {
        let answer = self.send(self.request(Method::GET, &format!("clinics/{clinic}/changes")));
        found(&answer).then(|| {
            assert_eq!(answer.body["next_cursor"], Value::Null, "one page holds what a scenario does");
            answer.body["items"].as_array().expect("a list").iter().map(logged).collect()
        })
    }

    fn menu(&self, clinic: &ClinicId, surface: Surface, language: &str) -> Option<Vec<MenuButton>> {
        let url = self.url(&format!("clinics/{clinic}/menu?surface={surface}&language={language}"));
        let answer = self.send(self.client.get(url));
        let menu = |body| serde_json::from_value::<Menu>(body).expect("a menu").buttons;
        found(&answer).then(|| menu(answer.body))
    }
}

impl Reference {
    fn url(&self, path: &str) -> String {
        format!("http://{}/api/v1/{path}", self.server.local_addr())
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path)).bearer_auth(&self.pipeline)
    }

    fn send(&self, request: RequestBuilder) -> Answer {
        self.runtime.block_on(async {
            let response = request.send().await.expect("an answer");
            let (status, revision) = (response.status(), etag(&response));
            let text = response.text().await.expect("a whole answer");
            let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") };
            Answer { status, revision, body }
        })
    }
}

fn etag(response: &Response) -> Option<u64> {
    let tag = response.headers().get(ETAG)?.to_str().expect("a text");
    let revision = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("a quoted, strong ETag");
    Some(revision.parse().expect("a revision"))
}

fn found(answer: &Answer) -> bool {
    match answer.status {
        StatusCode::OK => true,
        StatusCode::NOT_FOUND => false,
        other => panic!("{other}: {}", answer.body),
    }
}

fn reply(answer: Answer, resource: &Resource) -> Reply {
    let Answer { status, revision, body } = answer;
    let done = |how, now| Reply::Done(Done { how, revision: revision.expect("an ETag"), now });
    match status {
        StatusCode::OK => done(How::Set, stands(body, resource)),
        StatusCode::CREATED => done(How::Created, stands(body, resource)),
        StatusCode::NO_CONTENT => done(How::Deleted, stands(body, resource)),
        StatusCode::NOT_FOUND => Reply::NotFound,
        StatusCode::PRECONDITION_REQUIRED => Reply::PreconditionRequired,
        StatusCode::PRECONDITION_FAILED => Reply::Stale(seen(body["current"].clone())),
        StatusCode::UNPROCESSABLE_ENTITY => {
            let errors = body["errors"].as_array().expect("a list of what is wrong");
            let pointer = |error: &Value| error["pointer"].as_str().expect("a pointer").to_owned();
            Reply::Refused(errors.iter().map(pointer).collect())
        }
        other => panic!("{other}: {body}"),
    }
}

/// The request of a write, without its headers.
fn body(write: &Write) -> (Method, Option<Value>) {
    match write {
        Write::PutDirection { direction: _, to } => (Method::PUT, Some(json!(to))),
        Write::PutButton(button) => {
            let mut body = json!(button);
            body.as_object_mut().expect("an object").remove("id");
            (Method::PUT, Some(body))
        }
        Write::DeleteButton(_) => (Method::DELETE, None),
        Write::PutOrder(order) => (Method::PUT, Some(json!({ "order": order }))),
    }
}

/// A clinic as it is answered.
fn seen(clinic: Value) -> Seen {
    let mut last_changes = BTreeMap::new();
    let mut direction = |kind: DirectionKind| {
        let mut value = clinic["messaging"][kind.key()].clone();
        last_changes.extend(take_change(&mut value).map(|change| (Resource::Direction(kind), change)));
        serde_json::from_value(value).expect("a direction")
    };
    let healthcare_initiated = direction(DirectionKind::HealthcareInitiated);
    let incoming = direction(DirectionKind::Incoming);
    let mut buttons = Vec::new();
    for mut value in clinic["buttons"].as_array().expect("a list").clone() {
        let change = take_change(&mut value);
        let button: clinicctl::domain::Button = serde_json::from_value(value).expect("a button");
        last_changes.extend(change.map(|change| (Resource::Button(button.id.clone()), change)));
        buttons.push(button);
    }
    let revision = clinic["revision"].as_u64().expect("a revision");
    Seen { revision, state: ClinicState { healthcare_initiated, incoming, buttons }, last_changes }
}

fn logged(entry: &Value) -> Logged {
    let text = |key: &str| entry[key].as_str().expect("a text");
    let resource = Resource::parse(text("resource")).expect("a resource");
    let change = json!({"by": entry["by"], "kind": entry["kind"], "at": entry["at"], "reference": entry["reference"]});
    Logged {
        seq: entry["seq"].as_u64().expect("a number"),
        clinic: ClinicId::parse(text("clinic")).expect("a clinic"),
        before: stands(entry["before"].clone(), &resource),
        after: stands(entry["after"].clone(), &resource),
        change: changed(change),
        resource,
    }
}

/// A resource as an answer or an entry of the log shows it. An entry leaves out a button's id, as a request does.
fn stands(mut value: Value, resource: &Resource) -> Option<ResourceState> {
    take_change(&mut value);
    if value.is_null() {
        return None;
    }
    Some(match resource {
        Resource::Direction(_) => ResourceState::Direction(serde_json::from_value(value).expect("a direction")),
        Resource::Button(id) => {
            let said = value.as_object_mut().expect("an object").insert("id".to_owned(), json!(id));
            assert!(said.is_none_or(|said| said == json!(id)), "another button");
            ResourceState::Button(serde_json::from_value(value).expect("a button"))
        }
        Resource::ButtonOrder => {
            ResourceState::Order { order: serde_json::from_value(value["order"].take()).expect("ids") }
        }
    })
}

/// Takes `last_change` out of a resource.
fn take_change(value: &mut Value) -> Option<Changed> {
    value.as_object_mut()?.remove("last_change").map(changed)
}

fn changed(value: Value) -> Changed {
    let LastChange { by, kind, at, reference } = serde_json::from_value(value).expect("a change");
    at.parse::<jiff::Timestamp>().expect("a time (RFC 3339)");
    Changed { by, kind, reference }
}

fn seed_clinic(live: &LiveClinic) -> Value {
    let LiveClinic { clinic, name, hsa_id, revision: _, state, last_changes: _, directory } = live;
    let ClinicState { healthcare_initiated, incoming, buttons } = state;
    json!({
        "clinic": clinic,
        "name": name,
        "hsa_id": hsa_id,
        "messaging": {"healthcare_initiated": healthcare_initiated, "incoming": incoming},
        "buttons": buttons,
        "staff": directory.staff().iter().map(seed_person).collect::<Vec<_>>(),
    })
}

fn seed_person(person: &StaffMember) -> Value {
    let StaffMember { id, name, email, hsa_id, title, roles, active } = person;
    json!({
        "id": id, "name": name, "email": email, "hsa_id": hsa_id, "title": title, "roles": roles, "active": active,
    })
}
