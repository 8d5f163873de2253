//! Who may do what: every route with every scope, the routes taken from the table that the router is built from.

use super::world::{World, send};
use clinic_system::{ActorName, Route, Scope, TokenError, create_token, revoke_token, routes, tokens};
use clinic_wire::Actor;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A path of this route that exists.
fn path(route: &Route) -> String {
    let path = filled(route.path());
    if path.ends_with("/menu") { path + "?surface=app" } else { path }
}

fn filled(template: &str) -> String {
    template.replace("{clinic}", "norrtull").replace("{button}", "book").replace("{conversation}", "cv-1")
}

#[tokio::test]
async fn p02_a_token_that_reads_everything_writes_nowhere() {
    let world = World::start().await;
    let token = world.token(&[Scope::SettingsRead, Scope::DirectoryRead, Scope::AuditRead, Scope::MessagesRead]);
    let (clinic, log) = (world.clinic("norrtull").await, world.changes("norrtull").await);
    let document: Value = serde_json::from_str(include_str!("../../schemas/openapi.json")).unwrap();
    let mut refused = 0;
    for (template, operations) in document["paths"].as_object().unwrap() {
        let methods = operations.as_object().unwrap().keys().map(|method| method.to_uppercase());
        for method in methods.filter_map(|method| Method::from_bytes(method.as_bytes()).ok()) {
            if method == Method::GET {
                continue;
            }
            let request = world.bare(method.clone(), &filled(template)).header("If-Match", "\"1\"");
            let answer = send(request.bearer_auth(&token).json(&json!({"order": []}))).await;
            assert_eq!(answer.status, 403, "{method} {template}");
            refused += 1;
        }
    }
    assert_eq!(refused, 8, "every write of the contract");
    assert_eq!((world.clinic("norrtull").await, world.changes("norrtull").await), (clinic, log));
}

#[tokio::test]
async fn each_route_opens_to_its_scope_alone() {
    let world = World::start().await;
    let mut closed = 0;
    for route in routes() {
        for scope in Scope::ALL {
            let request = world.bare(route.method(), &path(route)).bearer_auth(world.token(&[scope]));
            let answer = send(request).await;
            let open = route.scope().is_none_or(|needed| needed == scope);
            assert_eq!(answer.status == 403, !open, "{} {} with {scope}", route.method(), route.path());
            if !open {
                closed += 1;
                assert_eq!(answer.slug(), "missing-scope");
                assert!(answer.header("www-authenticate").contains("insufficient_scope"));
            }
        }
    }
    assert_eq!(closed, (Scope::ALL.len() - 1) * routes().iter().filter(|route| route.scope().is_some()).count());
}

#[tokio::test]
async fn every_scoped_route_needs_a_token_that_holds() {
    let world = World::start().await;
    let good = world.token(&Scope::ALL);
    let (rest, last) = good.split_at(good.len() - 1);
    let altered = format!("{rest}{}", if last == "0" { "1" } else { "0" });
    let bad = [
        None,
        Some(String::new()),
        Some("Bearer".to_owned()),
        Some("Bearer ".to_owned()),
        Some(format!("Basic {good}")),
        Some(good.clone()),
        Some(format!("Bearer {altered}")),
        Some(format!("Bearer {good}0")),
        Some(format!("Bearer {}", &good[..good.len() - 2])),
        Some("Bearer clinicctl_å".to_owned()),
        Some(format!("Bearer clinicctl_{}", "a".repeat(5000))),
    ];
    for route in routes().iter().filter(|route| route.scope().is_some()) {
        for authorization in &bad {
            let mut request = world.bare(route.method(), &path(route));
            if let Some(value) = authorization {
                request = request.header("Authorization", value.as_bytes());
            }
            let answer = send(request).await;
            assert_eq!(answer.status, 401, "{} {} {authorization:?}", route.method(), route.path());
            assert!(answer.header("www-authenticate").starts_with("Bearer "), "{answer:?}");
            assert!(!answer.text.contains(&good[20..]), "a refusal repeats the token");
        }
        let lower = world.bare(route.method(), &path(route)).header("Authorization", format!("bearer {good}"));
        assert_ne!(send(lower).await.status, 401);
    }
}

#[tokio::test]
async fn a_stored_token_works_until_it_is_revoked() {
    let world = World::start().await;
    let (name, scopes) = (ActorName::parse("reader").unwrap(), BTreeSet::from([Scope::SettingsRead]));
    let token = create_token(&world.database, &name, Actor::Person, &scopes).await.unwrap();
    let ask = || send(world.bare(Method::GET, "/api/v1/clinics").bearer_auth(&token));
    assert_eq!(ask().await.status, 200);

    let again = create_token(&world.database, &name, Actor::Person, &scopes).await;
    assert!(matches!(again, Err(TokenError::Taken(taken)) if taken == "reader"));
    let listed = tokens(&world.database).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].name.as_str(), listed[0].kind, &listed[0].revoked), ("reader", Actor::Person, &None));
    assert_eq!(listed[0].scopes, [Scope::SettingsRead]);

    revoke_token(&world.database, "reader").await.unwrap();
    assert_eq!(ask().await.status, 401);
    assert!(tokens(&world.database).await.unwrap()[0].revoked.is_some());
    assert!(matches!(revoke_token(&world.database, "reader").await, Err(TokenError::Unknown(_))));

    let new = create_token(&world.database, &name, Actor::Person, &scopes).await.unwrap();
    assert_ne!(new, token);
    assert_eq!(ask().await.status, 401);
}

#[tokio::test]
async fn the_database_does_not_hold_a_token() {
    let world = World::start().await;
    let (name, scopes) = (ActorName::parse("reader").unwrap(), BTreeSet::from([Scope::SettingsRead]));
    let token = create_token(&world.database, &name, Actor::Service, &scopes).await.unwrap();
    let file = world.file();
    world.running.shutdown().await;
    let bytes = std::fs::read(file).unwrap();
    // The first part of a token is public: by it the token is found.
    let secret = &token[token.len() - 64..];
    assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
}

#[test]
fn names_that_cannot_stand_in_a_log_are_refused() {
    for bad in ["", " ", "a\nb", "\u{1b}[31m", &"a".repeat(101)] {
        assert!(matches!(ActorName::parse(bad), Err(TokenError::Name)), "{bad:?}");
    }
    assert_eq!(ActorName::parse("Åsa Öberg").unwrap().as_str(), "Åsa Öberg");
}
