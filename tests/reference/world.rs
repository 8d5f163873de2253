//! A small clinic system on a free port, and a client that checks what holds for every answer.
#![expect(clippy::unwrap_used, reason = "a test whose system does not work has nothing more to say")]

use crate::support::{http, store};
use clinic_system::{ActorName, Config, Limits, Location, Running, Scope, Seed, Server, openapi};
use clinic_wire::{Actor, Problem};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Two clinics: one with people of every sort, one with almost nothing.
pub(super) const SEED: &str = r#"
system: Demonstration
clinics:
  - clinic: norrtull
    name: Norrtulls vårdcentral
    hsa_id: SE2321000131-E0001
    messaging:
      healthcare_initiated: {enabled: true, accessible_to: everyone}
      incoming: {enabled: true, accessible_to: [st-3, st-1]}
    buttons:
      - {id: book, leads_to: book_appointment, title: {sv: Boka tid, en: Book}, active: true}
      - {id: call, leads_to: "phone:+46701740605", title: {sv: Ring oss}, active: true, shown_in: [web]}
      - {id: new-message, leads_to: new_message, title: {en: New message, sv: Nytt meddelande}, active: false}
    staff:
      - {id: st-1, name: Anna Berg, email: Anna.Berg@norrtull.example, title: nurse, roles: [healthcare_professional]}
      - {id: st-2, name: Åsa Öberg, hsa_id: SE2321000131-N1002, title: physician, roles: [healthcare_professional]}
      - {id: st-3, name: Lars Ek, email: lars@norrtull.example, title: nurse, roles: [healthcare_professional], active: false}
      - {id: st-4, name: Pia 100%_Ek, email: pia@norrtull.example, title: secretary, roles: [scheduler, administrator]}
    changes:
      - {resource: messaging/incoming, by: config-pipeline, kind: service, at: "2026-11-01T08:00:00Z", reference: 9f3c2ab}
      - {resource: messaging/incoming, by: karin.holm, kind: person, at: "2026-11-02T08:15:00Z"}
  - clinic: vasa
    name: "Vasa\u001b[31m"
    staff:
      - {id: st-9, name: Eva Lind, email: eva@vasa.example, title: nurse, roles: [healthcare_professional]}
"#;

/// A running system and a client for it.
pub(super) struct World {
    pub(super) running: Running,
    pub(super) database: Location,
    pub(super) folder: TempDir,
    http: Client,
}

impl World {
    /// A system filled from [`SEED`].
    pub(super) async fn start() -> Self {
        Self::with(SEED, Limits::default()).await
    }

    pub(super) async fn with(seed: &str, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = store::location(&folder.path().join("clinics.db"));
        Self::on(database, folder, seed, limits).await
    }

    /// A system whose data are on PostgreSQL, in this database.
    pub(super) async fn on_postgres(address: &str, seed: &str, limits: Limits) -> Self {
        Self::on(Location::parse(address).unwrap(), tempfile::tempdir().unwrap(), seed, limits).await
    }

    async fn on(database: Location, folder: TempDir, seed: &str, limits: Limits) -> Self {
        let seed = Seed::parse(seed).unwrap();
        let running = Server::start(config(&database, Some(seed), limits)).await.unwrap();
        Self { running, database, folder, http: http::client() }
    }

