//! Two people save the same form: nothing is lost, and who comes second decides.

use super::browser::{Browser, world};
use serde_json::json;

const SETTINGS: &str = "/admin/norrtull/settings";
const PAGE: &str = "/admin/norrtull/interface";

#[tokio::test]
async fn the_second_sees_both_versions_and_nothing_is_saved() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = kim.get(SETTINGS).await.form();
    kim.press(&form.clone().and("incoming-people", "st-2"), "save:incoming").await.shows("Saved.");
    let page = bo.press(&form.without("incoming-enabled", "on"), "save:incoming").await;
    assert_eq!(page.status, 409);
    page.shows("Somebody else was first").shows("Saved by Kim");
    let (theirs, mine) = (page.between("id=\"theirs\"", "</section>"), page.between("id=\"mine\"", "</section>"));
    assert!(theirs.contains(">On<") && theirs.contains("Åsa Öberg"), "{theirs}");
    assert!(mine.contains(">Off<") && !mine.contains("Åsa Öberg") && mine.contains("Anna Berg"), "{mine}");
    let incoming = world.clinic("norrtull").await["messaging"]["incoming"].clone();
    assert_eq!((&incoming["enabled"], &incoming["last_change"]["by"]), (&json!(true), &json!("Kim")));
}

#[tokio::test]
async fn mine_is_saved_on_top_when_asked() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = kim.get(SETTINGS).await.form();
    kim.press(&form.clone().and("incoming-people", "st-2"), "save:incoming").await;
    let page = bo.press(&form.without("incoming-people", "st-3"), "save:incoming").await;
    bo.press(&page.form(), "save:incoming").await.shows("Saved.");
    let incoming = world.clinic("norrtull").await["messaging"]["incoming"].clone();
    assert_eq!((&incoming["accessible_to"], &incoming["last_change"]["by"]), (&json!(["st-1"]), &json!("Bo")));
    // And if a third one came in between, it is asked again.
    kim.press(&kim.get(SETTINGS).await.form().without("incoming-enabled", "on"), "save:incoming").await;
    assert_eq!(bo.press(&page.form(), "save:incoming").await.status, 409);
}

#[tokio::test]
async fn theirs_is_kept_when_asked_and_the_other_widget_as_typed() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = kim.get(SETTINGS).await.form();
    kim.press(&form.clone().and("incoming-people", "st-2"), "save:incoming").await;
    let mine = form.without("incoming-enabled", "on").without("initiated-enabled", "on");
    let page = bo.press(&mine, "save:incoming").await;
    let page = bo.press(&page.form(), "keep:incoming").await;
    let form = page.form();
    assert_eq!((form.values("incoming-enabled"), form.values("incoming-revision")), (vec!["on"], vec!["2"]));
    assert!(form.values("incoming-people").contains(&"st-2"));
    assert!(form.values("initiated-enabled").is_empty());
    assert_eq!(world.clinic("norrtull").await["revision"], json!(2));
}

#[tokio::test]
async fn changes_elsewhere_in_the_clinic_stop_nobody() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = bo.get(SETTINGS).await.form().without("incoming-enabled", "on");
    kim.press(&kim.get(SETTINGS).await.form().without("initiated-enabled", "on"), "save:initiated").await;
    kim.press(&kim.get(PAGE).await.form(), "deactivate:book").await;
    let page = bo.press(&form, "save:incoming").await;
    page.shows("Meanwhile somebody else changed something else at the clinic; that is kept.");
    let clinic = world.clinic("norrtull").await;
    let enabled = |direction: &str| clinic["messaging"][direction]["enabled"].clone();
    assert_eq!((enabled("incoming"), enabled("healthcare_initiated")), (json!(false), json!(false)));
    // What Kim switched off was on in Bo's form: it is no typing of Bo's, and is not shown as such.
    page.hides("Not saved yet");
}

#[tokio::test]
async fn a_change_that_was_taken_back_stops_nobody() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let opened = bo.get(SETTINGS).await.form();
    kim.press(&opened.clone().without("incoming-enabled", "on"), "save:incoming").await;
    kim.press(&kim.get(SETTINGS).await.form().and("incoming-enabled", "on"), "save:incoming").await;
    bo.press(&opened.and("incoming-people", "st-2"), "save:incoming").await.shows("Meanwhile somebody else");
}

