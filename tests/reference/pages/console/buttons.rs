//! *Patient interface*: creating, editing, switching, moving and deleting buttons, and the menu that they make.

use super::browser::{Browser, Page, world};
use serde_json::{Value, json};

const PAGE: &str = "/admin/norrtull/interface";
const NEW: &str = "/admin/norrtull/interface/new";

fn preview(page: &Page) -> String {
    page.between("class=\"screen\"", "</section>").to_owned()
}

fn order(clinic: &Value) -> Vec<&str> {
    clinic["buttons"].as_array().expect("a list").iter().filter_map(|button| button["id"].as_str()).collect()
}

#[tokio::test]
async fn a_button_is_created_with_what_the_form_says() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(NEW).await.form().with("leads-to", "form").with("form", "renew-prescription");
    let form = form.with("title-sv", " Förnya recept ").with("title-en", "Renew").with("active", "on");
    let form = form.with("new-tag", "FI").with("new-title", "Uusi resepti").without("shown-in", "web");
    let page = kim.press(&form, "save").await;
    page.shows("Saved.").shows("Renew");
    let clinic = world.clinic("norrtull").await;
    let button = &clinic["buttons"][3];
    assert_eq!((&button["id"], &button["leads_to"]), (&json!("renew-prescription"), &json!("form:renew-prescription")));
    assert_eq!(button["title"], json!({"sv": "Förnya recept", "en": "Renew", "fi": "Uusi resepti"}));
    assert_eq!((&button["active"], &button["shown_in"]), (&json!(true), &json!(["app"])));
    assert_eq!(button["last_change"]["by"], json!("Kim"));
}

#[tokio::test]
async fn a_key_is_suggested_checked_and_never_taken_twice() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(NEW).await.form().with("leads-to", "book_appointment").with("title-sv", "Boka");
    kim.press(&form, "save").await.shows("Saved.");
    kim.press(&form, "save").await.shows("Saved.");
    assert_eq!(order(&world.clinic("norrtull").await), ["book", "call", "new-message", "book-2", "book-3"]);
    for (id, says) in
        [("book", "There is a button with that key already"), ("Bok", "A key has 1 to 63"), ("../x", "A key has")]
    {
        let page = kim.press(&form.clone().with("id", id), "save").await;
        assert_eq!(page.status, 422, "{id}");
        page.shows(says);
        assert_eq!(page.form().values("title-sv"), ["Boka"], "nothing typed is lost");
    }
}

#[tokio::test]
async fn every_field_says_what_is_wrong_with_it_and_keeps_what_was_typed() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let blank = kim.get(NEW).await.form();
    let page = kim.press(&blank.clone().without("shown-in", "app").without("shown-in", "web"), "save").await;
    assert_eq!(page.status, 422);
    for (field, says) in [
        ("leads-to", "Choose what the button leads to"),
        ("title-sv", "Write a title in at least one language"),
        ("shown-in", "Choose at least one place"),
    ] {
        assert!(page.between("error-summary", "</div>").contains(&format!("href=\"#{field}\">{says}")), "{field}");
        assert!(page.main().contains(&format!("id=\"{field}-error\">{says}")), "{field}: {}", page.main());
        assert!(page.main().contains(&format!("id=\"{field}\"")), "{field}");
    }
    let good = blank.with("title-sv", "Ring").with("active", "on");
    for (kind, text, says) in [
        ("phone", "070-174 06 05", "A number begins with a plus"),
        ("form", "Recept!", "A form's name has"),
        ("link", "http://norrtull.example", "An address begins with https://"),
    ] {
        let page = kim.press(&good.clone().with("leads-to", kind).with(kind, text), "save").await;
        page.shows(says);
        assert!(page.main().contains(&format!("id=\"{kind}-error\"")), "{kind}");
        let kept = page.form();
        assert_eq!(
            (kept.values(kind), kept.values("leads-to"), kept.values("active")),
            (vec![text], vec![kind], vec!["on"])
        );
    }
    let good = good.with("leads-to", "drop_in");
    let long = "å".repeat(41);
    for (name, value, field) in [
        ("title-en", long.as_str(), "title-en"),
        ("new-tag", "not a tag", "new-tag"),
        ("new-tag", "sv", "new-tag"),
        ("new-tag", "fi", "new-title"),
        ("new-title", "Uusi", "new-tag"),
    ] {
        let page = kim.press(&good.clone().with(name, value), "save").await;
        assert_eq!(page.status, 422, "{name} {value}");
        assert!(page.main().contains(&format!("id=\"{field}-error\"")), "{name} {value}: {}", page.main());
        assert_eq!(page.form().values(name), [value]);
    }
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1));
}

