//! Every page speaks both languages, and remembers which one its reader wants.

use super::authorisation::path;
use super::world::{ROOT, World};
use clinic_system::{Needs, PageRoute, pages};
use reqwest::Method;

fn shown() -> impl Iterator<Item = &'static PageRoute> {
    pages().filter(|route| route.method() == Method::GET)
}

#[tokio::test]
async fn every_page_is_in_the_language_that_was_asked_for_and_leads_to_the_other() {
    let world = World::start().await;
    world.account("alla@norrtull.example", "st-3", true).await;
    for route in shown() {
        let (mut visitor, mut everybody) = (world.browser(), world.sign_in("alla@norrtull.example").await);
        let browser = if route.needs() == Needs::Nobody { &mut visitor } else { &mut everybody };
        for (tag, other) in [("sv", "en"), ("en", "sv")] {
            let page = browser.get(&format!("{}?lang={tag}&q=x", path(route))).await;
            if !page.header("content-type").starts_with("text/html") {
                continue;
            }
            assert!(page.text.contains(&format!("<html lang=\"{tag}\">")), "{}", route.path());
            let switch = format!("href=\"{}?q=x&#38;lang={other}\"", path(route));
            assert!(page.text.contains(&switch), "{} has no {switch}", route.path());
            assert_eq!(page.text.matches("<h1").count(), 1, "{} has one h1", route.path());
            assert_eq!(page.text.matches("<main").count(), 1, "{} has one main", route.path());
        }
    }
}

#[tokio::test]
async fn the_choice_is_remembered_and_beats_what_the_browser_prefers() {
    let world = World::start().await;
    let mut browser = world.browser();
    let language = |text: &str| text.split("<html lang=\"").nth(1).unwrap()[..2].to_owned();
    assert_eq!(language(&browser.get("/").await.text), "sv", "nothing is said");
    let request = browser.request(Method::GET, "/").header("Accept-Language", "en-GB,en;q=0.9,sv;q=0.8");
    assert_eq!(language(&browser.send(request).await.text), "en", "the browser says it");
    assert_eq!(language(&browser.get("/?lang=en").await.text), "en", "the reader says it");
    assert_eq!(language(&browser.get("/").await.text), "en", "and has said it");
    let request = browser.request(Method::GET, "/").header("Accept-Language", "sv");
    assert_eq!(language(&browser.send(request).await.text), "en");
    assert_eq!(language(&browser.get("/?lang=xx").await.text), "en", "an unknown language is none");
    assert_eq!(language(&browser.get("/?lang=sv").await.text), "sv");
}

#[tokio::test]
async fn a_refusal_speaks_its_readers_language() {
    let world = World::start().await;
    let mut anna = world.signed_in("anna@norrtull.example", "st-1", false).await;
    assert!(anna.get("/admin/accounts?lang=en").await.text.contains("not open to you"));
    assert!(anna.get("/admin/accounts?lang=sv").await.text.contains("inte öppen för dig"));
    assert!(world.sign_in(ROOT).await.get("/nowhere?lang=en").await.text.contains("no such page"));
}
