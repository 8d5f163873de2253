//! *Messages > Settings*: the labels of the domain, finding people, saving, and what is warned about.

use super::browser::{Browser, world, world_of};
use serde_json::{Value, json};

const PAGE: &str = "/admin/norrtull/settings";

fn people(value: &Value) -> Vec<&str> {
    value["accessible_to"].as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn the_widgets_have_the_labels_of_the_domain_in_both_languages() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    kim.get(PAGE)
        .await
        .shows("Allow healthcare professionals to start conversations")
        .shows("Incoming messages")
        .shows("Allow patients and other clinics to start/handover conversations")
        .shows("Accessibility")
        .shows("Accessible for all healthcare professionals")
        .shows("Save");
    kim.in_swedish()
        .get(PAGE)
        .await
        .shows("Låt vårdpersonal starta konversationer")
        .shows("Inkommande meddelanden")
        .shows("Låt patienter och andra mottagningar starta och lämna över konversationer")
        .shows("Åtkomst för all vårdpersonal")
        .shows("Spara");
}

#[tokio::test]
async fn each_widget_is_saved_by_itself_in_the_name_of_its_person() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim Nordin").await;
    let form = kim.get(PAGE).await.form().without("incoming-enabled", "on");
    let page = kim.press(&form, "save:incoming").await;
    page.shows("Saved.").shows("Last changed by Kim Nordin");
    assert!(page.address.starts_with(PAGE), "{}", page.address);
    let clinic = world.clinic("norrtull").await;
    assert_eq!(clinic["messaging"]["incoming"]["enabled"], json!(false));
    assert_eq!(clinic["messaging"]["healthcare_initiated"]["enabled"], json!(true));
    let entry = &world.changes("norrtull").await[0];
    assert_eq!((&entry["by"], &entry["kind"]), (&json!("Kim Nordin"), &json!("person")));
    assert_eq!(entry["resource"], json!("messaging/incoming"));
}

#[tokio::test]
async fn saving_what_is_so_already_makes_no_entry() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let before = world.changes("norrtull").await.len();
    let form = kim.get(PAGE).await.form();
    kim.press(&form, "save:incoming").await.shows("It was so already.");
    assert_eq!(world.changes("norrtull").await.len(), before);
}

#[tokio::test]
async fn people_are_found_by_a_part_of_their_name_and_only_those_who_can_be_chosen() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(PAGE).await.form();
    let found = |page: &super::browser::Page| page.between("id=\"incoming-found\"", "</section>").to_owned();
    let page = kim.press(&form.clone().with("incoming-search", "ÖBER"), "look").await;
    assert!(found(&page).contains("Åsa Öberg") && found(&page).contains("physician"), "{}", found(&page));
    for (search, hidden) in [("Lars", "Lars Ek"), ("pia", "Pia"), ("Eva", "Eva Lind")] {
        let page = kim.press(&form.clone().with("incoming-search", search), "look").await;
        let found = found(&page);
        assert!(!found.contains(hidden) && found.contains("Nobody who can be chosen"), "{found}");
        assert_eq!(page.form().values("incoming-search"), [search]);
    }
}

#[tokio::test]
async fn searching_again_loses_nothing_of_either_widget() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(PAGE).await.form();
    let form =
        form.without("incoming-enabled", "on").without("initiated-everyone", "on").and("incoming-people", "st-2");
    let page = kim.press(&form.with("incoming-search", "anna").with("initiated-search", "åsa"), "look").await;
    page.shows("Not saved yet");
    let kept = page.form();
    assert_eq!(kept.values("incoming-people"), ["st-1", "st-3", "st-2"], "in the order of the names");
    assert_eq!((kept.values("incoming-enabled"), kept.values("initiated-everyone")), (vec![], vec![]));
    assert_eq!(kept.values("initiated-enabled"), ["on"]);
    let page = kim.press(&kept.without("incoming-people", "st-1"), "look").await;
    assert_eq!(page.form().values("incoming-people"), ["st-3", "st-2"]);
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1), "nothing was saved");
    kim.press(&page.form(), "save:incoming").await.shows("Saved.").shows("Not saved yet");
    let clinic = world.clinic("norrtull").await;
    assert_eq!(people(&clinic["messaging"]["incoming"]), ["st-2", "st-3"]);
    assert_eq!(
        clinic["messaging"]["healthcare_initiated"]["accessible_to"],
        json!("everyone"),
        "the other is not saved"
    );
}

