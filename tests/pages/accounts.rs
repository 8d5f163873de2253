//! Accounts: one-time links, and the ends of accounts.

use super::world::{Browser, PASSWORD, Page, ROOT, World};

const ANNA: &str = "anna@norrtull.example";

async fn choose(browser: &mut Browser, link: &str, password: &str) -> Page {
    let page = browser.get(link).await;
    let (path, code) = link.split_once("?code=").expect("a link carries its code");
    browser.submit(&page, path, &[("code", code), ("password", password)]).await
}

/// Presses a button beside an account.
async fn press(browser: &mut Browser, account: &str, act: &str) -> Page {
    let page = browser.get("/").await;
    browser.submit(&page, &format!("/admin/accounts/{account}/{act}"), &[]).await
}

async fn id(world: &World) -> String {
    world.texts("SELECT id FROM accounts WHERE login = 'anna@norrtull.example'").await.remove(0)
}

#[tokio::test]
async fn a_link_chooses_a_password_once() {
    let world = World::start().await;
    let link = world.link(ANNA, "st-1", false).await;
    let code = link.split_once('=').unwrap().1;
    assert!(!world.holds(code), "only a digest is stored");
    let mut holder = world.browser();
    assert_eq!(holder.sign_in(ANNA, "").await.status, 422, "without a password nobody signs in");
    assert_eq!(choose(&mut holder, &link, "short").await.status, 422);
    assert_eq!(choose(&mut holder, &link, PASSWORD).await.header("location"), "/sign-in?done=password");
    assert_eq!(choose(&mut holder, &link, "another long password").await.status, 422, "once");
    assert_eq!(holder.sign_in(ANNA, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_old_or_replaced_link_is_worth_nothing() {
    let world = World::start().await;
    let first = world.link(ANNA, "st-1", false).await;
    let mut root = world.sign_in(ROOT).await;
    let second = press(&mut root, &id(&world).await, "link").await.link();
    let mut holder = world.browser();
    assert_eq!(choose(&mut holder, &first, PASSWORD).await.status, 422, "replaced");
    assert_eq!(
        world
            .texts("SELECT subject FROM codes WHERE expires > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+4321 minutes')")
            .await
            .len(),
        0
    );
    world.sql("UPDATE codes SET expires = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 seconds')").await;
    assert_eq!(choose(&mut holder, &second, PASSWORD).await.status, 422, "too old");
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let world = World::start().await;
    let mut anna = world.signed_in(ANNA, "st-1", false).await;
    let mut root = world.sign_in(ROOT).await;
    let link = press(&mut root, &id(&world).await, "link").await.link();
    assert!(anna.is_signed_in().await, "a link alone changes nothing");
    choose(&mut world.browser(), &link, "another long password").await;
    assert!(!anna.is_signed_in().await);
    assert!(root.is_signed_in().await);
    assert_eq!(anna.sign_in(ANNA, PASSWORD).await.status, 422);
    assert_eq!(anna.sign_in(ANNA, "another long password").await.status, 303);
}

#[tokio::test]
async fn ending_an_account_ends_its_sessions_and_links_at_once() {
    let world = World::start().await;
    let mut anna = world.signed_in(ANNA, "st-1", false).await;
    let (mut root, id) = (world.sign_in(ROOT).await, id(&world).await);
    let link = press(&mut root, &id, "link").await.link();
    assert_eq!(press(&mut root, &id, "end").await.header("location"), "/admin/accounts");
    assert!(!anna.is_signed_in().await);
    let logins = "SELECT DISTINCT login FROM sessions JOIN accounts ON accounts.id = sessions.account";
    assert_eq!(world.texts(logins).await, [ROOT], "gone, not only refused");
    assert_eq!(anna.sign_in(ANNA, PASSWORD).await.status, 422);
    assert_eq!(choose(&mut anna, &link, PASSWORD).await.status, 422, "nor does the link open it again");
    assert_eq!(press(&mut root, &id, "link").await.status, 404, "nor is there a new one");
    assert_eq!(press(&mut root, &id, "restore").await.status, 303);
    assert!(!anna.is_signed_in().await, "what has ended stays ended");
    assert_eq!(anna.sign_in(ANNA, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_account_that_is_inactive_has_no_session_however_it_became_so() {
    let world = World::start().await;
    let mut anna = world.signed_in(ANNA, "st-1", false).await;
    world.sql("UPDATE accounts SET active = 0 WHERE login = 'anna@norrtull.example'").await;
    assert!(!anna.is_signed_in().await);
}

#[tokio::test]
async fn somebody_is_always_left_who_can_let_others_in() {
    let world = World::start().await;
    let mut root = world.sign_in(ROOT).await;
    let own = world.texts("SELECT id FROM accounts").await.remove(0);
    assert_eq!(press(&mut root, &own, "end").await.status, 404);
    assert!(root.is_signed_in().await);
    let other = world.signed_in("second@demo.example", "", true).await;
    let ids = world.texts("SELECT id FROM accounts ORDER BY login").await;
    assert_eq!(press(&mut other.clone(), &ids[0], "end").await.status, 303, "another one may");
    assert!(!root.is_signed_in().await);
    assert_eq!(press(&mut other.clone(), &ids[1], "end").await.status, 404);
}

#[tokio::test]
async fn one_address_and_one_staff_member_have_one_account() {
    let world = World::start().await;
    world.account(ANNA, "st-1", false).await;
    let mut root = world.sign_in(ROOT).await;
    for (login, staff, status) in [
        ("ANNA@norrtull.example", "", 422),
        ("other@norrtull.example", "st-1", 422),
        ("other@norrtull.example", "st-77", 422),
        ("other@norrtull.example", "st-2", 200),
    ] {
        let page = root.get("/admin/accounts").await;
        let made = root.submit(&page, "/admin/accounts", &[("name", "X"), ("login", login), ("staff", staff)]).await;
        assert_eq!(made.status, status, "{login} {staff}");
    }
}

#[tokio::test]
async fn the_list_is_searched_and_shows_names_as_they_are() {
    let world = World::start().await;
    let mut root = world.sign_in(ROOT).await;
    let page = root.get("/admin/accounts").await;
    let evil = "<b>100%_\"&</b>";
    root.submit(&page, "/admin/accounts", &[("name", evil), ("login", "evil@demo.example")]).await;
    let rows = |page: &Page| page.text.matches("<th scope=\"row\">").count();
    for (search, count) in [("", 2), ("EVIL", 1), ("%25_", 1), ("_", 1), ("nobody", 0), ("root@", 1)] {
        let page = root.get(&format!("/admin/accounts?q={search}")).await;
        assert_eq!(rows(&page), count, "{search}");
        assert!(!page.text.contains("<b>"), "{search}");
    }
}
