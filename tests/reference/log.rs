//! The change log: one entry per accepted write, in a chain that shows every later hand.

use super::world::{World, send};
use clinic_system::{Broken, Verification, verify_log};
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;

#[tokio::test]
async fn an_accepted_write_has_exactly_one_entry() {
    let world = World::start().await;
    let body = json!({"leads_to": "drop_in", "title": {"sv": "Drop-in"}, "active": true, "shown_in": ["app", "web"]});
    world.put("vasa/buttons/drop", 1, &body).await;
    world.put("vasa/buttons/drop", 2, &body).await;
    world.put("vasa/buttons/drop", 1, &json!({})).await;
    let request = world.request(Method::DELETE, "/api/v1/clinics/vasa/buttons/drop").header("If-Match", "\"2\"");
    send(request.header("Change-Reference", "9f3c2ab, åäö".as_bytes())).await;
    let mut entries = world.changes("vasa").await;
    for entry in &mut entries {
        assert!(entry["at"].as_str().unwrap().ends_with('Z'));
        entry["at"] = json!("now");
    }
    let entry = |seq: u64, before: &serde_json::Value, after: &serde_json::Value| {
        json!({"seq": seq, "clinic": "vasa", "resource": "buttons/drop", "by": "pipeline", "kind": "service",
               "at": "now", "before": before, "after": after})
    };
    let mut deleted = entry(4, &body, &json!(null));
    deleted["reference"] = json!("9f3c2ab, åäö");
    assert_eq!(entries, [deleted, entry(3, &json!(null), &body)]);
}

#[tokio::test]
async fn every_resource_is_logged_in_the_form_of_its_write() {
    let world = World::start().await;
    let direction = json!({"enabled": false, "accessible_to": ["st-1"]});
    world.put("norrtull/messaging/incoming", 1, &direction).await;
    world.put("norrtull/messaging/healthcare-initiated", 2, &direction).await;
    world.put("norrtull/button-order", 3, &json!({"order": ["call", "book", "new-message"]})).await;
    let log = world.changes("norrtull").await;
    let said: Vec<_> = log[..3].iter().map(|entry| (&entry["resource"], &entry["before"], &entry["after"])).collect();
    let everyone = json!({"enabled": true, "accessible_to": "everyone"});
    assert_eq!(
        said,
        [
            (
                &json!("button-order"),
                &json!({"order": ["book", "call", "new-message"]}),
                &json!({"order": ["call", "book", "new-message"]})
            ),
            (&json!("messaging/healthcare-initiated"), &everyone, &direction),
            (&json!("messaging/incoming"), &json!({"enabled": true, "accessible_to": ["st-1", "st-3"]}), &direction),
        ]
    );
    let reference = log[3].get("reference");
    assert_eq!((reference, &log[4]["reference"]), (None, &json!("9f3c2ab")), "the seed's own history");
}

#[tokio::test]
async fn a_reference_is_bounded() {
    let world = World::start().await;
    let write = |reference: Vec<u8>, revision: u64| {
        let request = world.request(Method::PUT, "/api/v1/clinics/vasa/messaging/incoming");
        let body = json!({"enabled": revision % 2 == 1, "accessible_to": []});
        send(request.header("If-Match", format!("\"{revision}\"")).header("Change-Reference", reference).json(&body))
    };
    for bad in ["a".repeat(201).into_bytes(), "å".repeat(101).into_bytes(), b"\xff".to_vec(), b"a\tb".to_vec()] {
        let answer = write(bad, 1).await;
        assert_eq!((answer.status.as_u16(), answer.slug()), (400, "malformed-header".to_owned()));
    }
    assert_eq!(write("å".repeat(100).into_bytes(), 1).await.status, 200);
    assert_eq!(write(Vec::new(), 2).await.status, 200);
    let log = world.changes("vasa").await;
    assert_eq!((log[0].get("reference"), &log[1]["reference"]), (None, &json!("å".repeat(100))));
    assert_eq!(world.clinic("vasa").await["messaging"]["incoming"]["last_change"].get("reference"), None);
}

async fn database(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.expect("the database opens")
}