#[tokio::test]
async fn who_has_left_is_shown_so_and_can_be_taken_out() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let page = kim.get(PAGE).await;
    assert!(page.between("Lars Ek", "</li>").contains("Has left"), "{}", page.main());
    let form = page.form().without("incoming-people", "st-3");
    kim.press(&form, "save:incoming").await.shows("Saved.").hides("Lars Ek");
    assert_eq!(people(&world.clinic("norrtull").await["messaging"]["incoming"]), ["st-1"]);
}

#[tokio::test]
async fn who_cannot_be_chosen_is_refused_by_name_and_nothing_is_lost() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(PAGE).await.form().without("initiated-enabled", "on");
    let form = form.and("incoming-people", "st-4").and("incoming-people", "st-none");
    let page = kim.press(&form, "save:incoming").await;
    assert_eq!(page.status, 422);
    page.shows("Nothing was saved")
        .shows("Pia 100%_Ek cannot be chosen: is no healthcare professional")
        .shows("st-none cannot be chosen: is not at this clinic");
    assert_eq!(page.form().values("incoming-people"), ["st-1", "st-3", "st-4", "st-none"]);
    assert!(page.form().values("initiated-enabled").is_empty());
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1));
}

#[tokio::test]
async fn choosing_survives_a_tick_at_everybody() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(PAGE).await.form().and("incoming-everyone", "on");
    let page = kim.press(&form, "look").await;
    assert_eq!(page.form().values("incoming-people"), ["st-1", "st-3"]);
    kim.press(&page.form(), "save:incoming").await.shows("Saved.");
    assert_eq!(world.clinic("norrtull").await["messaging"]["incoming"]["accessible_to"], json!("everyone"));
}

#[tokio::test]
async fn unwise_states_are_saved_and_warned_about() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let page = kim.get(PAGE).await;
    page.shows("no button to a new message is active").hides("nobody may respond");
    let form = page.form().without("incoming-people", "st-1");
    kim.press(&form, "save:incoming").await.shows("Switched on, but nobody may respond");
    let form = kim.get(PAGE).await.form().without("initiated-everyone", "on");
    kim.press(&form, "save:initiated").await.shows("nobody may start conversations");
    let form = kim.get("/admin/norrtull/interface").await.form();
    kim.press(&form, "activate:new-message").await;
    let form = kim.get(PAGE).await.form().without("incoming-enabled", "on");
    kim.press(&form, "save:incoming").await.shows("A patient who presses it gets nowhere.");
}

#[tokio::test]
async fn settings_that_a_service_has_set_say_so() {
    let seed = super::world::SEED.replace(
        "      - {resource: messaging/incoming, by: karin.holm, kind: person, at: \"2026-11-02T08:15:00Z\"}\n",
        "",
    );
    let world = world_of(&seed).await;
    let kim = Browser::global(&world, "Kim").await;
    let page = kim.get(PAGE).await;
    let note = page.between("class=\"banner\"", "</div>");
    for part in ["Managed as configuration", "config-pipeline", "1 Nov 2026", "9f3c2ab", "show as drift", "overwritten"]
    {
        assert!(note.contains(part), "{part}: {note}");
    }
    let form = page.form().without("incoming-enabled", "on");
    kim.press(&form, "save:incoming").await.hides("Managed as configuration").shows("Last changed by Kim");
}

#[tokio::test]
async fn a_form_that_nobody_opened_changes_nothing() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(PAGE).await.form().without("incoming-enabled", "on");
    assert_eq!(kim.press(&form.clone().with("incoming-revision", "one"), "save:incoming").await.status, 400);
    assert_eq!(kim.press(&form, "save:everything").await.status, 200, "an unknown button looks, and saves nothing");
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1));
}