#[tokio::test]
async fn a_button_is_edited_whole_and_a_title_can_be_taken_away() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let path = format!("{PAGE}/buttons/book");
    let form = kim.get(&path).await.form();
    assert_eq!((form.values("title-sv"), form.values("leads-to")), (vec!["Boka tid"], vec!["book_appointment"]));
    let form = form.with("title-en", "").with("leads-to", "link").with("link", "https://norrtull.example/boka");
    kim.press(&form.without("active", "on"), "save")
        .await
        .shows("Saved.")
        .shows("Web page: https://norrtull.example/boka");
    let button = world.clinic("norrtull").await["buttons"][0].clone();
    assert_eq!((&button["title"], &button["active"]), (&json!({"sv": "Boka tid"}), &json!(false)));
    assert_eq!(button["leads_to"], json!("link:https://norrtull.example/boka"));
}

#[tokio::test]
async fn buttons_are_switched_and_moved_from_the_list() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(PAGE).await.form();
    kim.press(&form, "up:new-message").await.shows("Saved.");
    assert_eq!(order(&world.clinic("norrtull").await), ["book", "new-message", "call"]);
    let form = kim.get(PAGE).await.form();
    kim.press(&form, "down:book").await.shows("Saved.");
    assert_eq!(order(&world.clinic("norrtull").await), ["new-message", "book", "call"]);
    let form = kim.get(PAGE).await.form();
    kim.press(&form, "up:new-message").await.shows("It was so already.");
    let form = kim.get(PAGE).await.form();
    let page = kim.press(&form, "activate:new-message").await;
    page.shows("Saved.").shows("Deactivate : New message");
    assert_eq!(world.clinic("norrtull").await["buttons"][0]["active"], json!(true));
    kim.press(&page.form(), "deactivate:new-message").await.shows("Activate : New message");
    assert_eq!(kim.press(&page.form(), "dance:new-message").await.status, 400);
}

#[tokio::test]
async fn deleting_is_asked_once_more() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let path = format!("{PAGE}/buttons/book/delete");
    let page = kim.get(&path).await;
    page.shows("Delete “Book”?").shows("cannot be undone").hides("can then no longer write");
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1), "looking deletes nothing");
    kim.press(&page.form(), "delete").await.shows("Saved.").hides("Book");
    assert_eq!(order(&world.clinic("norrtull").await), ["call", "new-message"]);
    kim.press(&page.form(), "delete").await.shows("The button is no longer there.");
    kim.press(&kim.get(PAGE).await.form(), "activate:new-message").await;
    kim.get(&format!("{PAGE}/buttons/new-message/delete"))
        .await
        .shows("Patients can then no longer write to the clinic.");
}

#[tokio::test]
async fn the_preview_shows_each_surface_and_language() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    for (asked, seen, not_seen) in [
        ("app:en", vec![">Book<"], vec!["Ring oss", "New message"]),
        ("app:sv", vec![">Boka tid<"], vec!["Ring oss"]),
        ("web:en", vec![">Book<", ">Ring oss<"], vec!["New message"]),
        ("print:xx", vec![">Book<"], vec!["Ring oss"]),
    ] {
        let page = kim.get(&format!("{PAGE}?preview={asked}")).await;
        let preview = preview(&page);
        assert!(seen.iter().all(|text| preview.contains(text)), "{asked}: {preview}");
        assert!(!not_seen.iter().any(|text| preview.contains(text)), "{asked}: {preview}");
    }
}

#[tokio::test]
async fn the_preview_follows_a_form_that_is_not_saved() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(&format!("{PAGE}/buttons/new-message")).await.form();
    let form = form.with("active", "on").with("title-sv", "Skriv till oss");
    let page = kim.press(&form, "preview:web:sv").await;
    assert_eq!(page.status, 200);
    assert!(preview(&page).contains(">Skriv till oss<"), "{}", preview(&page));
    assert_eq!(
        (page.form().values("preview"), page.form().values("title-sv")),
        (vec!["web:sv"], vec!["Skriv till oss"])
    );
    let page =
        kim.press(&kim.get(NEW).await.form().with("title-sv", "Nytt").with("active", "on"), "preview:app:sv").await;
    assert!(preview(&page).contains(">Nytt<"), "{}", preview(&page));
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1), "a preview saves nothing");
}

#[tokio::test]
async fn a_dead_button_is_allowed_and_named() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get("/admin/norrtull/settings").await.form().without("incoming-enabled", "on");
    kim.press(&form, "save:incoming").await;
    let path = format!("{PAGE}/buttons/new-message");
    let form = kim.get(&path).await.form().with("active", "on");
    kim.press(&form, "preview:app:en").await.shows("An active button to a new message then leads nowhere.");
    let page = kim.press(&form, "save").await;
    page.shows("Saved.").shows("Leads nowhere: the clinic takes no messages");
    page.shows("A patient who presses it gets nowhere.");
}
