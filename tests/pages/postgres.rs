//! The same on PostgreSQL: accounts, sessions, counters and codes, on two replicas.

use super::world::{Browser, PASSWORD, ROOT, World};
use crate::support::postgres;
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;

const ANNA: &str = "anna@norrtull.example";

#[tokio::test]
async fn an_account_begins_signs_in_and_ends_on_every_replica() {
    let world = World::on_postgres(&postgres::database()).await.with_root().await;
    let other = world.replica().await;
    assert_eq!(other.set_up_code().await.unwrap(), None);
    let mut anna = world.signed_in(ANNA, "st-1", false).await;
    let mut there = Browser::of(&other);
    there.cookies.clone_from(&anna.cookies);
    assert!(there.is_signed_in().await);
    let mut root = Browser::of(&other);
    assert_eq!(root.sign_in(ROOT, PASSWORD).await.status, 303);
    let page = root.get("/admin/accounts?q=ANNA").await;
    assert_eq!(page.text.matches("<th scope=\"row\">").count(), 1);
    let (_, rest) = page.text.split_once("action=\"/admin/accounts/").unwrap();
    let end = format!("/admin/accounts/{}/end", rest.split('/').next().unwrap());
    assert_eq!(root.submit(&page, &end, &[]).await.status, 303);
    assert!(!anna.is_signed_in().await && !there.is_signed_in().await);
    assert_eq!(anna.sign_in(ANNA, PASSWORD).await.status, 422);
}

#[tokio::test]
async fn replicas_count_failures_together_until_the_window_has_passed() {
    let address = postgres::database();
    let world = World::on_postgres(&address).await.with_root().await;
    let other = world.replica().await;
    let (mut here, mut there) = (world.browser(), Browser::of(&other));
    for at in 0..5 {
        let browser = if at % 2 == 0 { &mut here } else { &mut there };
        assert_eq!(browser.sign_in(ROOT, "wrong horse battery").await.status, 422);
    }
    assert_eq!(there.sign_in(ROOT, PASSWORD).await.status, 429);
    let mut hand = PgConnectOptions::from_str(&address).unwrap().connect().await.unwrap();
    let past = "UPDATE attempts SET since = '2026-01-01T00:00:00Z'";
    sqlx::query(past).execute(&mut hand).await.unwrap();
    assert_eq!(there.sign_in(ROOT, PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_code_or_a_link_works_once_whichever_replica_is_asked() {
    let world = World::on_postgres(&postgres::database()).await;
    let other = world.replica().await;
    let code = world.running.set_up_code().await.unwrap().unwrap();
    let (mut here, mut there) = (world.browser(), Browser::of(&other));
    let (one, two) =
        tokio::join!(set_up(&mut here, &code, "a@demo.example"), set_up(&mut there, &code, "b@demo.example"));
    assert_ne!((one, two), (422, 422));
    let a = world.browser().sign_in("a@demo.example", PASSWORD).await;
    let b = world.browser().sign_in("b@demo.example", PASSWORD).await;
    assert_eq!([a.status, b.status].iter().filter(|status| **status == 303).count(), 1, "one account");
}

async fn set_up(browser: &mut Browser, code: &str, login: &str) -> u16 {
    let page = browser.get("/set-up").await;
    if page.status == 303 {
        return 303;
    }
    let fields = [("code", code), ("name", "Root"), ("login", login), ("password", PASSWORD)];
    browser.submit(&page, "/set-up", &fields).await.status.as_u16()
}
