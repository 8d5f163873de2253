//! Lockout: how often a guess may fail, and what a guesser learns.

use super::world::{Browser, PASSWORD, ROOT, World, with_form};

async fn guess(browser: &mut Browser, login: &str, password: &str) -> u16 {
    browser.sign_in(login, password).await.status.as_u16()
}

#[tokio::test]
async fn after_five_failures_an_account_is_locked_even_for_the_right_password() {
    let world = World::start().await;
    world.account("anna@norrtull.example", "st-1", false).await;
    let mut browser = world.browser();
    for _ in 0..5 {
        assert_eq!(guess(&mut browser, ROOT, "wrong horse battery").await, 422);
    }
    assert_eq!(guess(&mut browser, ROOT, PASSWORD).await, 429);
    assert_eq!(guess(&mut browser, &ROOT.to_uppercase(), PASSWORD).await, 429, "however it is spelt");
    assert_eq!(guess(&mut browser, "anna@norrtull.example", PASSWORD).await, 303, "others are not locked");
}

#[tokio::test]
async fn a_lockout_ends_by_itself_and_guessing_on_does_not_prolong_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    for _ in 0..8 {
        guess(&mut browser, ROOT, "wrong horse battery").await;
    }
    world.sql("UPDATE attempts SET since = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-14 minutes')").await;
    assert_eq!(guess(&mut browser, ROOT, PASSWORD).await, 429);
    world.sql("UPDATE attempts SET since = strftime('%Y-%m-%dT%H:%M:%SZ', since, '-2 minutes')").await;
    assert_eq!(guess(&mut browser, ROOT, PASSWORD).await, 303);
}

#[tokio::test]
async fn signing_in_forgives_the_failures_before_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(guess(&mut browser, ROOT, "wrong horse battery").await, 422);
        }
        assert_eq!(guess(&mut world.browser(), ROOT, PASSWORD).await, 303);
    }
}

#[tokio::test]
async fn an_address_that_tries_many_accounts_is_locked_for_all_of_them() {
    let world = World::start().await;
    let mut browser = world.browser();
    assert_eq!(guess(&mut browser, "a@norrtull.example", "wrong horse battery").await, 422);
    assert_eq!(guess(&mut browser, "b@norrtull.example", "wrong horse battery").await, 422);
    // The one counter that stands at two is that of the address.
    assert_eq!(world.sql("UPDATE attempts SET failures = 49 WHERE failures = 2").await, 1);
    assert_eq!(guess(&mut browser, "c@norrtull.example", "wrong horse battery").await, 422);
    assert_eq!(guess(&mut browser, ROOT, PASSWORD).await, 429);
    assert_eq!(guess(&mut browser, "d@norrtull.example", PASSWORD).await, 429);
}

#[tokio::test]
async fn replicas_count_together() {
    let world = World::start().await;
    let other = world.replica().await;
    let (mut here, mut there) = (world.browser(), Browser::of(&other));
    for _ in 0..3 {
        assert_eq!(guess(&mut here, ROOT, "wrong horse battery").await, 422);
    }
    for _ in 0..2 {
        assert_eq!(guess(&mut there, ROOT, "wrong horse battery").await, 422);
    }
    assert_eq!(guess(&mut there, ROOT, PASSWORD).await, 429);
    assert_eq!(guess(&mut here, ROOT, PASSWORD).await, 429);
}

#[tokio::test]
async fn many_guesses_at_once_do_not_slip_in_under_the_limit() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.get("/sign-in").await;
    let guesses = (0..20).map(|_| {
        let mut browser = browser.clone();
        let token = page.token();
        async move {
            let fields = [("token", token.as_str()), ("login", ROOT), ("password", "wrong horse battery")];
            browser.post("/sign-in", &fields).await.status.as_u16()
        }
    });
    let answers = futures_util::future::join_all(guesses).await;
    let looked_at = answers.iter().filter(|status| **status == 422).count();
    assert!(looked_at <= 5, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 20 - looked_at);
}

#[tokio::test]
async fn a_guesser_cannot_tell_which_accounts_there_are() {
    let world = World::start().await;
    world.link("waits@norrtull.example", "", false).await;
    let same = |text: &str, login: &str| text.replace(login, "LOGIN");
    let mut answers = Vec::new();
    for login in [ROOT, "nobody@norrtull.example", "waits@norrtull.example"] {
        let mut browser = world.browser();
        let mut seen = Vec::new();
        for _ in 0..6 {
            let answer = browser.sign_in(login, "wrong horse battery").await;
            let text = same(&answer.text, login);
            seen.push((
                answer.status,
                text.split("<main").nth(1).unwrap().split("name=\"token\"").next().unwrap().to_owned(),
            ));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1], "an account that is there, and one that is not");
    assert_eq!(answers[0], answers[2], "and one without a password");
    assert!(!world.holds("nobody@norrtull.example"), "what was typed is kept as a digest");
}

/// Guesses at an account nobody has, until the address is locked or the password was looked at.
async fn guess_from(world: &World, forwarded: &str) -> u16 {
    let mut browser = world.browser();
    let page = browser.get("/sign-in").await;
    let login = format!("{forwarded}@norrtull.example");
    let fields = [("token", page.token()), ("login", login), ("password", "wrong horse battery".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let request = browser.request(reqwest::Method::POST, "/sign-in").header("Origin", &browser.origin);
    let request = with_form(request.header("X-Forwarded-For", forwarded), &fields);
    browser.send(request).await.status.as_u16()
}

#[tokio::test]
async fn behind_a_proxy_everybody_is_counted_for_themselves() {
    let world = World::behind_proxy().await;
    assert_eq!(guess_from(&world, "192.0.2.1").await, 422);
    world.sql("UPDATE attempts SET failures = 60").await;
    assert_eq!(guess_from(&world, "192.0.2.1").await, 429);
    assert_eq!(guess_from(&world, "192.0.2.2").await, 422);
    assert_eq!(guess_from(&world, "192.0.2.3, 192.0.2.1").await, 429, "a guesser's own word counts for nothing");
}

#[tokio::test]
async fn without_a_proxy_nobody_is_believed_about_their_address() {
    let world = World::new().await;
    assert_eq!(guess_from(&world, "192.0.2.1").await, 422);
    world.sql("UPDATE attempts SET failures = 60").await;
    assert_eq!(guess_from(&world, "192.0.2.2").await, 429);
}
