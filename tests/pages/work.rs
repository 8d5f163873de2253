//! The professionals' pages: what they see, what they do, and which setting forbids the rest, in words.

use super::world::{Browser, World};
use reqwest::Method;
use serde_json::json;

const ANNA: &str = "anna@norrtull.example";
const NOT_LISTED: &str = "You are not selected under “Accessibility” of “Incoming messages” at Norrtulls vårdcentral.";
const OFF: &str = "“Incoming messages” is off at Norrtulls vårdcentral.";

async fn anna(world: &World) -> Browser {
    let mut anna = world.signed_in(ANNA, "st-1", false).await;
    anna.get("/?lang=en").await;
    anna
}

/// A conversation that a patient has started at Norrtull: the patient, and its key.
async fn came_in(world: &World, text: &str) -> (Browser, String) {
    let mut patient = world.browser();
    let path = patient.write("/p/norrtull/new?lang=en", "/p/norrtull/new", &[("text", text)]).await.leads();
    let (_, id) = path.rsplit_once('/').expect("a path");
    (patient, id.to_owned())
}

fn at(id: &str) -> String {
    format!("/work/norrtull/conversations/{id}")
}

#[tokio::test]
async fn a_professional_reads_and_answers() {
    let world = World::start().await;
    let (mut patient, id) = came_in(&world, "Jag har ont").await;
    let mut anna = anna(&world).await;
    let list = anna.get("/work").await;
    list.says("Messages here are demonstration data.");
    list.says(&format!("href=\"{}\"", at(&id)));
    list.says("Jag har ont");
    list.is_silent_about("You do not see all conversations");
    let number = patient.patient().await;
    anna.get(&at(&id)).await.says(&format!("<h1>Patient {number}</h1>"));
    assert_eq!(anna.write(&at(&id), &at(&id), &[("text", "Kom hit")]).await.leads(), at(&id));
    anna.get(&at(&id)).await.says("<strong>You</strong>");
    let seen = patient.get(&format!("/p/norrtull/conversations/{id}")).await;
    seen.says("<strong>Anna Berg</strong>");
    seen.says("Kom hit");
    let empty = anna.write(&at(&id), &at(&id), &[("text", " ")]).await;
    assert_eq!(empty.status, 422);
    empty.says("Write something in the message.");
}

#[tokio::test]
async fn who_is_not_listed_is_told_which_setting_says_so() {
    let world = World::start().await;
    let (_, id) = came_in(&world, "Jag har ont").await;
    let mut anna = anna(&world).await;
    world.set("norrtull", "incoming", true, json!(["st-3"])).await;
    let list = anna.get("/work").await;
    list.says("You do not see all conversations");
    list.says(NOT_LISTED);
    list.is_silent_about("Jag har ont");
    let page = anna.get(&at(&id)).await;
    assert_eq!(page.status, 403);
    page.says(NOT_LISTED);
    page.is_silent_about("Jag har ont");
    let tried = anna.post(&at(&id), &[("token", list.token().as_str()), ("text", "Hej")]).await;
    assert_eq!(tried.status, 403);
    let swedish = anna.get("/work?lang=sv").await;
    swedish.says("”Inkommande meddelanden” på Norrtulls vårdcentral.");
    assert_eq!(world.texts("SELECT id FROM messages").await.len(), 1);
}

#[tokio::test]
async fn a_direction_that_is_off_is_read_and_not_answered() {
    let world = World::start().await;
    let (_, id) = came_in(&world, "Jag har ont").await;
    let mut anna = anna(&world).await;
    let open = anna.get(&at(&id)).await;
    world.set("norrtull", "incoming", false, json!("everyone")).await;
    let shut = anna.get(&at(&id)).await;
    assert_eq!(shut.status, 200);
    shut.says("Jag har ont");
    shut.says("You can read but not answer");
    shut.says(OFF);
    shut.is_silent_about("name=\"text\"");
    let late = anna.submit(&open, &at(&id), &[("text", "Skrivet innan det stängdes")]).await;
    assert_eq!(late.status, 403);
    late.says(OFF);
    late.says("Skrivet innan det stängdes");
}

