//! Several servers on one PostgreSQL: they start together, write at once, and read what the others wrote.

use super::world::{SEED, World};
use crate::support::postgres;
use clinic_system::{
    ActorName, Limits, Scope, TokenError, Verification, create_token, revoke_token, tokens, verify_log,
};
use clinic_wire::Actor;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Servers that are started at the same moment on this database.
async fn replicas_on(address: &str, count: usize) -> Vec<World> {
    let starting = (0..count).map(|_| World::on_postgres(address, SEED, Limits::default()));
    futures_util::future::join_all(starting).await
}

/// The same on an empty database.
async fn replicas(count: usize) -> Vec<World> {
    replicas_on(&postgres::database(), count).await
}

/// A button that tells who made it.
fn button(title: &str) -> Value {
    json!({"leads_to": "drop_in", "title": {"sv": title}, "active": true, "shown_in": ["app", "web"]})
}

#[tokio::test]
async fn replicas_that_start_together_make_one_system() {
    let worlds = replicas(4).await;
    let ids: BTreeSet<_> = worlds.iter().map(|world| world.running.database_id()).collect();
    assert_eq!(ids.len(), 1);
    let filled = worlds.iter().filter(|world| world.running.seeded() == Some(true)).count();
    assert_eq!(filled, 1, "one of them filled it, the others found it full");
    for world in &worlds {
        assert_eq!(world.get("/api/v1").await.json()["system"], "Demonstration");
        assert_eq!(world.get("/api/v1/clinics").await.json()["items"].as_array().unwrap().len(), 2);
        assert_eq!(world.changes("norrtull").await.len(), 2);
    }
    assert_eq!(verify_log(&worlds[0].database).await.unwrap(), Verification::Whole { entries: 2 });
}

/// One of many who write to the same clinic through any of the servers: reads it, adds a button, and reads again where
/// somebody else was quicker. Returns the revisions that it was given.
async fn writer(world: &World, name: &str, buttons: usize) -> Vec<u64> {
    let mut given = Vec::new();
    for at in 0..buttons {
        let (path, body) = (format!("vasa/buttons/{name}-{at}"), button(name));
        loop {
            let revision = world.clinic("vasa").await["revision"].as_u64().expect("a revision");
            let answer = world.put(&path, revision, &body).await;
            if answer.status == StatusCode::CREATED {
                assert_eq!(answer.header("etag"), format!("\"{}\"", revision + 1));
                given.push(revision + 1);
                break;
            }
            assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED, "{answer:?}");
        }
    }
    given
}