#[tokio::test]
async fn two_who_want_the_same_do_not_meet() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = kim.get(SETTINGS).await.form().without("incoming-enabled", "on");
    kim.press(&form, "save:incoming").await.shows("Saved.");
    bo.press(&form, "save:incoming").await.shows("It was so already.");
    assert_eq!(world.clinic("norrtull").await["revision"], json!(2));
}

#[tokio::test]
async fn a_button_that_was_changed_or_deleted_meanwhile_is_asked_about() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let path = format!("{PAGE}/buttons/book");
    let form = bo.get(&path).await.form();
    kim.press(&form.clone().with("title-en", "Reserve"), "save").await;
    let page = bo.press(&form.clone().with("title-en", "Book now"), "save").await;
    assert_eq!(page.status, 409);
    page.shows("Reserve").shows("Book now").shows("Saved by Kim");
    bo.press(&page.form(), "save").await.shows("Saved.").shows("Book now");
    let form = bo.get(&path).await.form().with("title-en", "Again");
    kim.press(&kim.get(&format!("{path}/delete")).await.form(), "delete").await;
    let page = bo.press(&form, "save").await;
    assert_eq!(page.status, 409);
    page.shows("Removed").shows("Again");
    bo.press(&page.form(), "save").await.shows("Saved.").shows("Again");
    // And who deletes what somebody else has just changed is asked as well.
    let form = kim.get(&format!("{path}/delete")).await.form();
    bo.press(&bo.get(PAGE).await.form(), "deactivate:book").await;
    let page = kim.press(&form, "delete").await;
    assert_eq!(page.status, 409);
    kim.press(&page.form(), "delete").await.shows("Saved.").hides("Again");
}

#[tokio::test]
async fn a_switch_in_the_list_never_overwrites_another_change() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = bo.get(PAGE).await.form();
    kim.press(&kim.get(&format!("{PAGE}/buttons/book")).await.form().with("title-en", "Reserve"), "save").await;
    let page = bo.press(&form, "deactivate:book").await;
    assert_eq!(page.status, 409);
    bo.press(&page.form(), "deactivate:book").await.shows("Saved.");
    let button = world.clinic("norrtull").await["buttons"][0].clone();
    assert_eq!((&button["title"]["en"], &button["active"]), (&json!("Reserve"), &json!(false)));
}

#[tokio::test]
async fn two_orders_are_compared_and_new_buttons_find_their_place() {
    let world = world().await;
    let (kim, bo) = (Browser::global(&world, "Kim").await, Browser::global(&world, "Bo").await);
    let form = bo.get(PAGE).await.form();
    let new = kim.get(&format!("{PAGE}/new")).await.form().with("leads-to", "drop_in").with("title-en", "Drop in");
    kim.press(&new, "save").await;
    kim.press(&kim.get(PAGE).await.form(), "up:call").await;
    let page = bo.press(&form, "up:new-message").await;
    assert_eq!(page.status, 409);
    page.shows("Ring oss → Book → New message → Drop in").shows("Book → New message → Ring oss → Drop in");
    bo.press(&page.form(), "order").await.shows("Saved.");
    let clinic = world.clinic("norrtull").await;
    let order: Vec<_> = (0..4).map(|at| clinic["buttons"][at]["id"].clone()).collect();
    assert_eq!(order, ["book", "new-message", "call", "drop-in"]);
}

#[tokio::test]
async fn a_form_of_another_time_is_asked_about_and_never_saved_blindly() {
    let world = world().await;
    let kim = Browser::global(&world, "Kim").await;
    let form = kim.get(SETTINGS).await.form().without("incoming-enabled", "on");
    let page = kim.press(&form.with("incoming-revision", "99"), "save:incoming").await;
    assert_eq!(page.status, 409);
    page.shows("Saved by somebody else");
    assert_eq!(world.clinic("norrtull").await["revision"], json!(1));
}
