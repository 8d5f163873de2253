//! A system in operation: what it logs, how it ends, how it is copied and checked while it is served.

use crate::support::sandbox::Sandbox;
use crate::support::server::Server;
use crate::support::{http, postgres, server};
use reqwest::Method;
use serde_json::json;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::io::{Read, Write};
use std::net::TcpStream;
use tokio::runtime::Runtime;

/// What no log may hold, wherever it was said.
const CANARY: &str = "canary7f3a";

/// A system of one clinic, which the canary works at.
fn with_a_clinic() -> Sandbox {
    let sandbox = Sandbox::new();
    let person = json!({"id": "st-canary7f3a", "name": "Canary7f3a", "email": "canary7f3a@a.example", "title": "nurse",
                        "roles": ["healthcare_professional"]});
    let clinic = json!({"clinic": "c-canary7f3a", "name": "Canary7f3a", "staff": [person]});
    sandbox.write("seed.yaml", &json!({"system": "Upkeep", "clinics": [clinic]}).to_string());
    sandbox
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    Runtime::new().expect("a runtime").block_on(future)
}

#[test]
fn the_log_names_routes_and_nothing_that_a_request_said() {
    let sandbox = with_a_clinic();
    let mut server = Server::start_with(&sandbox, &["-vvv", "--database", "system.db", "--seed", "seed.yaml"]);
    let token = server::token(&sandbox, server::ALL_SCOPES);
    let paths = [
        "/api/v1/clinics/c-canary7f3a",
        "/api/v1/clinics/c-canary7f3a/staff?q=canary7f3a",
        "/api/v1/clinics/c-canary7f3a/messaging/incoming",
        "/api/v1/clinics/c-canary7f3a/buttons/canary7f3a",
        "/api/v1/clinics/none-canary7f3a/changes?cursor=canary7f3a",
        "/api/v1/snapshot?include=staff&clinic=c-canary7f3a",
        "/canary7f3a/%ff?canary7f3a",
        "/sign-in?lang=canary7f3a",
        "/p/c-canary7f3a",
        "/readyz",
    ];
    let bodies = [
        json!({"enabled": true, "accessible_to": ["st-canary7f3a"]}).to_string(),
        json!({"leads_to": "drop_in", "title": {"sv": CANARY}, "active": true, "shown_in": ["app"]}).to_string(),
        format!("login={CANARY}%40a.example&password={CANARY}"),
        format!("{{{CANARY}"),
    ];
    let asked = wait(async {
        let client = http::client();
        let mut asked = 0;
        for (path, body) in paths.iter().flat_map(|path| bodies.iter().map(move |body| (path, body))) {
            for method in [Method::GET, Method::PUT, Method::POST, Method::DELETE] {
                for token in [token.as_str(), CANARY] {
                    let request = client.request(method.clone(), format!("{}{path}", server.address));
                    let request = request.bearer_auth(token).header("If-Match", "\"1\"").header("User-Agent", CANARY);
                    let form = body.starts_with("login");
                    let kind = if form { "application/x-www-form-urlencoded" } else { "application/json" };
                    let request = request.header("Content-Type", kind).header("Cookie", format!("{CANARY}={CANARY}"));
                    let request = request.header("Change-Reference", CANARY).header("Accept", "text/html");
                    drop(request.body(body.clone()).send().await.expect("an answer"));
                    asked += 1;
                }
            }
        }
        asked
    });
    server.ask_to_end();
    let (code, said) = server.ended();
    assert_eq!(code, Some(0), "{said}");
    let logged: Vec<&str> = said.lines().filter(|line| line.contains("a request was answered")).collect();
    assert_eq!(logged.len(), asked, "{said}");
    let write = "method=\"PUT\" route=\"/api/v1/clinics/{clinic}/messaging/incoming\" status=200 milliseconds=";
    assert!(logged.iter().any(|line| line.contains(write)), "{said}");
    assert!(!said.to_lowercase().contains(CANARY), "{said}");
    assert!(!said.contains(&token) && !said.contains(&token[token.len() - 64..]), "{said}");
}

/// Begins a write, and asks the server to end in the middle of it; returns when it takes nobody else. The rest of the
/// request is still to be sent.
fn ask_to_end_in_a_request(sandbox: &Sandbox, server: &Server) -> (TcpStream, String) {
    let token = server::token(sandbox, server::ALL_SCOPES);
    let mut stream = TcpStream::connect(server.address.trim_start_matches("http://")).expect("the server listens");
    let body = json!({"enabled": true, "accessible_to": []}).to_string();
    let head = format!(
        "PUT /api/v1/clinics/c-canary7f3a/messaging/incoming HTTP/1.1\r\nHost: a.example\r\n\
         Authorization: Bearer {token}\r\nIf-Match: \"1\"\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("the server takes it");
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).expect("the server asks for the body");
    server.ask_to_end();
    while TcpStream::connect(server.address.trim_start_matches("http://")).is_ok() {
        std::thread::yield_now();
    }
    (stream, body)
}

