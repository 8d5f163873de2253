//! The server, killed again and again in the middle of writes: what it has answered stays, once, and its log is whole.

use crate::support::sandbox::Sandbox;
use crate::support::server::Server;
use crate::support::{http, postgres, server};
use clinic_system::{Location, Verification, verify_log};
use futures_util::future::{join, join_all};
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

/// How many answers each life of the server gives before it is killed; others are on their way then.
const LIVES: [usize; 6] = [1, 3, 9, 20, 35, 50];
/// Who writes, each to a clinic of their own and as fast as they are answered.
const WRITERS: usize = 6;
/// The clinic that nobody of them writes to.
const QUIET: &str = "quiet";

/// What one writer knows of their clinic.
#[derive(Debug, Clone, Default)]
struct Known {
    /// The title that each acknowledged revision gave to the button.
    acknowledged: BTreeMap<u64, String>,
    /// The write that was never answered.
    unanswered: Option<String>,
}

impl Known {
    fn revision(&self) -> u64 {
        self.acknowledged.last_key_value().map_or(1, |(revision, _)| *revision)
    }
}

/// A system as its clients see it in one of its lives.
struct Life {
    client: Client,
    address: String,
    token: String,
}

impl Life {
    fn url(&self, path: &str) -> String {
        format!("{}/api/v1/clinics/{path}", self.address)
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.client.get(self.url(path)).bearer_auth(&self.token).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// The revision that a button was written at; nothing where the server did not live to say it.
    async fn put(&self, clinic: &str, revision: u64, title: &str) -> Option<u64> {
        let body = json!({"leads_to": "drop_in", "title": {"sv": title}, "active": true, "shown_in": ["app"]});
        let request = self.client.put(self.url(&format!("{clinic}/buttons/b"))).bearer_auth(&self.token);
        let answer = request.header("If-Match", format!("\"{revision}\"")).json(&body).send().await.ok()?;
        assert!(answer.status().is_success(), "{clinic} at {revision}: {answer:?}");
        let tag = answer.headers()["etag"].to_str().expect("a tag").trim_matches('"').parse();
        Some(tag.expect("a revision"))
    }

    /// Writes until the server is gone.
    async fn write_on(&self, clinic: &str, mut known: Known, answered: mpsc::UnboundedSender<()>) -> Known {
        loop {
            let revision = known.revision();
            let title = format!("{clinic} after {revision}");
            let Some(written) = self.put(clinic, revision, &title).await else {
                known.unanswered = Some(title);
                return known;
            };
            known.acknowledged.insert(written, title);
            // Nobody listens any more when the kill is under way.
            let _ = answered.send(());
        }
    }

    /// Compares a clinic and its log with what its writer knows, and tells the writer what became of the last write.
    async fn settle(&self, clinic: &str, mut known: Known) -> Known {
        let state = self.get(clinic).await;
        let revision = state["revision"].as_u64().expect("a revision");
        if let Some(title) = known.unanswered.take().filter(|_| revision == known.revision() + 1) {
            known.acknowledged.insert(revision, title);
        }
        assert_eq!(revision, known.revision(), "{clinic}");
        let titles: Vec<&String> = known.acknowledged.values().rev().collect();
        assert_eq!(state["buttons"][0]["title"]["sv"].as_str(), titles.first().map(|title| title.as_str()));
        let log = self.get(&format!("{clinic}/changes?limit=500")).await;
        let logged: Vec<&str> = log["items"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|entry| entry["after"]["title"]["sv"].as_str().expect("a title"))
            .collect();
        assert_eq!(logged, titles, "{clinic}: one entry for each write, and none for any other");
        known
    }
}

impl Life {
    /// What became of everybody's last write. On PostgreSQL the last transaction of the life before may still be
    /// ending: the first write of this life waits for it.
    async fn settle_all(&self, life: usize, known: Vec<Known>) -> Vec<Known> {
        let first = self.put(QUIET, life as u64 + 1, &format!("Life {life}")).await;
        assert_eq!(first, Some(life as u64 + 2));
        let settling = known.into_iter().enumerate().map(async |(at, known)| self.settle(&clinic(at), known).await);
        join_all(settling).await
    }

    /// Everybody writes until the server has given so many answers and is killed.
    async fn write_until_killed(&self, known: Vec<Known>, answers: usize, server: &mut Server) -> Vec<Known> {
        let (answered, mut hear) = mpsc::unbounded_channel();
        let writing = known.into_iter().enumerate().map(|(at, known)| {
            let answered = answered.clone();
            async move { self.write_on(&clinic(at), known, answered).await }
        });
        let killing = async {
            for _ in 0..answers {
                hear.recv().await.expect("an answer");
            }
            server.kill();
        };
        join(join_all(writing), killing).await.0
    }
}

fn clinic(at: usize) -> String {
    format!("c{at}")
}

fn survives(database: &str, location: &Location, sandbox: &Sandbox) {
    let names = (0..WRITERS).map(clinic).chain([QUIET.to_owned()]);
    let clinics: Vec<Value> = names.map(|clinic| json!({"clinic": clinic, "name": "N"})).collect();
    sandbox.write("seed.yaml", &json!({"system": "Killed", "clinics": clinics}).to_string());
    let token = server::token_of(sandbox, database, server::ALL_SCOPES);
    let born = || {
        let server = Server::start_on(sandbox, database, "seed.yaml");
        let life = Life { client: http::client(), address: server.address.clone(), token: token.clone() };
        (server, life)
    };
    let runtime = Runtime::new().expect("a runtime");
    let mut known = vec![Known::default(); WRITERS];
    for (number, answers) in LIVES.into_iter().enumerate() {
        let (mut server, life) = born();
        known = runtime.block_on(life.settle_all(number, known));
        known = runtime.block_on(life.write_until_killed(known, answers, &mut server));
        assert!(known.iter().any(|known| known.unanswered.is_some()), "the kill met nobody");
    }
    let (_server, life) = born();
    known = runtime.block_on(life.settle_all(LIVES.len(), known));
    let written: usize = known.iter().map(|known| known.acknowledged.len()).sum();
    assert!(written >= LIVES.iter().sum(), "{written} answers");
    let entries = (written + LIVES.len() + 1) as u64;
    assert_eq!(runtime.block_on(verify_log(location)).expect("a log"), Verification::Whole { entries });
}

#[test]
fn nothing_answered_is_lost_when_the_server_is_killed() {
    let sandbox = Sandbox::new();
    survives("system.db", &sandbox.path("system.db").into(), &sandbox);
}

#[test]
fn nothing_answered_is_lost_when_the_server_is_killed_on_postgresql() {
    let database = postgres::database();
    survives(&database, &Location::parse(&database).expect("an address"), &Sandbox::new());
}
