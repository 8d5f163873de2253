//! Sessions: how one begins, and everything that ends it.

use super::world::{Browser, PASSWORD, ROOT, World};

#[tokio::test]
async fn the_cookie_can_only_be_what_it_should_be() {
    let world = World::start().await;
    let mut browser = world.browser();
    let answer = browser.sign_in(ROOT, PASSWORD).await;
    let cookies = answer.cookies();
    let (name, value, mut attributes) = cookies.into_iter().next().unwrap();
    attributes.sort();
    assert_eq!(name, "__Host-session");
    assert_eq!(attributes, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"], "no Domain, no life beyond the browser");
    assert_eq!(value.len(), 64, "256 bits");
    let (_, _, mut others) = browser.clone().get("/?lang=en").await.cookies().into_iter().next().unwrap();
    others.sort();
    assert_eq!(others, ["HttpOnly", "Max-Age=31536000", "Path=/", "SameSite=Lax", "Secure"]);
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_ends_the_old_one() {
    let world = World::start().await;
    let mut old = world.sign_in(ROOT).await;
    let mut new = old.clone();
    // Signing in again from a form that was open before: the browser still has its old session.
    let page = {
        let mut visitor = old.clone();
        visitor.cookies.remove("__Host-session");
        visitor.get("/sign-in").await
    };
    let answer = new.submit(&page, "/sign-in", &[("login", ROOT), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 303);
    assert_ne!(new.session(), old.session());
    assert!(new.is_signed_in().await);
    assert!(!old.is_signed_in().await, "the old session is over");
}

#[tokio::test]
async fn a_session_that_somebody_else_chose_is_never_taken_over() {
    let world = World::start().await;
    let mut browser = world.browser();
    let chosen = "0b".repeat(32);
    browser.cookies.insert("__Host-session".into(), chosen.clone());
    browser.sign_in(ROOT, PASSWORD).await;
    assert_ne!(browser.session(), chosen);
    browser.cookies.insert("__Host-session".into(), chosen);
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn the_database_holds_neither_session_nor_password() {
    let world = World::start().await;
    let browser = world.sign_in(ROOT).await;
    assert_eq!(world.texts("SELECT id FROM sessions").await.len(), 1);
    assert!(world.holds(ROOT), "the search finds what is there");
    assert!(!world.holds(&browser.session()));
    assert!(!world.holds(PASSWORD));
    let stored = world.texts("SELECT password FROM accounts").await;
    assert!(stored[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored:?}");
}

#[tokio::test]
async fn signing_out_ends_the_session_itself() {
    let world = World::start().await;
    let mut browser = world.sign_in(ROOT).await;
    let mut copy = browser.clone();
    let page = browser.get("/").await;
    let answer = browser.submit(&page, "/sign-out", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"));
    assert_eq!(browser.session(), "", "the cookie is taken away");
    assert!(!copy.is_signed_in().await, "and worth nothing to whoever has copied it");
    assert_eq!(world.texts("SELECT id FROM sessions").await.len(), 0);
}

#[tokio::test]
async fn an_idle_session_ends() {
    let world = World::start().await;
    let mut browser = world.sign_in(ROOT).await;
    world.sql("UPDATE sessions SET seen = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-29 minutes')").await;
    assert!(browser.is_signed_in().await);
    let seen =
        world.texts("SELECT seen FROM sessions WHERE seen > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 minutes')").await;
    assert_eq!(seen.len(), 1, "being used keeps it");
    world.sql("UPDATE sessions SET seen = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-31 minutes')").await;
    assert!(!browser.is_signed_in().await);
    assert_eq!(world.texts("SELECT id FROM sessions").await.len(), 0, "it is gone, not only refused");
}

#[tokio::test]
async fn no_session_lasts_for_ever_however_much_it_is_used() {
    let world = World::start().await;
    let mut browser = world.sign_in(ROOT).await;
    world.sql("UPDATE sessions SET created = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-719 minutes')").await;
    assert!(browser.is_signed_in().await);
    world.sql("UPDATE sessions SET created = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-721 minutes')").await;
    assert!(!browser.is_signed_in().await);
}

#[tokio::test]
async fn a_session_ends_at_once_when_its_person_leaves() {
    let world = World::start().await;
    let mut anna = world.signed_in("anna@norrtull.example", "st-1", false).await;
    assert!(anna.is_signed_in().await);
    assert_eq!(
        world
            .sql(
                "UPDATE staff SET document = replace(document, '\"active\":true', '\"active\":false') WHERE id = 'st-1'"
            )
            .await,
        1
    );
    assert!(!anna.is_signed_in().await);
    let again = anna.sign_in("anna@norrtull.example", PASSWORD).await;
    assert_eq!(again.status, 422, "nor can they sign in again");
}

#[tokio::test]
async fn somebody_who_has_left_cannot_sign_in() {
    let world = World::start().await;
    world.account("lars@norrtull.example", "st-4", false).await;
    assert_eq!(world.browser().sign_in("lars@norrtull.example", PASSWORD).await.status, 422);
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_the_next_request() {
    let world = World::start().await;
    let mut alla = world.signed_in("alla@norrtull.example", "st-3", false).await;
    assert!(alla.get("/").await.text.contains("href=\"/admin\""));
    world.sql("UPDATE staff SET document = replace(document, ',\"administrator\"', '') WHERE id = 'st-3'").await;
    let home = alla.get("/").await.text;
    let bar = home.split("<main").next().unwrap();
    assert!(bar.contains("href=\"/work\"") && !bar.contains("href=\"/admin\""), "{bar}");
}

#[tokio::test]
async fn every_replica_knows_every_session() {
    let world = World::start().await;
    let other = world.replica().await;
    let here = world.sign_in(ROOT).await;
    let mut there = Browser::of(&other);
    there.cookies.clone_from(&here.cookies);
    assert!(there.is_signed_in().await);
    let page = there.get("/").await;
    there.submit(&page, "/sign-out", &[]).await;
    assert!(!here.clone().is_signed_in().await, "signed out there is signed out here");
}