#[test]
fn a_server_that_is_asked_to_end_finishes_what_it_has_begun() {
    let sandbox = with_a_clinic();
    let mut server = Server::start_on(&sandbox, "system.db", "seed.yaml");
    let (mut stream, body) = ask_to_end_in_a_request(&sandbox, &server);
    stream.write_all(body.as_bytes()).expect("the server takes it");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (code, said) = server.ended();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Finishing the requests under way"), "{said}");
    let verified = sandbox.run(&["serve", "verify-log", "--database", "system.db"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert_eq!(verified.stdout, "The change log of `system.db` is whole. Its entries: 1.\n");
}

#[test]
fn a_server_that_is_asked_twice_waits_for_nobody() {
    let sandbox = with_a_clinic();
    let mut server = Server::start_on(&sandbox, "system.db", "seed.yaml");
    let (_unfinished, _body) = ask_to_end_in_a_request(&sandbox, &server);
    server.ask_to_end();
    assert_eq!(server.ended().0, Some(143));
    assert!(sandbox.path("system.db-wal").exists(), "it has not come to closing its database");
    let verified = sandbox.run(&["serve", "verify-log", "--database", "system.db"]);
    assert_eq!(verified.stdout, "The change log of `system.db` is whole. Its entries: 0.\n");
}

#[test]
fn a_copy_is_made_while_the_server_writes_and_overwrites_nothing() {
    let sandbox = with_a_clinic();
    let server = Server::start_on(&sandbox, "system.db", "seed.yaml");
    let token = server::token(&sandbox, server::ALL_SCOPES);
    let client = http::client();
    let write = async |revision: u64| {
        let url = format!("{}/api/v1/clinics/c-canary7f3a/messaging/incoming", server.address);
        let body = json!({"enabled": revision % 2 == 1, "accessible_to": []});
        let request = client.put(url).bearer_auth(&token).header("If-Match", format!("\"{revision}\""));
        assert_eq!(request.json(&body).send().await.expect("an answer").status(), 200);
    };
    wait(async {
        for revision in 1..=5 {
            write(revision).await;
        }
    });
    let backup = |arguments: &[&str]| sandbox.run(&[&["serve", "backup", "copy.db"], arguments].concat());
    let made = backup(&["--database", "system.db"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let copy = std::fs::read(sandbox.path("copy.db")).expect("a copy");
    let again = backup(&["--database", "system.db"]);
    assert_eq!(again.code, Some(1), "{}", again.stderr);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    assert_eq!(std::fs::read(sandbox.path("copy.db")).expect("a copy"), copy);

    wait(write(6));
    let verified = |database: &str| sandbox.run(&["serve", "verify-log", "--database", database]).stdout;
    assert_eq!(verified("copy.db"), "The change log of `copy.db` is whole. Its entries: 5.\n");
    assert_eq!(verified("system.db"), "The change log of `system.db` is whole. Its entries: 6.\n");
    let served = Server::start_on(&sandbox, "copy.db", "seed.yaml");
    let url = format!("{}/api/v1/clinics/c-canary7f3a", served.address);
    let revision = wait(async {
        let answer = client.get(url).bearer_auth(&token).send().await.expect("an answer");
        answer.json::<serde_json::Value>().await.expect("JSON")["revision"].clone()
    });
    assert_eq!(revision, 6, "the copy is a system of its own, with its tokens");
}

#[test]
fn nothing_is_copied_that_is_not_there_or_not_a_file() {
    let sandbox = Sandbox::new();
    let missing = sandbox.run(&["serve", "backup", "copy.db"]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.stderr.contains("there is no database `clinic-system.db`"), "{}", missing.stderr);
    let elsewhere = sandbox.run(&["serve", "backup", "copy.db", "--database", "postgres://somewhere.example/clinics"]);
    assert_eq!(elsewhere.code, Some(1));
    assert!(elsewhere.stderr.contains("pg_dump"), "{}", elsewhere.stderr);
    sandbox.write("text.db", "this is no database, whatever its name says");
    assert_eq!(sandbox.run(&["serve", "backup", "copy.db", "--database", "text.db"]).code, Some(1));
    let left: Vec<_> = std::fs::read_dir(sandbox.path(".")).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "nothing half-done is left: {left:?}");
}

#[test]
fn a_log_that_was_edited_is_told_with_its_place() {
    let sandbox = with_a_clinic();
    let missing = sandbox.run(&["serve", "verify-log", "--database", "system.db"]);
    assert_eq!(missing.code, Some(1), "{}", missing.stdout);
    assert!(!sandbox.path("system.db").exists(), "a check makes nothing");
    let server = Server::start_on(&sandbox, "system.db", "seed.yaml");
    let token = server::token(&sandbox, server::ALL_SCOPES);
    let url = format!("{}/api/v1/clinics/c-canary7f3a/messaging/incoming", server.address);
    let written = wait(async {
        let request = http::client().put(url).bearer_auth(&token).header("If-Match", "\"1\"");
        let written = request.json(&json!({"enabled": true, "accessible_to": []})).send().await;
        let mut database = SqliteConnectOptions::new().filename(sandbox.path("system.db")).connect().await.expect("it");
        let edit = "DROP TRIGGER changes_are_never_edited; UPDATE changes SET actor = 'nobody' WHERE seq = 1";
        sqlx::raw_sql(edit).execute(&mut database).await.expect("the hand that edits");
        written.expect("an answer").status()
    });
    assert_eq!(written, 200);
    let broken = sandbox.run(&["serve", "verify-log", "--database", "system.db"]);
    assert_eq!((broken.code, broken.stdout.as_str()), (Some(1), ""));
    let said = "the change log of `system.db` is broken: entry 1 is not what was written";
    assert!(broken.stderr.contains(said), "{}", broken.stderr);
}

#[test]
fn a_log_on_postgresql_is_checked_in_the_same_way() {
    let (sandbox, database) = (with_a_clinic(), postgres::database());
    let _server = Server::start_on(&sandbox, &database, "seed.yaml");
    let verified = sandbox.run(&["serve", "verify-log", "--database", &database]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert!(verified.stdout.ends_with("is whole. Its entries: 0.\n"), "{}", verified.stdout);
}