#[tokio::test]
async fn a_professional_writes_first_where_the_settings_let_them() {
    let world = World::start().await;
    let (mut anna, mut patient) = (anna(&world).await, world.browser());
    let number = patient.patient().await;
    let fields = [("to", number.as_str()), ("text", "Dags för kontroll")];
    let (form, post) = ("/work/norrtull/new", "/work/norrtull/new/patient");
    let path = anna.write(form, post, &fields).await.leads();
    anna.get(&path).await.says("Dags för kontroll");
    patient.get("/p/norrtull").await.says("Dags för kontroll");

    let wrong = anna.write(form, post, &[("to", "<b>"), ("text", "Kvar")]).await;
    assert_eq!(wrong.status, 422);
    wrong.says("number, such as pt-41c7d2");
    wrong.says("Kvar");
    wrong.is_silent_about("<b>");

    let open = anna.get(form).await;
    world.set("norrtull", "healthcare-initiated", true, json!(["st-3"])).await;
    let page = anna.get(form).await;
    page.says("You cannot start conversations with patients");
    page.says("“Accessibility” of “Allow healthcare professionals to start conversations” at Norrtulls");
    page.is_silent_about(post);
    world.set("norrtull", "healthcare-initiated", false, json!("everyone")).await;
    let late = anna.submit(&open, post, &fields).await;
    assert_eq!(late.status, 403);
    late.says("“Allow healthcare professionals to start conversations” is off at Norrtulls vårdcentral.");
    late.says("Dags för kontroll");
    assert_eq!(world.texts("SELECT id FROM conversations").await.len(), 1);
}

#[tokio::test]
async fn another_clinic_is_written_to_and_answers() {
    let world = World::start().await;
    let mut anna = anna(&world).await;
    let (form, post) = ("/work/norrtull/new", "/work/norrtull/new/clinic");
    let refused = anna.write(form, post, &[("to", "vasa"), ("text", "Hej Vasa")]).await;
    assert_eq!(refused.status, 403);
    refused.says("“Incoming messages” is off at Vasa vårdcentral.");
    world.set("vasa", "incoming", true, json!("everyone")).await;
    for nobody in ["", "norrtull", "nowhere", "Norrtulls vårdcentral"] {
        let wrong = anna.write(form, post, &[("to", nobody), ("text", "Hej")]).await;
        assert_eq!(wrong.status, 422, "{nobody}");
        wrong.says("No other clinic is called that.");
    }
    let path = anna.write(form, post, &[("to", "VASA Vårdcentral"), ("text", "Hej Vasa")]).await.leads();
    let list = anna.get("/work").await;
    list.says("At other clinics");
    list.says(&format!("href=\"{path}\""));

    let mut eva = world.signed_in("eva@vasa.example", "st-8", false).await;
    let theirs = path.replace("norrtull", "vasa");
    eva.get("/work?lang=en").await.says(&format!("href=\"{theirs}\""));
    eva.get(&theirs).await.says("<strong>Norrtulls vårdcentral</strong>");
    assert_eq!(eva.write(&theirs, &theirs, &[("text", "Hej Norrtull")]).await.leads(), theirs);
    let page = anna.get(&path).await;
    page.says("<strong>Eva Lind</strong>");
    page.says("You answer for Norrtulls vårdcentral.");
    page.is_silent_about("/handover");
    assert_eq!(anna.write(&path, &path, &[("text", "Tack")]).await.leads(), path);
    let tried = anna.write(&path, &format!("{path}/handover"), &[("to", "vasa"), ("text", "Hej")]).await;
    assert_eq!(tried.status, 404, "only who holds a conversation hands it over");
    assert_eq!(eva.get(&path).await.status, 403, "each clinic's own address");
}