#[tokio::test(flavor = "multi_thread")]
async fn no_write_through_one_replica_is_lost_to_another() {
    const WRITERS: usize = 6;
    const BUTTONS: usize = 8;
    let worlds = replicas(2).await;
    let writing = (0..WRITERS).map(|at| {
        let (world, name) = (&worlds[at % worlds.len()], format!("w{at}"));
        async move { writer(world, &name, BUTTONS).await }
    });
    let given: Vec<u64> = futures_util::future::join_all(writing).await.concat();
    let revisions: BTreeSet<u64> = given.iter().copied().collect();
    assert_eq!((given.len(), revisions), (WRITERS * BUTTONS, (2..2 + 48).collect()), "each revision was given once");

    let log = worlds[0].changes("vasa").await;
    assert_eq!(log.len(), WRITERS * BUTTONS, "one entry for each accepted write");
    let (one, other) = (worlds[0].clinic("vasa").await, worlds[1].clinic("vasa").await);
    assert_eq!(one, other);
    assert_eq!(one["buttons"].as_array().unwrap().len(), WRITERS * BUTTONS);
    assert_eq!(verify_log(&worlds[1].database).await.unwrap(), Verification::Whole { entries: 2 + 48 });
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_of_two_replicas_do_not_wait_for_each_other_in_a_circle() {
    let clinics: Vec<Value> = (0..24).map(|at| json!({"clinic": format!("c{at:02}"), "name": "N"})).collect();
    let seed = json!({"system": "Circle", "clinics": clinics}).to_string();
    let address = postgres::database();
    let start = || World::on_postgres(&address, &seed, Limits::default());
    let worlds = [start().await, start().await];
    // The same clinics in opposite orders, all at once through each server.
    let body = json!({"enabled": true, "accessible_to": []});
    let paths: Vec<String> = (0..24).map(|at| format!("c{at:02}/messaging/incoming")).collect();
    let forth = futures_util::future::join_all(paths.iter().map(|path| worlds[0].put(path, 1, &body)));
    let back = futures_util::future::join_all(paths.iter().rev().map(|path| worlds[1].put(path, 1, &body)));
    let (forth, mut back) = futures_util::future::join(forth, back).await;
    back.reverse();
    for (one, other) in forth.iter().zip(&back) {
        let statuses = BTreeSet::from([one.status.as_u16(), other.status.as_u16()]);
        assert_eq!(statuses, BTreeSet::from([200, 412]), "one of the two came first");
    }
    assert_eq!(verify_log(&worlds[0].database).await.unwrap(), Verification::Whole { entries: 24 });
}

#[tokio::test]
async fn what_one_replica_wrote_is_what_the_other_reads_next() {
    let worlds = replicas(2).await;
    for revision in 1..=10 {
        let (here, there) = (&worlds[usize::from(revision % 2 == 0)], &worlds[usize::from(revision % 2 == 1)]);
        let written = here.put("vasa/buttons/drop-in", revision, &button(&format!("Version {revision}"))).await.json();
        let clinic = there.clinic("vasa").await;
        assert_eq!((&clinic["revision"], &clinic["buttons"][0]), (&json!(revision + 1), &written));
        assert_eq!(there.changes("vasa").await.len() as u64, revision);
        let menu = there.get("/api/v1/clinics/vasa/menu?surface=app").await.json();
        assert_eq!(menu["buttons"][0]["title"], format!("Version {revision}"));
        let snapshot = there.get("/api/v1/snapshot?clinic=vasa&include=staff").await.json();
        assert_eq!((&snapshot["buttons"][0], &snapshot["staff"][0]["id"]), (&written, &json!("st-9")));
    }
}

#[tokio::test]
async fn a_token_is_taken_by_every_replica_until_it_is_revoked() {
    let worlds = replicas(2).await;
    let database = &worlds[0].database;
    let (name, scopes) = (ActorName::parse("reader").unwrap(), BTreeSet::from([Scope::SettingsRead]));
    let token = create_token(database, &name, Actor::Person, &scopes).await.unwrap();
    let statuses = async || {
        let ask = |world: &World| world.bare(Method::GET, "/api/v1/clinics").bearer_auth(&token).send();
        [ask(&worlds[0]).await.unwrap().status().as_u16(), ask(&worlds[1]).await.unwrap().status().as_u16()]
    };
    assert_eq!(statuses().await, [200, 200]);
    let again = create_token(database, &name, Actor::Person, &scopes).await;
    assert!(matches!(again, Err(TokenError::Taken(taken)) if taken == "reader"));
    revoke_token(database, "reader").await.unwrap();
    assert_eq!(statuses().await, [401, 401]);
    let listed = tokens(database).await.unwrap();
    assert_eq!((listed.len(), listed[0].kind, &listed[0].scopes[..]), (1, Actor::Person, &[Scope::SettingsRead][..]));
    assert!(listed[0].revoked.is_some());
}

#[tokio::test]
async fn a_replica_that_stops_lets_the_others_work() {
    let address = postgres::database();
    let mut worlds = replicas_on(&address, 2).await;
    let leaving = worlds.remove(0);
    assert_eq!(leaving.put("vasa/buttons/one", 1, &button("One")).await.status, 201);
    leaving.running.shutdown().await;
    assert_eq!(worlds[0].put("vasa/buttons/two", 2, &button("Two")).await.status, 201);
    let joining = replicas_on(&address, 1).await.remove(0);
    assert_eq!(joining.running.seeded(), Some(false), "it finds the clinics of the others");
    assert_eq!(joining.clinic("vasa").await["revision"], 3);
}
