//! What every answer says about how it may be used, and what no page holds.

use super::authorisation::{path, visit};
use super::world::{Browser, Page, ROOT, World};
use clinic_system::{pages, routes};
use reqwest::Method;
use std::collections::BTreeSet;

/// The policy, directive by directive: nothing runs that is not a file of ours, nobody frames us.
const POLICY: [&str; 7] = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
];

fn check(what: &str, answer: &Page) {
    let policy: BTreeSet<&str> = answer.header("content-security-policy").split("; ").collect();
    assert_eq!(policy, BTreeSet::from(POLICY), "{what}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    if answer.header("content-type").starts_with("text/html") {
        check_text(what, &answer.text);
    }
}

/// Code and looks stand in files of their own: inline ones would be refused by the policy.
fn check_text(what: &str, text: &str) {
    let lower = text.to_lowercase();
    for forbidden in
        [" style=", "<style", " onclick=", " onload=", " onsubmit=", " onchange=", "javascript:", "<script>", "<base"]
    {
        assert!(!lower.contains(forbidden), "{what} holds `{forbidden}`");
    }
}

async fn everything(browser: &mut Browser) {
    for route in pages() {
        let answer = visit(&mut browser.clone(), route).await;
        check(&format!("{} {}", route.method(), route.path()), &answer);
    }
    for route in routes() {
        let path = route.path().replace("{clinic}", "norrtull").replace("{button}", "book");
        let request = browser.request(route.method(), &path);
        check(&format!("{} {path}", route.method()), &browser.clone().send(request).await);
    }
}

#[tokio::test]
async fn every_answer_carries_its_policy_and_is_kept_nowhere() {
    let world = World::start().await;
    everything(&mut world.sign_in(ROOT).await).await;
    everything(&mut world.browser()).await;
    let mut browser = world.browser();
    for (method, path, status) in [
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/%ff", 404),
        (Method::DELETE, "/sign-in", 405),
        (Method::PUT, "/", 405),
    ] {
        let request = browser.request(method.clone(), path);
        let answer = browser.send(request).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.text.contains("<h1>"), "a person gets a page: {}", answer.text);
        check(path, &answer);
    }
}

#[tokio::test]
async fn only_files_named_after_their_content_are_kept() {
    let world = World::start().await;
    let mut browser = world.browser();
    let home = browser.get("/").await.text;
    let files: BTreeSet<&str> = home.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        let answer = browser.get(file).await;
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.cookies().is_empty(), "what everybody shares sets no cookie");
        let (name, _) = file.rsplit_once('-').unwrap();
        assert_eq!(browser.get(&format!("{name}-0000000000000000.css")).await.status, 404);
    }
}

#[tokio::test]
async fn a_program_gets_a_problem_and_a_person_a_page() {
    let world = World::start().await;
    let mut browser = world.browser();
    for path in ["/api/v1/nowhere", "/api/v1/%ff"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
    assert!(browser.get("/nowhere").await.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn what_people_write_is_never_markup() {
    let world = World::start().await;
    let evil = "\"><script>alert(1)</script>";
    let mut browser = world.browser();
    let paths = pages().filter(|route| route.method() == Method::GET).map(path);
    for path in paths.chain(["/nowhere".to_owned()]) {
        let address = format!(
            "{path}?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&next=%22%3E%3Cscript%3E&code=%22%3E%3Cscript%3E"
        );
        for browser in [&mut browser, &mut world.sign_in(ROOT).await] {
            let page = browser.get(&address).await;
            assert!(!page.text.contains("\"><script>"), "{path}");
        }
    }
    let page = browser.get("/sign-in").await;
    let refused = browser.submit(&page, "/sign-in", &[("login", evil), ("password", evil), ("next", evil)]).await;
    assert!(refused.text.contains("&#60;script") || refused.text.contains("&lt;script"), "{}", refused.text);
    check("a refused form", &refused);
    assert!(!refused.text.contains("\"><script>"));
}
