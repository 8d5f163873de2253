//! The patients' pages: the menu that results from the settings, conversations, and the button that leads nowhere.

use super::world::World;
use reqwest::Method;
use serde_json::json;

/// The titles of the menu, in order.
fn titles(page: &super::world::Page) -> Vec<String> {
    let menu = page.between("<ul class=\"menu", "</ul>");
    menu.split("</a>")
        .filter_map(|item| item.rsplit_once('>').map(|(_, title)| title.to_owned()))
        .filter(|title| !title.trim().is_empty())
        .collect()
}

#[tokio::test]
async fn the_menu_is_the_one_that_the_settings_make() {
    let world = World::start().await;
    world.button("app-only", "drop_in", &["app"]).await;
    world.button("web-only", "book_appointment", &["web"]).await;
    let order = json!({"order": ["web-only", "new-message", "app-only"]});
    assert_eq!(world.api(Method::PUT, "norrtull/button-order", Some(&order)).await.0, 200);
    let mut browser = world.browser();
    for (surface, query) in [("web", ""), ("app", "&surface=app")] {
        for language in ["sv", "en"] {
            let page = browser.get(&format!("/p/norrtull?lang={language}{query}")).await;
            let menu = format!("norrtull/menu?surface={surface}&language={language}");
            let (_, menu) = world.api(Method::GET, &menu, None).await;
            let expected: Vec<&str> =
                menu["buttons"].as_array().unwrap().iter().map(|button| button["title"].as_str().unwrap()).collect();
            assert_eq!(titles(&page), expected, "{surface} {language}");
            assert_eq!(expected.len(), 2);
            assert_eq!(page.text.contains("class=\"phone\""), surface == "app");
        }
    }
    assert_eq!(browser.get("/p/nowhere").await.status, 404);
}

#[tokio::test]
async fn buttons_lead_where_they_say() {
    let world = World::start().await;
    for (id, leads_to) in [
        ("book", "book_appointment"),
        ("drop", "drop_in"),
        ("recept", "form:recept"),
        ("call", "phone:+46701740605"),
        ("site", "link:https://norrtull.example/a?b=1"),
        ("odd", "form:odd"),
    ] {
        world.button(id, leads_to, &["app", "web"]).await;
    }
    let odd = "UPDATE clinics SET state = replace(state, '\"form:odd\"', '\"link:javascript:alert(1)\"')";
    assert!(world.sql(odd).await > 0);
    let mut browser = world.browser();
    let page = browser.get("/p/norrtull?lang=en&surface=app").await;
    for href in [
        "/p/norrtull/new?surface=app",
        "/p/norrtull/book?surface=app",
        "/p/norrtull/drop-in?surface=app",
        "/p/norrtull/form/recept?surface=app",
        "tel:+46701740605",
        "https://norrtull.example/a?b=1",
    ] {
        page.says(&format!("href=\"{href}\""));
    }
    page.is_silent_about("javascript:");
    page.says("<span class=\"menu-item\">Button odd</span>");
    for (path, says) in [("book", "Button book"), ("drop-in", "Button drop"), ("form/recept", "Button recept")] {
        let page = browser.get(&format!("/p/norrtull/{path}?lang=en")).await;
        page.says(&format!("<h1>{says}</h1>"));
        page.says("This is a demonstration.");
    }
    browser.get("/p/norrtull/book?time=09:10").await.says("You chose 09:10.");
    browser.get("/p/norrtull/book?time=%3Cb%3E").await.is_silent_about("You chose");
    let form = browser.get("/p/norrtull/form/recept").await;
    let sent = browser.submit(&form, "/p/norrtull/form/recept", &[("about", "Kanarieboken")]).await;
    sent.says("The form was sent.");
    assert!(!world.holds("Kanarieboken"), "what the form said is kept nowhere");
    assert_eq!(browser.get("/p/norrtull/form/other").await.status, 404, "no button leads there");
    assert_eq!(browser.get("/p/vasa/book").await.status, 404);
}

#[tokio::test]
async fn a_new_message_starts_a_conversation_and_shows_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    let started =
        browser.write("/p/norrtull/new?lang=en", "/p/norrtull/new", &[("text", "Hej\r\n<b>doktorn</b>")]).await;
    let path = started.leads();
    assert!(path.starts_with("/p/norrtull/conversations/cv-"), "{path}");
    let page = browser.get(&path).await;
    page.says("<strong>You</strong>");
    page.says("Hej\n&#60;b&#62;doktorn&#60;/b&#62;");
    page.says("Messages here are demonstration data.");
    let answered = browser.write(&path, &path, &[("text", "En sak till")]).await;
    assert_eq!(answered.leads(), path);
    let menu = browser.get("/p/norrtull").await;
    menu.says(&format!("href=\"{path}\""));
    menu.says("En sak till");

    let mut other = world.browser();
    other.get("/p/norrtull").await;
    assert_eq!(other.get(&path).await.status, 404, "nobody else learns that there is such a conversation");
    let tried = other.write("/p/norrtull/new", &path, &[("text", "Hej")]).await;
    assert_eq!(tried.status, 404);
    other.get("/p/norrtull").await.is_silent_about("conversations/cv-");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_taken_once() {
    let world = World::start().await;
    let mut browser = world.browser();
    let form = browser.get("/p/norrtull/new").await;
    let once = form.between("name=\"once\" value=\"", "\"");
    let fields = [("once", once.as_str()), ("text", "Hej")];
    let first = browser.submit(&form, "/p/norrtull/new", &fields).await.leads();
    assert_eq!(browser.submit(&form, "/p/norrtull/new", &fields).await.leads(), first);
    let other = browser.submit(&form, "/p/norrtull/new", &[fields[0], ("text", "Något annat")]).await;
    assert_eq!(other.status, 409);
    assert_eq!(world.texts("SELECT id FROM conversations").await.len(), 1);
}

