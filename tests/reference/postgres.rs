//! What only PostgreSQL can do to us: sort in its own way, go away and come back, hold locks, ask for a password.

use super::door::Door;
use super::world::{SEED, World};
use crate::support::sandbox::Sandbox;
use crate::support::{postgres, store};
use clinic_system::{Broken, Limits, Verification, verify_log};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use std::str::FromStr;
use std::time::Duration;

/// A system on a database of its own, and another hand on the same database.
async fn with_another_hand(limits: Limits) -> (World, PgConnection) {
    let address = postgres::database();
    let world = World::on_postgres(&address, SEED, limits).await;
    let other = PgConnectOptions::from_str(&address).expect("an address").connect().await.expect("it is there");
    (world, other)
}

async fn run(other: &mut PgConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(sql).execute(other).await.map(drop)
}

fn switched(on: bool) -> Value {
    json!({"enabled": on, "accessible_to": []})
}

#[tokio::test]
async fn pages_are_cut_in_the_order_of_bytes_whatever_language_the_server_speaks() {
    // In Swedish a hyphen counts for nothing, and capitals stand beside their small letters.
    let clinics = ["a-b", "a0", "aa", "ab", "b", "b-a", "ba"];
    let people = ["A", "B", "a", "a-b", "a.b", "a_b", "ab"];
    let staff: Vec<Value> =
        people.map(|id| json!({"id": id, "name": "N", "email": "n@a.example", "title": "nurse", "roles": []})).into();
    let rows: Vec<Value> = clinics.iter().rev().map(|clinic| json!({"clinic": clinic, "name": "N", "staff": if *clinic == "a0" { staff.clone() } else { vec![] }})).collect();
    let seed = json!({"system": "Order", "clinics": rows}).to_string();
    let world = World::on_postgres(&postgres::database(), &seed, Limits::default()).await;
    for (path, key, expected) in
        [("/api/v1/clinics", "clinic", &clinics[..]), ("/api/v1/clinics/a0/staff", "id", &people[..])]
    {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = world.get(&format!("{path}?limit=2{cursor}")).await.json();
            found.extend(page["items"].as_array().unwrap().iter().map(|row| row[key].as_str().unwrap().to_owned()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, expected);
    }
    let snapshot = world.get("/api/v1/snapshot?include=staff").await.text;
    let lines: Vec<Value> = snapshot.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["clinic"].as_str().unwrap()).collect::<Vec<_>>(), clinics);
    let ids: Vec<_> =
        lines[1]["staff"].as_array().unwrap().iter().map(|person| person["id"].as_str().unwrap()).collect();
    assert_eq!(ids, people);
}

