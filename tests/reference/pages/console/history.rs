//! *History*: who, when, what and why, in words.

use super::browser::{Browser, world};
use reqwest::Method;
use serde_json::json;

const PAGE: &str = "/admin/norrtull/history";

#[tokio::test]
async fn a_change_is_told_with_before_and_after_and_the_reference_behind_it() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let body = json!({"enabled": false, "accessible_to": ["st-1", "st-2"]});
    let request = world.request(Method::PUT, "/api/v1/clinics/norrtull/messaging/incoming");
    let request = request.header("If-Match", "\"1\"").header("Change-Reference", "abc1234");
    super::world::send(request.json(&body)).await;
    let page = kim.get(PAGE).await;
    let entry = page.between("<li", "</li>");
    for part in ["Incoming messages", "pipeline", "Automatic", "abc1234", "Åsa Öberg", "Lars Ek"] {
        assert!(entry.contains(part), "{part}: {entry}");
    }
    page.shows("Before: On").shows("After: Off").shows("Added: Åsa Öberg").shows("Taken out: Lars Ek");
    page.shows("karin.holm").shows("Person").shows("2 Nov 2026, 09:15").shows("9f3c2ab").hides("accessible_to");
}

#[tokio::test]
async fn buttons_come_change_and_go_in_words() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let put = |revision: u64, title: &'static str| {
        let body =
            json!({"leads_to": "phone:+46701740605", "title": {"en": title}, "active": true, "shown_in": ["web"]});
        let world = &world;
        async move { world.put("norrtull/buttons/late", revision, &body).await }
    };
    put(1, "Call us").await;
    put(2, "Ring us").await;
    world.put("norrtull/button-order", 3, &json!({"order": ["late", "call", "book", "new-message"]})).await;
    kim.get(PAGE).await.shows("Order of the buttons").shows("After: Ring us → Ring oss → Book → New message");
    world.delete("norrtull/buttons/late", 4).await;
    let page = kim.get(PAGE).await;
    page.shows("The button “late” Deleted").shows("The button “late” Created").shows("Phone call: +46701740605");
    page.shows("Title in English Before: Call us → After: Ring us");
    kim.in_swedish().get(PAGE).await.shows("Knappen ”late” Borttagen").shows("Titel på engelska Före: Call us");
}

#[tokio::test]
async fn a_long_log_comes_in_pages() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    for revision in 1..=30 {
        let body = json!({"enabled": revision % 2 == 0, "accessible_to": "everyone"});
        world.put("norrtull/messaging/incoming", revision, &body).await;
    }
    let page = kim.get(PAGE).await;
    page.shows("No. 32").shows("No. 8").hides("No. 7 ").shows("Older").hides("To the newest");
    let older = page.between("rel=\"next\" href=\"", "\"").to_owned();
    kim.get(&older).await.shows("No. 7").shows("No. 1").hides("No. 8").hides("Older").shows("To the newest");
}

#[tokio::test]
async fn a_clinic_without_history_says_so() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    kim.get("/admin/vasa/history").await.shows("Nothing has been changed yet.");
}