#[tokio::test]
async fn handing_over_asks_the_other_clinics_settings() {
    let world = World::start().await;
    let (_, id) = came_in(&world, "Jag har flyttat").await;
    let mut anna = anna(&world).await;
    let hand = format!("{}/handover", at(&id));
    let refused = anna.write(&at(&id), &hand, &[("to", "vasa"), ("text", "Er nu")]).await;
    assert_eq!(refused.status, 403);
    refused.says("The conversation was not handed over");
    refused.says("“Incoming messages” is off at Vasa vårdcentral.");
    refused.says("Er nu");
    for (fields, says) in [
        ([("to", "nowhere"), ("text", "Er nu")], "No other clinic is called that."),
        ([("to", "norrtull"), ("text", "Er nu")], "No other clinic is called that."),
        ([("to", "vasa"), ("text", "")], "Write something in the message."),
    ] {
        let wrong = anna.write(&at(&id), &hand, &fields).await;
        assert_eq!(wrong.status, 422, "{fields:?}");
        wrong.says(says);
    }
    world.set("vasa", "incoming", true, json!("everyone")).await;
    let done = anna.write(&at(&id), &hand, &[("to", "vasa"), ("text", "Er nu")]).await;
    let list = anna.get(&done.leads()).await;
    list.says("The conversation was handed over to Vasa vårdcentral.");
    list.is_silent_about(&id);
    assert_eq!(anna.get(&at(&id)).await.status, 404);
    let mut eva = world.signed_in("eva@vasa.example", "st-8", false).await;
    let page = eva.get(&format!("/work/vasa/conversations/{id}?lang=en")).await;
    page.says("Jag har flyttat");
    page.says("<strong>Anna Berg</strong> handed over to Vasa vårdcentral");
}

#[tokio::test]
async fn whoever_leaves_or_changes_role_is_out_at_once() {
    let world = World::start().await;
    let (_, id) = came_in(&world, "Jag har ont").await;
    let mut anna = anna(&world).await;
    assert_eq!(anna.get(&at(&id)).await.status, 200);
    let roles =
        "UPDATE staff SET document = replace(document, 'healthcare_professional', 'scheduler') WHERE id = 'st-1'";
    assert_eq!(world.sql(roles).await, 1);
    for path in ["/work".to_owned(), at(&id), "/work/norrtull/new".to_owned()] {
        assert_eq!(anna.get(&path).await.status, 403, "{path}");
    }
    world
        .sql("UPDATE staff SET document = replace(document, 'scheduler', 'healthcare_professional') WHERE id = 'st-1'")
        .await;
    assert_eq!(anna.get(&at(&id)).await.status, 200);
    world
        .sql("UPDATE staff SET document = replace(document, '\"active\":true', '\"active\":false') WHERE id = 'st-1'")
        .await;
    assert!(anna.get(&at(&id)).await.asks_to_sign_in());
}

#[tokio::test]
async fn what_the_pages_do_is_what_the_api_says() {
    let world = World::start().await;
    let (_, id) = came_in(&world, "Jag har ont").await;
    let mut anna = anna(&world).await;
    for enabled in [true, false] {
        for list in [json!("everyone"), json!(["st-1"]), json!(["st-3"]), json!([])] {
            world.set("norrtull", "incoming", enabled, list.clone()).await;
            world.set("norrtull", "healthcare-initiated", enabled, list.clone()).await;
            for (action, page, form) in [
                ("respond", at(&id), format!("action=\"{}\"", at(&id))),
                ("send", "/work/norrtull/new".to_owned(), "action=\"/work/norrtull/new/patient\"".to_owned()),
            ] {
                let path = format!("norrtull/access?person=st-1&action={action}");
                let (_, said) = world.api(Method::GET, &path, None).await;
                let page = anna.get(&page).await;
                assert_eq!(page.text.contains(&form), said["allowed"] == true, "{action} {enabled} {list}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn long_lists_are_read_page_by_page() {
    let world = World::start().await;
    let body = json!({"from": {"patient": "pt-1"}, "to": {"clinic": "norrtull"}, "text": "Hej"});
    for _ in 0..33 {
        assert_eq!(world.api(Method::POST, "norrtull/conversations", Some(&body)).await.0, 201);
    }
    let mut anna = anna(&world).await;
    let first = anna.get("/work").await;
    let older = format!("/work?before={}", first.between("href=\"/work?before=", "\"").replace("&amp;", "&"));
    let second = anna.get(&older).await;
    let ids = |page: &super::world::Page| page.all_between("href=\"/work/norrtull/conversations/", "\"");
    assert_eq!((ids(&first).len(), ids(&second).len()), (30, 3));
    assert!(ids(&second).iter().all(|id| !ids(&first).contains(id)));
    second.is_silent_about("Older</a>");
    assert_eq!(anna.get("/work?before=x&id=%00").await.status, 200);
}