#[tokio::test]
async fn the_log_refuses_to_be_edited() {
    let (_world, mut other) = with_another_hand(Limits::default()).await;
    for sql in [
        "UPDATE changes SET actor = 'nobody'",
        "DELETE FROM changes WHERE seq = 2",
        "TRUNCATE changes",
        "TRUNCATE clinics CASCADE",
    ] {
        let refused = run(&mut other, sql).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn every_later_hand_shows() {
    for (sql, found) in [
        ("SELECT 1", Verification::Whole { entries: 4 }),
        ("UPDATE changes SET actor = 'nobody' WHERE seq = 3", Verification::Broken(Broken::Edited(3))),
        ("DELETE FROM changes WHERE seq = 2", Verification::Broken(Broken::Missing(2))),
        ("TRUNCATE changes", Verification::Broken(Broken::Missing(1))),
        ("UPDATE meta SET value = '3' WHERE key = 'log_length'", Verification::Broken(Broken::Surplus(4))),
    ] {
        let (world, mut other) = with_another_hand(Limits::default()).await;
        for revision in 1..=2 {
            let answer = world.put("vasa/messaging/incoming", revision, &switched(revision == 1)).await;
            assert_eq!(answer.status, 200);
        }
        run(&mut other, "ALTER TABLE changes DISABLE TRIGGER ALL").await.unwrap();
        run(&mut other, sql).await.unwrap();
        assert_eq!(verify_log(&world.database).await.unwrap(), found, "{sql}");
    }
}

#[tokio::test]
async fn a_lock_of_another_hand_makes_us_say_come_back() {
    let limits = Limits { busy_time: Duration::from_millis(1), ..Limits::default() };
    let (world, mut other) = with_another_hand(limits).await;
    for lock in [
        "BEGIN; SELECT value FROM meta WHERE key = 'log_length' FOR UPDATE",
        "BEGIN; SELECT clinic FROM clinics WHERE clinic = 'vasa' FOR UPDATE",
        "BEGIN; LOCK TABLE changes IN EXCLUSIVE MODE",
    ] {
        run(&mut other, lock).await.unwrap();
        let request = world.request(Method::PUT, "/api/v1/clinics/vasa/messaging/incoming").header("If-Match", "\"1\"");
        let busy = request.json(&switched(true)).send().await.unwrap();
        assert_eq!((busy.status().as_u16(), busy.headers()["retry-after"].to_str().unwrap()), (503, "1"), "{lock}");
        assert_eq!(world.clinic("vasa").await["revision"], 1, "readers do not wait for the lock");
        run(&mut other, "ROLLBACK").await.unwrap();
    }
    assert_eq!(world.put("vasa/messaging/incoming", 1, &switched(true)).await.status, 200);
    assert_eq!(verify_log(&world.database).await.unwrap(), Verification::Whole { entries: 3 });
}

#[tokio::test]
async fn a_server_that_throws_us_out_finds_us_back() {
    let (world, mut other) = with_another_hand(Limits::default()).await;
    let everybody_else = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                          WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for revision in 1..=3 {
        assert_eq!(world.put("vasa/messaging/incoming", revision, &switched(revision % 2 == 1)).await.status, 200);
        run(&mut other, everybody_else).await.unwrap();
        assert_eq!(world.get("/readyz").await.status, 200);
    }
    assert_eq!(world.clinic("vasa").await["revision"], 4);
    assert_eq!(verify_log(&world.database).await.unwrap(), Verification::Whole { entries: 5 });
}

#[tokio::test]
async fn a_server_that_is_away_is_waited_for() {
    let (door, through) = Door::to(&postgres::database()).await;
    let world = World::on_postgres(&through, SEED, Limits::default()).await;
    let ask = async |method, path: &str| {
        let request = world.request(method, path).header("If-Match", "\"1\"").json(&switched(true));
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.headers().get("retry-after").is_some())
    };
    let shut = door.shut().await;
    for (method, path) in [
        (Method::GET, "/readyz"),
        (Method::GET, "/api/v1/clinics"),
        (Method::PUT, "/api/v1/clinics/vasa/messaging/incoming"),
    ] {
        assert_eq!(ask(method, path).await, (503, true), "{path}");
    }
    assert_eq!(ask(Method::GET, "/healthz").await, (200, false), "nothing is wrong with the server itself");
    let _door = shut.open().await;
    assert_eq!(world.put("vasa/messaging/incoming", 1, &switched(true)).await.status, 200);
    assert_eq!(world.get("/readyz").await.status, 200);
}

#[test]
fn a_password_comes_from_the_environment_or_from_a_file_and_never_from_an_argument() {
    let address = postgres::keepers_database();
    let create = |sandbox: &Sandbox, database: &[&str]| {
        sandbox.run(&[&["serve", "token", "--scope", "settings:read"], database].concat())
    };
    let nameless = create(&Sandbox::new(), &["--database", &address]);
    assert_eq!(nameless.code, Some(1), "{}", nameless.stderr);
    let wrong = create(&Sandbox::new().env("PGPASSWORD", "guess"), &["--database", &address]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.stderr.contains("keeper") && !wrong.stderr.contains("guess"), "{}", wrong.stderr);

    let right = create(&Sandbox::new().env("PGPASSWORD", postgres::KEEPERS_PASSWORD), &["--database", &address]);
    assert_eq!(right.code, Some(0), "{}", right.stderr);

    let said = address.replace("keeper@", &format!("keeper:{}@", postgres::KEEPERS_PASSWORD.replace(' ', "%20")));
    let shown = create(&Sandbox::new(), &["--database", &said]);
    assert_eq!(shown.code, Some(64), "{}", shown.stderr);
    assert!(shown.stderr.contains("PGPASSWORD") && !shown.stderr.contains("horse"), "{}", shown.stderr);
    let hidden = Sandbox::new().env("CLINICCTL_DATABASE", &said);
    assert_eq!(create(&hidden, &["--name", "second"]).code, Some(0));
}

#[test]
fn what_holds_with_a_file_holds_on_postgresql() {
    let names = [
        "reference::contract::",
        "reference::preconditions::",
        "reference::refusals::",
        "reference::pages::console::conflicts::",
        "reference::talk::",
        "pages::accounts::",
        "pages::lockout::",
        "pages::sessions::",
        "pages::set_up::",
    ];
    let left_out = [
        // Its many questions are of one sort, and cost half a minute.
        "conversations_do_what_access_answers_say",
        // These move the clock with words of SQLite, or look into its file.
        "an_old_or_replaced_link_is_worth_nothing",
        "a_lockout_ends_by_itself_and_guessing_on_does_not_prolong_it",
        "an_idle_session_ends",
        "no_session_lasts_for_ever_however_much_it_is_used",
        "the_database_holds_neither_session_nor_password",
        "a_wrong_old_or_replaced_code_makes_nothing",
    ];
    assert!(store::again_on_postgresql(&names, &left_out) > 40);
}
