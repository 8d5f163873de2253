//! Texts that want to do harm: shown, and harmless.

use super::browser::{Browser, Page, world_of};

const SCRIPT: &str = "<script>alert(1)</script>\\\" onload=\\\"x";
const OVERRIDE: &str = "safe\\u202Egpj.exe\\u2066";

fn seed() -> String {
    let long = "å".repeat(10_000);
    format!(
        r#"
system: Hostile
clinics:
  - clinic: c
    name: "{SCRIPT}{OVERRIDE}{long}"
    messaging:
      incoming: {{enabled: true, accessible_to: [st-1, st-2, st-9]}}
    buttons:
      - {{id: b, leads_to: "javascript:{SCRIPT}", title: {{sv: "{SCRIPT}", en: "{OVERRIDE}{long}"}}, active: true}}
    staff:
      - {{id: st-1, name: "{SCRIPT}", email: a@c.example, title: "{SCRIPT}", roles: [healthcare_professional]}}
      - {{id: st-2, name: "{OVERRIDE}{long}", email: b@c.example, title: "{long}", roles: [healthcare_professional], active: false}}
    changes:
      - {{resource: messaging/incoming, by: "{SCRIPT}{OVERRIDE}", kind: service, at: "2026-11-01T08:00:00Z", reference: "{SCRIPT}{OVERRIDE}"}}
      - {{resource: "buttons/b", by: "{long}", kind: service, at: "2026-11-01T08:00:00Z", before: {{x: "{SCRIPT}"}}, after: ["{OVERRIDE}"]}}
      - {{resource: "messaging/incoming", by: x, kind: service, at: "2026-11-01T08:00:00Z", before: 7, after: "{SCRIPT}"}}
"#
    )
}

#[track_caller]
fn harmless(page: &Page) {
    assert!(!page.text.contains("<script>"), "{}", page.text);
    assert!(!page.text.contains("\" onload"), "an attribute was escaped from");
}

/// Outside of fields, where a text stands as it is so that it can be changed.
#[track_caller]
fn turns_nothing(page: &Page) {
    let outside = page.text.split("value=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
    assert!(!outside.skip(1).any(|part| part.contains(['\u{202e}', '\u{2066}'])), "{}", page.text);
    assert!(page.text.contains("\\u{202e}"), "it is shown what it would have done");
}

#[tokio::test]
async fn every_page_shows_hostile_texts_harmlessly() {
    let world = world_of(&seed()).await;
    let kim = Browser::global(&world, "<script>Kim").await;
    for path in [
        "/admin",
        "/admin/c/settings",
        "/admin/c/interface?preview=app:en",
        "/admin/c/interface/buttons/b",
        "/admin/c/interface/buttons/b/delete",
        "/admin/c/history",
    ] {
        let page = kim.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        harmless(&page);
        turns_nothing(&page);
    }
    let page = kim.get("/admin/c/settings").await;
    page.shows("<script>alert(1)</script>\" onload=\"x").shows("st-9").shows("Is not at this clinic");
    let longest = page.seen().split_whitespace().map(str::len).max();
    assert!(longest.is_some_and(|longest| longest < 1000), "a long text is cut: {longest:?}");
}

#[tokio::test]
async fn what_a_form_says_comes_back_harmless() {
    let world = world_of(&seed()).await;
    let kim = Browser::global(&world, "Kim").await;
    let evil = "\"><script>alert(1)</script>\u{202e}";
    let form = kim.get("/admin/c/settings").await.form().with("incoming-search", evil).and("incoming-people", evil);
    for press in ["look", "save:incoming"] {
        harmless(&kim.press(&form, press).await);
    }
    let form =
        kim.get("/admin/c/interface/new").await.form().with("title-sv", evil).with("new-tag", evil).with("id", evil);
    for press in ["preview:app:sv", "save"] {
        let page = kim.press(&form.clone().with("leads-to", "other").with("other-text", evil), press).await;
        harmless(&page);
        assert_eq!(page.form().values("title-sv"), [evil.trim()]);
    }
    harmless(&kim.get("/admin?q=%22%3E%3Cscript%3E").await);
    harmless(&kim.get("/admin/c/interface?preview=%22%3E%3Cscript%3E").await);
}

#[tokio::test]
async fn a_conflict_between_hostile_texts_is_harmless() {
    let world = world_of(&seed()).await;
    let (kim, bo) = (Browser::global(&world, "<script>Kim").await, Browser::global(&world, "Bo").await);
    let form =
        kim.get("/admin/c/interface/buttons/b").await.form().with("leads-to", "drop_in").with("title-en", "Drop in");
    kim.press(&form, "save").await.shows("Saved.");
    let page = bo.press(&form.with("title-sv", "\"><script>mine"), "save").await;
    assert_eq!(page.status, 409);
    harmless(&page);
    page.shows("\"><script>mine").shows("Saved by <script>Kim");
}

#[tokio::test]
async fn a_button_that_nobody_could_enter_can_be_switched_off_and_keeps_its_target() {
    let world = world_of(&seed()).await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get("/admin/c/interface").await.form();
    kim.press(&form, "deactivate:b").await.shows("Saved.");
    let button = world.clinic("c").await["buttons"][0].clone();
    assert_eq!(
        (button["active"].as_bool(), button["leads_to"].as_str().map(|text| &text[..11])),
        (Some(false), Some("javascript:"))
    );
    let form = kim.get("/admin/c/interface/buttons/b").await.form();
    let page = kim.press(&form, "save").await;
    assert_eq!(page.status, 422, "as it stands it cannot be entered");
    page.shows("Choose what the button leads to");
}