#[tokio::test]
async fn the_log_refuses_to_be_edited() {
    let world = World::start().await;
    let mut database = database(&world.file()).await;
    for statement in ["UPDATE changes SET actor = 'nobody'", "DELETE FROM changes WHERE seq = 2"] {
        let refused = sqlx::query(statement).execute(&mut database).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn every_later_hand_shows() {
    let none = || Verification::Whole { entries: 5 };
    let broken = Verification::Broken;
    for (statement, found) in [
        ("SELECT 1", none()),
        ("UPDATE changes SET actor = 'nobody' WHERE seq = 3", broken(Broken::Edited(3))),
        ("UPDATE changes SET clinic = 'norrtull' WHERE seq = 4", broken(Broken::Edited(4))),
        ("UPDATE changes SET kind = 'person' WHERE seq = 4", broken(Broken::Edited(4))),
        ("UPDATE changes SET after_json = 'null' WHERE seq = 5", broken(Broken::Edited(5))),
        ("UPDATE changes SET reference = '' WHERE seq = 3", broken(Broken::Edited(3))),
        ("UPDATE changes SET made_at = '' WHERE seq = 1", broken(Broken::Edited(1))),
        ("UPDATE changes SET hash = previous_hash WHERE seq = 3", broken(Broken::Edited(3))),
        ("DELETE FROM changes WHERE seq = 1", broken(Broken::Missing(1))),
        ("DELETE FROM changes WHERE seq = 3", broken(Broken::Missing(3))),
        ("DELETE FROM changes WHERE seq = 5", broken(Broken::Missing(5))),
        ("DELETE FROM changes", broken(Broken::Missing(1))),
        ("UPDATE meta SET value = '4' WHERE key = 'log_length'", broken(Broken::Surplus(5))),
        ("UPDATE meta SET value = '' WHERE key = 'log_head'", broken(Broken::Edited(5))),
    ] {
        let world = World::start().await;
        for revision in 1..=3 {
            let body = json!({"enabled": revision % 2 == 1, "accessible_to": []});
            assert_eq!(world.put("vasa/messaging/incoming", revision, &body).await.status, 200);
        }
        let path = world.file();
        world.running.shutdown().await;
        let mut database = without_triggers(&path).await;
        sqlx::query(statement).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
        assert_eq!(verify_log(&path).await.unwrap(), found, "{statement}");
    }
}

/// Whoever knows how entries are hashed can make an edited one agree with itself, and not with the one after it.
#[tokio::test]
async fn an_edit_with_a_hash_of_its_own_shows_at_the_next_entry() {
    let world = World::start().await;
    for revision in 1..=3 {
        let body = json!({"enabled": revision % 2 == 1, "accessible_to": []});
        assert_eq!(world.put("vasa/messaging/incoming", revision, &body).await.status, 200);
    }
    let path = world.file();
    world.running.shutdown().await;
    let mut database = without_triggers(&path).await;
    sqlx::query("UPDATE changes SET actor = 'nobody' WHERE seq = 3").execute(&mut database).await.unwrap();
    let columns =
        "SELECT json_array(previous_hash, seq, clinic, resource, actor, kind, made_at, reference, before_json,
                                     after_json) FROM changes WHERE seq = 3";
    let (columns,): (String,) = sqlx::query_as(columns).fetch_one(&mut database).await.unwrap();
    // As the server writes JSON, which escapes less than the database.
    let columns: serde_json::Value = serde_json::from_str(&columns).unwrap();
    let hash: String = Sha256::digest(columns.to_string()).iter().map(|byte| format!("{byte:02x}")).collect();
    sqlx::query("UPDATE changes SET hash = ?1 WHERE seq = 3").bind(hash).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    assert_eq!(verify_log(&path).await.unwrap(), Verification::Broken(Broken::Unlinked(4)));
}

async fn without_triggers(path: &Path) -> SqliteConnection {
    let mut database = database(path).await;
    let drop = "DROP TRIGGER changes_are_never_edited; DROP TRIGGER changes_are_never_removed";
    sqlx::raw_sql(drop).execute(&mut database).await.expect("the triggers are there");
    database
}