#[tokio::test]
async fn a_text_that_is_no_message_is_given_back() {
    let world = World::start().await;
    let mut browser = world.browser();
    let long = format!("Början {}", "å".repeat(2000));
    for (text, says) in [("", "Write something"), ("  \r\n", "Write something"), (long.as_str(), "Shorten it")] {
        let page = browser.write("/p/norrtull/new?lang=en", "/p/norrtull/new", &[("text", text)]).await;
        assert_eq!(page.status, 422);
        page.says(says);
        page.says("aria-invalid=\"true\"");
        assert_eq!(page.text.contains(&long), text == long, "what was written is not lost");
    }
    assert!(world.texts("SELECT id FROM conversations").await.is_empty());
}

#[tokio::test]
async fn the_dead_button_says_so_and_gives_the_other_ways() {
    let world = World::start().await;
    world.button("call", "phone:+46701740605", &["web"]).await;
    world.button("app-only", "drop_in", &["app"]).await;
    let mut browser = world.browser();
    let form = browser.get("/p/norrtull/new?lang=en").await;
    world.set("norrtull", "incoming", false, json!("everyone")).await;
    browser.get("/p/norrtull").await.says("href=\"/p/norrtull/new\"");
    let page = browser.get("/p/norrtull/new").await;
    page.says("<h1>You cannot write here at the moment</h1>");
    page.says("Norrtulls vårdcentral takes no messages from patients.");
    page.says("href=\"tel:+46701740605\">Button call</a>");
    page.is_silent_about("Button app-only");
    page.is_silent_about("New message</a>");
    browser.get("/p/norrtull/new?lang=sv").await.says("tar inte emot meddelanden från patienter");
    browser.get("/p/norrtull/new?surface=app&lang=en").await.says("Button app-only");

    let late = browser.submit(&form, "/p/norrtull/new", &[("text", "Skrivet innan det stängdes")]).await;
    assert_eq!(late.status, 403);
    late.says("You cannot write here at the moment");
    late.says("Skrivet innan det stängdes");
    browser.get("/p/vasa/new").await.says("The clinic has no other ways here.");
}

#[tokio::test]
async fn a_conversation_is_followed_to_the_clinic_that_took_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    let path = browser.write("/p/norrtull/new", "/p/norrtull/new", &[("text", "Hej")]).await.leads();
    let id = path.rsplit('/').next().unwrap().to_owned();
    world.set("vasa", "incoming", true, json!("everyone")).await;
    let body = json!({"from": {"professional": "st-1"}, "to": {"clinic": "vasa"}, "text": "Er patient"});
    let handed = world.api(Method::POST, &format!("norrtull/conversations/{id}/handover"), Some(&body)).await;
    assert_eq!(handed.0, 201, "{}", handed.1);
    let moved = browser.get(&format!("{path}?surface=app")).await.leads();
    assert_eq!(moved, format!("/p/vasa/conversations/{id}?surface=app"));
    let page = browser.get(&format!("/p/vasa/conversations/{id}?lang=en")).await;
    page.says("<h1>Vasa vårdcentral</h1>");
    page.says("<strong>Anna Berg</strong> handed over to Vasa vårdcentral");
    assert_eq!(world.browser().get(&path).await.status, 404);
}

#[tokio::test]
async fn patients_always_answer_in_what_is_theirs() {
    let world = World::start().await;
    let mut browser = world.browser();
    let path = browser.write("/p/norrtull/new", "/p/norrtull/new", &[("text", "Hej")]).await.leads();
    world.set("norrtull", "incoming", false, json!([])).await;
    assert_eq!(browser.write(&path, &path, &[("text", "Är ni kvar?")]).await.leads(), path);
    browser.get(&path).await.says("Är ni kvar?");
}

#[tokio::test]
async fn clinics_are_found_by_a_part_of_their_name() {
    let world = World::start().await;
    let mut browser = world.browser();
    let both = browser.get("/p?lang=en").await;
    both.says("href=\"/p/norrtull\"");
    both.says("href=\"/p/vasa\"");
    let one = browser.get("/p?q=VASA").await;
    one.says("href=\"/p/vasa\"");
    one.is_silent_about("href=\"/p/norrtull\"");
    browser.get("/p?q=%3Cb%3E").await.says("No clinic has that in its name.");
    let behind = browser.get("/p?after=norrtull").await;
    assert_eq!(behind.all_between("href=\"/p/", "\""), ["vasa"]);
}
