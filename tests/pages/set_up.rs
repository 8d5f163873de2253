//! The first account: made with the code of a first start, once.

use super::world::{Browser, PASSWORD, ROOT, World};

async fn set_up(browser: &mut Browser, code: &str, login: &str) -> u16 {
    let page = browser.get("/set-up").await;
    if page.status == 303 {
        return 303;
    }
    let fields = [("code", code), ("name", "Root"), ("login", login), ("password", PASSWORD)];
    browser.submit(&page, "/set-up", &fields).await.status.as_u16()
}

async fn code(world: &World) -> String {
    world.running.set_up_code().await.expect("the store answers").expect("nobody has an account")
}

#[tokio::test]
async fn the_code_makes_one_global_administrator_and_then_no_more() {
    let world = World::new().await;
    let code = code(&world).await;
    assert!(!world.holds(&code) && !world.holds(&code.replace('-', "")), "only a digest is stored");
    let mut browser = world.browser();
    assert_eq!(set_up(&mut browser, &code.to_lowercase().replace('-', " "), ROOT).await, 303);
    assert_eq!(world.sign_in(ROOT).await.get("/admin/accounts").await.status, 200);

    let fields = [("code", code.as_str()), ("name", "B"), ("login", "b@demo.example"), ("password", PASSWORD)];
    let mut again = world.browser();
    let token = again.token_for(clinic_system::Needs::Nobody).await;
    let answer = again.post("/set-up", &[&[("token", token.as_str())][..], &fields].concat()).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/sign-in"));
    assert_eq!(world.texts("SELECT login FROM accounts").await, [ROOT]);
    assert_eq!(world.running.set_up_code().await.unwrap(), None, "no further start prints one");
}

#[tokio::test]
async fn a_wrong_old_or_replaced_code_makes_nothing() {
    let world = World::new().await;
    let mut browser = world.browser();
    let first = code(&world).await;
    for wrong in ["", "x", "00000-00000-00000-00000"] {
        assert_eq!(set_up(&mut browser, wrong, ROOT).await, 422, "{wrong}");
    }
    let second = code(&world).await;
    assert_ne!(first, second);
    assert_eq!(set_up(&mut browser, &first, ROOT).await, 422, "a newer start has a newer code");
    world.sql("UPDATE codes SET expires = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 seconds')").await;
    assert_eq!(set_up(&mut browser, &second, ROOT).await, 422, "too old");
    let within: Vec<String> = {
        code(&world).await;
        world
            .texts("SELECT subject FROM codes WHERE expires < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+61 minutes')")
            .await
    };
    assert_eq!(within, ["set-up"], "it is good for an hour");
    assert_eq!(world.texts("SELECT login FROM accounts").await.len(), 0);
}

#[tokio::test]
async fn two_who_have_the_code_make_one_account() {
    let world = World::new().await;
    let code = code(&world).await;
    let (mut one, mut other) = (world.browser(), world.browser());
    let answers = tokio::join!(set_up(&mut one, &code, "a@demo.example"), set_up(&mut other, &code, "b@demo.example"));
    assert_eq!(world.texts("SELECT login FROM accounts").await.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn guessing_the_code_locks_the_address() {
    let world = World::new().await;
    let mut browser = world.browser();
    assert_eq!(set_up(&mut browser, "00000-00000-00000-00000", ROOT).await, 422);
    world.sql("UPDATE attempts SET failures = 50").await;
    let code = code(&world).await;
    assert_eq!(set_up(&mut browser, &code, ROOT).await, 429);
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_said_at_its_fields() {
    let world = World::new().await;
    let code = code(&world).await;
    let mut browser = world.browser();
    let page = browser.get("/set-up?lang=en").await;
    let fields = [("code", code.as_str()), ("name", ""), ("login", "root"), ("password", "short")];
    let answer = browser.submit(&page, "/set-up", &fields).await;
    assert_eq!(answer.status, 422);
    for field in ["name", "login", "password"] {
        assert!(answer.text.contains(&format!("href=\"#{field}\"")), "the summary leads to {field}");
        assert!(answer.text.contains(&format!("id=\"{field}-error\"")), "{field} says so itself");
    }
    assert!(!answer.text.contains("short\""), "a password is never sent back");
    assert_eq!(set_up(&mut browser, &code, ROOT).await, 303, "the code was not used up");
}
