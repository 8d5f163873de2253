//! The store under other hands: another process that holds the lock, a write that fails among others.

use super::world::{World, send};
use crate::support::http;
use clinic_system::{Limits, Server, Verification, verify_log};
use reqwest::Method;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::time::Duration;

async fn database(world: &World) -> SqliteConnection {
    SqliteConnectOptions::new().filename(world.file()).connect().await.expect("the database opens")
}

#[tokio::test]
async fn another_process_that_writes_makes_us_say_come_back() {
    let limits = Limits { busy_time: Duration::from_millis(1), ..Limits::default() };
    let world = World::with(super::world::SEED, limits).await;
    let mut other = database(&world).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let body = json!({"enabled": true, "accessible_to": []});
    let request = world.request(Method::PUT, "/api/v1/clinics/vasa/messaging/incoming").header("If-Match", "\"1\"");
    let busy = request.json(&body).send().await.unwrap();
    assert_eq!((busy.status().as_u16(), busy.headers()["retry-after"].to_str().unwrap()), (503, "1"));
    assert_eq!(busy.json::<serde_json::Value>().await.unwrap()["type"], "unavailable");
    assert_eq!(world.clinic("vasa").await["revision"], 1, "readers do not wait for the lock");
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(world.put("vasa/messaging/incoming", 1, &body).await.status, 200);
}

#[tokio::test]
async fn two_servers_on_one_database_keep_one_chain() {
    let world = World::start().await;
    let second = Server::start(super::world::config(&world.database, None, Limits::default())).await.unwrap();
    let token = second
        .issue_token(
            &clinic_system::ActorName::parse("second").unwrap(),
            clinic_wire::Actor::Service,
            &clinic_system::Scope::ALL.into(),
        )
        .unwrap();
    let url = format!("http://{}/api/v1/clinics/vasa/messaging/incoming", second.local_addr());
    for revision in [1, 3, 5] {
        let body = |enabled: bool| json!({"enabled": enabled, "accessible_to": []});
        assert_eq!(world.put("vasa/messaging/incoming", revision, &body(true)).await.status, 200);
        let request = http::client().put(&url).bearer_auth(&token).json(&body(false));
        assert_eq!(send(request.header("If-Match", format!("\"{}\"", revision + 1))).await.status, 200);
    }
    second.shutdown().await;
    assert_eq!(verify_log(&world.database).await.unwrap(), Verification::Whole { entries: 8 });
}

#[tokio::test]
async fn a_write_that_fails_does_not_take_its_neighbours_along() {
    let world = World::start().await;
    let mut other = database(&world).await;
    let trigger = "CREATE TRIGGER broken BEFORE INSERT ON changes WHEN NEW.resource = 'buttons/broken' \
                   BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END";
    sqlx::query(trigger).execute(&mut other).await.unwrap();
    let body = json!({"leads_to": "drop_in", "title": {"sv": "Drop-in"}, "active": true, "shown_in": ["app"]});
    // The lock makes all of them wait, so that they become one batch; the broken ones stand between the good ones.
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let put = |clinic: &str, button: &str| {
        let request = world.request(Method::PUT, &format!("/api/v1/clinics/{clinic}/buttons/{button}"));
        request.header("If-Match", "\"1\"").json(&body).send()
    };
    let writes = futures_util::future::join4(
        put("norrtull", "broken"),
        put("vasa", "broken"),
        put("norrtull", "new"),
        put("vasa", "new"),
    );
    let release = async {
        tokio::task::yield_now().await;
        sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    };
    let ((one, two, three, four), ()) = futures_util::future::join(writes, release).await;
    let statuses = [one, two, three, four].map(|answer| answer.unwrap().status().as_u16());
    assert_eq!(statuses, [500, 500, 201, 201]);
    assert_eq!(verify_log(&world.database).await.unwrap(), Verification::Whole { entries: 4 });
    for clinic in ["norrtull", "vasa"] {
        let buttons = world.clinic(clinic).await["buttons"].clone();
        let ids: Vec<_> = buttons.as_array().unwrap().iter().map(|button| button["id"].clone()).collect();
        assert!(ids.contains(&json!("new")) && !ids.contains(&json!("broken")), "{ids:?}");
    }
}

#[tokio::test]
async fn what_was_answered_is_there_though_nobody_said_goodbye() {
    let world = World::start().await;
    let body = json!({"enabled": true, "accessible_to": ["st-9"]});
    let written = world.put("vasa/messaging/incoming", 1, &body).await;
    // A copy of the files as they are now is what a crash would leave.
    let copy = world.folder.path().join("copy.db");
    for end in ["", "-wal"] {
        let from = world.folder.path().join(format!("clinics.db{end}"));
        std::fs::copy(from, world.folder.path().join(format!("copy.db{end}"))).unwrap();
    }
    assert_eq!(verify_log(&copy).await.unwrap(), Verification::Whole { entries: 3 });
    let World { running, folder, .. } = world;
    running.shutdown().await;
    let again = Server::start(super::world::config(&copy, None, Limits::default())).await.unwrap();
    let url = format!("http://{}/api/v1/snapshot?clinic=vasa", again.local_addr());
    let token = again
        .issue_token(
            &clinic_system::ActorName::parse("reader").unwrap(),
            clinic_wire::Actor::Service,
            &clinic_system::Scope::ALL.into(),
        )
        .unwrap();
    let line = send(http::client().get(url).bearer_auth(token)).await.json();
    assert_eq!(line["messaging"]["incoming"], written.json());
    drop(folder);
}
