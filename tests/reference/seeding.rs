//! Seeds: what fills an empty database, and what is refused.

use super::world::{SEED, World, config};
use clinic_system::{Limits, Seed, SeedError, ServeError, Server, Verification, verify_log};
use serde_json::json;
use std::error::Error;

#[tokio::test]
async fn a_database_outlives_its_server_and_keeps_what_it_has() {
    let world = World::start().await;
    assert_eq!(world.running.seeded(), Some(true));
    let written = json!({"enabled": false, "accessible_to": ["st-2"]});
    world.put("norrtull/messaging/incoming", 1, &written).await;
    let (id, clinic, log) =
        (world.running.database_id().to_owned(), world.clinic("norrtull").await, world.changes("norrtull").await);
    let world = world.restart().await;
    assert_eq!((world.running.database_id(), world.running.seeded()), (id.as_str(), None));
    assert_eq!((world.clinic("norrtull").await, world.changes("norrtull").await), (clinic.clone(), log));
    let World { running, database, .. } = world;
    running.shutdown().await;

    let seed = Seed::parse("system: Other\nclinics: [{clinic: other, name: Other}]").unwrap();
    let running = Server::start(config(&database, Some(seed), Limits::default())).await.unwrap();
    assert_eq!(running.seeded(), Some(false), "the database holds clinics and keeps them");
    assert_eq!(running.database_id(), id);
    running.shutdown().await;
    assert_eq!(verify_log(&database).await.unwrap(), Verification::Whole { entries: 3 });
}

#[tokio::test]
async fn two_databases_have_two_ids() {
    let (one, other) = (World::start().await, World::start().await);
    assert_ne!(one.running.database_id(), other.running.database_id());
    assert_ne!(one.running.local_addr(), other.running.local_addr());
}

#[test]
fn what_no_system_could_be_is_refused_with_every_place() {
    let person = "{id: st-1, name: N, email: n@a.example, title: nurse, roles: []}";
    let cases = [
        ("clinics: [{clinic: A, name: N}]".to_owned(), vec!["clinics[0].clinic: this is no key"]),
        ("clinics: [{clinic: a, name: N}, {clinic: a, name: M}]".to_owned(), vec!["clinics[1].clinic: this stands at clinics[0].clinic already"]),
        (
            format!("clinics: [{{clinic: a, name: N, staff: [{person}]}}, {{clinic: b, name: N, staff: [{person}]}}]"),
            vec!["clinics[1].staff[0].id: this stands at clinics[0].staff[0].id already"],
        ),
        (
            "clinics: [{clinic: a, name: N, staff: [{id: '', name: N, title: nurse, roles: []}]}]".to_owned(),
            vec!["clinics[0].staff[0].id: this is no staff id", "clinics[0].staff[0]: this needs an `email` or an `hsa_id`"],
        ),
        (
            "clinics: [{clinic: a, name: N, buttons: [{id: b, leads_to: x, title: {}}, {id: b, leads_to: x, title: {}, shown_in: []}]}]"
                .to_owned(),
            vec!["clinics[0].buttons[1].id: this stands at", "clinics[0].buttons[1].shown_in: this needs"],
        ),
        (
            "clinics: [{clinic: a, name: N, changes: [{resource: buttons, by: x, kind: person, at: 2026-11-02T08:15:00Z}]}]"
                .to_owned(),
            vec!["clinics[0].changes[0].resource: this is no resource"],
        ),
    ];
    for (clinics, expected) in cases {
        let Err(SeedError::Impossible { problems }) = Seed::parse(&format!("system: S\n{clinics}")) else {
            panic!("{clinics} was taken");
        };
        assert_eq!(problems.len(), expected.len(), "{problems:?}");
        for (problem, start) in problems.iter().zip(expected) {
            assert!(problem.to_string().starts_with(start), "{problem}");
        }
    }
}

#[test]
fn what_has_not_the_shape_of_a_seed_is_refused_at_its_place() {
    for (text, place) in [
        ("", "the key `system` is missing"),
        ("system: S\nclinics: [{clinic: a}]", "clinics[0]: the key `name` is missing"),
        (
            "system: S\nclinics: [{clinic: a, name: N, hsaid: x}]",
            "clinics[0]: a key stands here that no seed has; it has `clinic`, `name`, `hsa_id`",
        ),
        (
            "system: S\nclinics: [{clinic: a, name: N, messaging: {incoming: {enabled: 1}}}]",
            "clinics[0].messaging.incoming.enabled",
        ),
        (
            "system: S\nclinics: [{clinic: a, name: N, buttons: [{id: b, leads_to: x, title: {}, shown_in: [tv]}]}]",
            "clinics[0].buttons[0].shown_in",
        ),
        (
            "system: S\nclinics: [{clinic: a, name: N, staff: [{id: s, name: N, title: t, roles: [boss]}]}]",
            "clinics[0].staff[0].roles",
        ),
        ("system: [", "line 1"),
    ] {
        let Err(error @ SeedError::Shape(_)) = Seed::parse(text) else { panic!("{text} was taken") };
        let cause = error.source().unwrap().to_string();
        assert!(cause.contains(place), "{text}: {cause}");
    }
}

#[tokio::test]
async fn a_bad_start_says_what_is_bad() {
    let folder = tempfile::tempdir().unwrap();
    let (database, seed) = (folder.path().join("deep/er/clinics.db"), Seed::parse(SEED).unwrap());
    let running = Server::start(config(&database, Some(seed), Limits::default())).await.unwrap();
    assert_eq!(running.seeded(), Some(true));

    let taken = clinic_system::Config {
        listen: running.local_addr(),
        ..config(folder.path().join("other.db"), None, Limits::default())
    };
    assert!(matches!(Server::start(taken).await, Err(ServeError::Listen { .. })));
    std::fs::write(folder.path().join("text.db"), "this is no database, whatever its name says").unwrap();
    let wrong = Server::start(config(folder.path().join("text.db"), None, Limits::default())).await;
    assert!(matches!(wrong, Err(ServeError::Store(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn the_database_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::start().await;
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert!(!name.starts_with("clinics.db") || mode == 0o600, "{name} has mode {mode:o}");
    }
}