    /// The file that the data are in.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("clinics.db")
    }

    /// Stops, and starts again on the same database.
    pub(super) async fn restart(self) -> Self {
        let Self { running, database, folder, http } = self;
        running.shutdown().await;
        let running = Server::start(config(&database, None, Limits::default())).await.unwrap();
        Self { running, database, folder, http }
    }

    pub(super) fn token(&self, scopes: &[Scope]) -> String {
        let scopes: BTreeSet<Scope> = scopes.iter().copied().collect();
        self.running.issue_token(&ActorName::parse("pipeline").unwrap(), Actor::Service, &scopes).unwrap()
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.local_addr())
    }

    /// A request without a token.
    pub(super) fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    /// A request with a token for everything.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).bearer_auth(self.token(&Scope::ALL))
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// A write of a clinic's resource, based on `revision`.
    pub(super) async fn put(&self, path: &str, revision: u64, body: &Value) -> Answer {
        let request = self.request(Method::PUT, &format!("/api/v1/clinics/{path}"));
        send(request.header("If-Match", format!("\"{revision}\"")).json(body)).await
    }

    pub(super) async fn delete(&self, path: &str, revision: u64) -> Answer {
        let request = self.request(Method::DELETE, &format!("/api/v1/clinics/{path}"));
        send(request.header("If-Match", format!("\"{revision}\""))).await
    }

    pub(super) async fn clinic(&self, clinic: &str) -> Value {
        self.get(&format!("/api/v1/clinics/{clinic}")).await.json()
    }

    /// The change log of a clinic, newest first.
    pub(super) async fn changes(&self, clinic: &str) -> Vec<Value> {
        let page = self.get(&format!("/api/v1/clinics/{clinic}/changes?limit=500")).await.json();
        page["items"].as_array().unwrap().clone()
    }
}

pub(super) fn config(database: impl Into<Location>, seed: Option<Seed>, limits: Limits) -> Config {
    Config { listen: "127.0.0.1:0".parse().unwrap(), database: database.into(), seed, limits }
}

/// An answer that has kept every general promise.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The slug of a refusal.
    pub(super) fn slug(&self) -> String {
        self.json()["type"].as_str().unwrap_or_default().to_owned()
    }

    pub(super) fn pointers(&self) -> Vec<String> {
        let problem: Problem = serde_json::from_str(&self.text).unwrap();
        problem.errors.into_iter().map(|error| error.pointer).collect()
    }
}

/// Sends a request and checks its answer: never a 5xx, a problem document for every refusal, the headers that always
/// stand, and nothing that the OpenAPI document does not announce.
pub(super) async fn send(request: RequestBuilder) -> Answer {
    let (http, request) = request.build_split();
    let request = request.unwrap();
    let (method, path) = (request.method().clone(), request.url().path().to_owned());
    let response = http.execute(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let answer = Answer { status, headers, text: response.text().await.unwrap() };
    assert!(!status.is_server_error(), "{method} {path}: {answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{method} {path}");
    if status.is_client_error() && method != Method::HEAD {
        check_problem(&answer);
    }
    check_announced(&method, &path, &answer);
    answer
}

fn check_problem(answer: &Answer) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let problem: Problem = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(problem.status, Some(answer.status.as_u16()));
    assert!(!problem.kind.is_empty() && !problem.title.is_empty(), "{problem:?}");
    assert!(problem.detail.is_some_and(|detail| !detail.is_empty()), "{}", answer.text);
    assert_eq!(answer.status == 422, !problem.errors.is_empty(), "{}", answer.text);
    assert_eq!(answer.status == 412, problem.current.is_some(), "{}", answer.text);
}

pub(super) static OPENAPI: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&openapi().unwrap()).unwrap());

fn check_announced(method: &Method, path: &str, answer: &Answer) {
    let method = if method == Method::HEAD { "get".to_owned() } else { method.as_str().to_ascii_lowercase() };
    let paths = OPENAPI["paths"].as_object().unwrap();
    let found = paths.iter().find(|(template, _)| fits(template, path)).and_then(|(_, route)| route.get(method));
    let Some(operation) = found else {
        assert!(matches!(answer.status.as_u16(), 204 | 400 | 404 | 405), "{path}: {answer:?}");
        return;
    };
    let announced = &operation["responses"][answer.status.as_str()];
    assert!(!announced.is_null(), "{path} does not announce {answer:?}");
    if answer.status.is_client_error() && !answer.text.is_empty() {
        let slug = format!("`{}`", answer.slug());
        assert!(announced["description"].as_str().unwrap().contains(&slug), "{path} does not announce {slug}");
    }
    let announced = announced["headers"].as_object().into_iter().flatten();
    for (header, _) in announced.filter(|(_, says)| says["required"] != false) {
        assert!(answer.headers.contains_key(header), "{path}: no {header} in {answer:?}");
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(path)
            .all(|(part, said)| if part.starts_with('{') { !said.is_empty() } else { *part == said })
}
