//! Forms of other sites: every post of the system, with everything that a page of another site could send along.

use super::authorisation::path;
use super::world::{Browser, PASSWORD, ROOT, World, with_form};
use clinic_system::{Needs, pages};
use reqwest::Method;

/// Somebody who may do everything at Norrtull.
async fn everybody(world: &World) -> Browser {
    world.signed_in("alla@norrtull.example", "st-3", true).await
}

/// What a browser says about the page that a post comes from.
const STRANGERS: [&[(&str, &str)]; 6] = [
    &[],
    &[("Origin", "https://evil.example")],
    &[("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-origin")],
    &[("Origin", "null")],
    &[("Sec-Fetch-Site", "cross-site")],
    &[("Sec-Fetch-Site", "same-site")],
];

#[tokio::test]
async fn a_form_of_another_site_is_refused_even_with_the_right_token() {
    let world = World::start().await;
    let mut browser = everybody(&world).await;
    browser.get("/").await;
    for route in pages().filter(|route| route.method() == Method::POST) {
        let token = browser.token_for(route.needs()).await;
        for headers in STRANGERS {
            let request = browser.request(Method::POST, &path(route));
            let mut request = with_form(request, &[("token", token.as_str())]);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = browser.clone().send(request).await;
            assert_eq!(answer.status, 403, "{} with {headers:?}", route.path());
        }
        let ours = browser.request(Method::POST, &path(route)).header("Origin", &browser.origin);
        let ours = with_form(ours.header("Sec-Fetch-Site", "cross-site"), &[("token", token.as_str())]);
        assert_eq!(browser.clone().send(ours).await.status, 403, "{}", route.path());
    }
    assert!(browser.is_signed_in().await, "no refused form has done anything");
}

#[tokio::test]
async fn a_form_needs_the_token_of_its_own_session() {
    let world = World::start().await;
    let mut browser = everybody(&world).await;
    browser.get("/").await;
    let mut other = world.sign_in(ROOT).await;
    let theirs = other.get("/").await.token();
    let visitors = world.browser().get("/sign-in").await.token();
    for route in pages().filter(|route| route.method() == Method::POST) {
        let own = browser.token_for(route.needs()).await;
        let bound_otherwise = browser.token_for(swapped(route.needs())).await;
        let (short, session) = (own[1..].to_owned(), browser.session());
        for token in ["", "x", &theirs, &visitors, &bound_otherwise, &short, &session] {
            let answer = browser.clone().post(&path(route), &[("token", token)]).await;
            assert_eq!(answer.status, 403, "{} with {token:?}", route.path());
        }
        assert_eq!(browser.clone().post(&path(route), &[]).await.status, 403, "{}", route.path());
        let twice = [("token", "x"), ("token", own.as_str())];
        assert_eq!(browser.clone().post(&path(route), &twice).await.status, 403, "the first one counts");
    }
    assert!(browser.is_signed_in().await, "no refused form has done anything");
}

/// A need whose forms are bound to the other of the two secrets.
fn swapped(needs: Needs) -> Needs {
    if matches!(needs, Needs::Nobody | Needs::Visitor) { Needs::SignedIn } else { Needs::Nobody }
}

#[tokio::test]
async fn a_token_dies_with_its_session() {
    let world = World::start().await;
    let mut browser = world.sign_in(ROOT).await;
    let old = browser.get("/").await.token();
    browser.post("/sign-out", &[("token", old.as_str())]).await;
    assert_eq!(browser.sign_in(ROOT, PASSWORD).await.status, 303);
    assert_eq!(browser.post("/sign-out", &[("token", old.as_str())]).await.status, 403);
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let world = World::start().await;
    let mut browser = world.browser();
    let token = browser.get("/sign-in").await.token();
    for (media_type, body) in [
        ("application/json", format!("{{\"token\": \"{token}\"}}")),
        ("text/plain", format!("token={token}")),
        ("multipart/form-data; boundary=x", format!("token={token}")),
        ("application/x-www-form-urlencoded", format!("token={token}&login={}", "a".repeat(2_000_000))),
    ] {
        let request = browser.request(Method::POST, "/sign-in").header("Origin", &browser.origin);
        let answer = browser.clone().send(request.header("Content-Type", media_type).body(body)).await;
        assert_eq!(answer.status, 400, "{media_type}");
    }
}
