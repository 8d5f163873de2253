//! Requests that are wrong: each is told what is wrong, and nothing is written.

use super::world::{World, send};
use reqwest::Method;
use serde_json::{Value, json};

const INCOMING: &str = "/api/v1/clinics/norrtull/messaging/incoming";
const BUTTON: &str = "/api/v1/clinics/norrtull/buttons/book";

fn button() -> Value {
    json!({"leads_to": "drop_in", "title": {"sv": "Drop-in"}, "active": true, "shown_in": ["app"]})
}

/// `body` with the value at `pointer` replaced.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    *body.pointer_mut(pointer).expect("the body has this place") = value;
    body
}

/// Writes each of these bodies and expects it to be refused at exactly these places.
async fn refused(world: &World, cases: Vec<(&str, Value, Vec<&str>)>) {
    for (path, body, pointers) in cases {
        let answer = send(world.request(Method::PUT, path).header("If-Match", "\"1\"").json(&body)).await;
        assert_eq!((answer.status.as_u16(), answer.slug()), (422, "invalid-body".to_owned()), "{body}: {answer:?}");
        assert_eq!(answer.pointers(), pointers, "{body}: {}", answer.text);
    }
    assert_eq!(world.clinic("norrtull").await["revision"], 1);
    assert_eq!(world.changes("norrtull").await.len(), 2);
}

#[tokio::test]
async fn a_direction_that_cannot_be_is_refused_with_every_place() {
    let world = World::start().await;
    let direction = || json!({"enabled": true, "accessible_to": ["st-1"]});
    let many: Vec<String> = (0..5001).map(|id| format!("st-{id}")).collect();
    let cases = vec![
        (INCOMING, json!([]), vec![""]),
        (INCOMING, json!(null), vec![""]),
        (INCOMING, json!({}), vec!["/enabled", "/accessible_to"]),
        (
            INCOMING,
            json!({"enabled": "true", "accessible_to": "all", "a/b~c": 1}),
            vec!["/a~1b~0c", "/enabled", "/accessible_to"],
        ),
        (INCOMING, with(direction(), "/enabled", json!(1)), vec!["/enabled"]),
        (INCOMING, with(direction(), "/accessible_to", json!(null)), vec!["/accessible_to"]),
        (
            INCOMING,
            with(direction(), "/accessible_to", json!(["st-1", 7, null])),
            vec!["/accessible_to/1", "/accessible_to/2"],
        ),
        (INCOMING, with(direction(), "/accessible_to", json!(["st-1", "st-2", "st-1"])), vec!["/accessible_to/2"]),
        (INCOMING, with(direction(), "/accessible_to", json!(["a".repeat(64)])), vec!["/accessible_to/0"]),
        (INCOMING, with(direction(), "/accessible_to", json!(many)), vec!["/accessible_to"]),
        // Unknown, no professional, of another clinic; and the leaver st-3, who stands in the list already, may stay.
        (
            INCOMING,
            with(direction(), "/accessible_to", json!(["st-9", "st-3", "st-4", "nobody\u{0}", "st-1"])),
            vec!["/accessible_to/0", "/accessible_to/2", "/accessible_to/3"],
        ),
        // The list says `everyone` there, so the leaver would be added.
        (
            "/api/v1/clinics/norrtull/messaging/healthcare-initiated",
            with(direction(), "/accessible_to", json!(["st-3"])),
            vec!["/accessible_to/0"],
        ),
    ];
    refused(&world, cases).await;
}

#[tokio::test]
async fn a_button_that_cannot_be_is_refused_with_every_place() {
    let world = World::start().await;
    let languages: Value =
        (0..51).map(|at| (format!("en-x-{at}"), json!("Hi"))).collect::<serde_json::Map<_, _>>().into();
    let cases = vec![
        (
            BUTTON,
            json!({"id": "book", "last_change": {}}),
            vec!["/id", "/last_change", "/leads_to", "/title", "/active", "/shown_in"],
        ),
        (BUTTON, with(button(), "/leads_to", json!("link:http://a.example")), vec!["/leads_to"]),
        (BUTTON, with(button(), "/leads_to", json!(["drop_in"])), vec!["/leads_to"]),
        (BUTTON, with(button(), "/title", json!({})), vec!["/title"]),
        (BUTTON, with(button(), "/title", json!("Drop-in")), vec!["/title"]),
        (BUTTON, with(button(), "/title", languages), vec!["/title"]),
        (BUTTON, with(button(), "/title", json!({"sv": "å".repeat(41)})), vec!["/title/sv"]),
        (
            BUTTON,
            with(button(), "/title", json!({"sv": "", "en": " ", "fi": "a\tb", "de": "\u{0}", "fr": 1})),
            vec!["/title/de", "/title/en", "/title/fi", "/title/fr", "/title/sv"],
        ),
        (BUTTON, with(button(), "/title", json!({"svenska!": "Hej"})), vec!["/title/svenska!"]),
        (BUTTON, with(button(), "/title", json!({"SV": "Hej", "sv": "Hej"})), vec!["/title/sv"]),
        (BUTTON, with(button(), "/active", json!(null)), vec!["/active"]),
        (BUTTON, with(button(), "/shown_in", json!([])), vec!["/shown_in"]),
        (BUTTON, with(button(), "/shown_in", json!(["app", "tv", "app"])), vec!["/shown_in/1", "/shown_in/2"]),
        ("/api/v1/clinics/norrtull/button-order", json!({"order": ["book", "call"]}), vec!["/order"]),
        (
            "/api/v1/clinics/norrtull/button-order",
            json!({"order": ["book", "book", "call", "x"]}),
            vec!["/order/1", "/order/3", "/order"],
        ),
    ];
    refused(&world, cases).await;
    let longest = with(button(), "/title", json!({"sv": "å".repeat(40)}));
    assert_eq!(world.put("norrtull/buttons/book", 1, &longest).await.status, 200);
}

#[tokio::test]
async fn a_body_with_a_thousand_faults_gets_a_short_answer() {
    let world = World::start().await;
    let people: Vec<String> = (0..5000).map(|id| format!("unknown-{id}")).collect();
    let answer = world.put("norrtull/messaging/incoming", 1, &json!({"enabled": true, "accessible_to": people})).await;
    assert_eq!(answer.pointers().len(), 100);
    assert!(answer.json()["detail"].as_str().unwrap().starts_with("5000 "), "{}", answer.json()["detail"]);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let world = World::start().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let bodies: [&[u8]; 16] = [
        b"",
        b" ",
        b"{",
        b"{\"enabled\": true, \"accessible_to\": []",
        b"{\"enabled\": true, \"accessible_to\": []} x",
        b"{\"enabled\": true, \"accessible_to\": []}{}",
        b"{\"enabled\": true, \"enabled\": true, \"accessible_to\": []}",
        b"{\"enabled\": true, \"accessible_to\": [], \"x\": {\"y\": 1, \"y\": 1}}",
        b"\xef\xbb\xbf{\"enabled\": true, \"accessible_to\": []}",
        b"{\"enabled\": true, \"accessible_to\": [\"\xff\"]}",
        b"{\"enabled\": true, \"accessible_to\": [\"\\ud800\"]}",
        b"{\"enabled\": 1e999, \"accessible_to\": []}",
        b"{\"enabled\": NaN, \"accessible_to\": []}",
        b"{enabled: true}",
        b"enabled: true",
        deep.as_bytes(),
    ];
    for body in bodies {
        let request = world.request(Method::PUT, INCOMING).header("If-Match", "\"1\"");
        let answer = send(request.header("Content-Type", "application/json").body(body.to_vec())).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!((answer.status.as_u16(), answer.slug()), (400, "malformed-json".to_owned()), "{shown}: {answer:?}");
    }
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused() {
    let world = World::start().await;
    let put = |media_type: Option<&'static str>, encoding: Option<&'static str>| {
        let mut request = world.request(Method::PUT, INCOMING).header("If-Match", "\"9\"");
        request = request.body(r#"{"enabled": true, "accessible_to": []}"#);
        if let Some(media_type) = media_type {
            request = request.header("Content-Type", media_type);
        }
        if let Some(encoding) = encoding {
            request = request.header("Content-Encoding", encoding);
        }
        send(request)
    };
    for media_type in [None, Some("text/plain"), Some("application/jsonx"), Some("application/json; charset=utf-16")] {
        assert_eq!(put(media_type, None).await.status, 415, "{media_type:?}");
    }
    assert_eq!(put(Some("application/json"), Some("gzip")).await.status, 415);
    for media_type in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
        assert_eq!(put(Some(media_type), Some("identity")).await.status, 412, "{media_type}");
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused() {
    let world = World::start().await;
    for query in [
        "clinics?limit=0",
        "clinics?limit=501",
        "clinics?limit=-1",
        "clinics?limit=%2B5",
        "clinics?limit=1e2",
        "clinics?limit=",
        "clinics?limit=99999999999999999999999",
        "clinics?limit=1&limit=1",
        "clinics?cursor=",
        "clinics?cursor=zz",
        "clinics?cursor=ff",
        "clinics?cursor=636c696e696373",
        "clinics?cursor=73746166663a61",
        "clinics?cursor=636c696e6963733a00",
        "clinics/norrtull/staff?cursor=73746166663a00",
        "clinics?lmit=1",
        "clinics?limit=%zz",
        "clinics?%ff=1",
        "clinics?q=a",
        "clinics/norrtull?x",
        "clinics/norrtull/staff?q=%00",
        "clinics/norrtull/staff?q=%ff",
        &format!("clinics/norrtull/staff?q={}", "a".repeat(201)),
        "clinics/norrtull/changes?cursor=6368616e6765733a78",
        "clinics/norrtull/menu",
        "clinics/norrtull/menu?surface=",
        "clinics/norrtull/menu?surface=App",
        "clinics/norrtull/menu?surface=app&language=",
        "clinics/norrtull/menu?surface=app&language=%00",
        &format!("clinics/norrtull/menu?surface=app&language=en-{}", "abcdefgh-".repeat(20)),
        "snapshot?include=people",
        "snapshot?include=staff&include=staff",
    ] {
        let answer = world.get(&format!("/api/v1/{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.slug()), (400, "malformed-query".to_owned()), "{query}: {answer:?}");
    }
    for (cursor, key) in [("9999999999999999999", "clinics"), ("%00", "clinics")] {
        let cursor: String = format!("{key}:{cursor}").bytes().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            world.get(&format!("/api/v1/{key}?cursor={cursor}")).await.status,
            200,
            "a key of any form is a place"
        );
    }
    let staff = send(
        world
            .bare(Method::GET, "/api/v1/snapshot?include=staff")
            .bearer_auth(world.token(&[clinic_system::Scope::SettingsRead])),
    )
    .await;
    assert_eq!((staff.status.as_u16(), staff.slug()), (403, "missing-scope".to_owned()));
}

#[tokio::test]
async fn a_path_that_leads_nowhere_is_refused() {
    let world = World::start().await;
    for (path, status, slug) in [
        ("/nowhere", 404, "unknown-route"),
        ("/api/v2", 404, "unknown-route"),
        ("/api/v1/", 404, "unknown-route"),
        ("/api/v1/clinics/", 404, "unknown-route"),
        ("/api/v1/clinics//staff", 404, "unknown-clinic"),
        ("/api/v1/clinics/norrtull/", 404, "unknown-route"),
        ("/api/v1/clinics/norrtull/buttons", 404, "unknown-route"),
        ("/API/v1/clinics", 404, "unknown-route"),
        ("/api/v1/clinics/nowhere", 404, "unknown-clinic"),
        ("/api/v1/clinics/nowhere/staff", 404, "unknown-clinic"),
        ("/api/v1/clinics/nowhere/changes", 404, "unknown-clinic"),
        ("/api/v1/clinics/nowhere/menu?surface=app", 404, "unknown-clinic"),
        ("/api/v1/clinics/Norrtull", 404, "unknown-clinic"),
        ("/api/v1/clinics/norrtull%2Fstaff", 404, "unknown-clinic"),
        ("/api/v1/clinics/norrtull%00", 404, "unknown-clinic"),
        ("/api/v1/clinics/%C3%A5", 404, "unknown-clinic"),
        ("/api/v1/clinics/norrtull%20", 404, "unknown-clinic"),
        ("/api/v1/clinics/%zz", 400, "malformed-path"),
        ("/api/v1/clinics/%f", 400, "malformed-path"),
        ("/api/v1/clinics/%", 400, "malformed-path"),
        ("/api/v1/clinics/%ff", 400, "malformed-path"),
        ("/%ff", 400, "malformed-path"),
    ] {
        let answer = world.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (status, slug), "{path}: {answer:?}");
    }
    for (path, slug) in [("norrtull/buttons/B%C3%96K", "malformed-path"), ("norrtull/buttons/-book", "malformed-path")]
    {
        let (put, delete) = (world.put(path, 1, &button()).await, world.delete(path, 1).await);
        assert_eq!((put.status.as_u16(), put.slug().as_str()), (400, slug));
        assert_eq!((delete.status.as_u16(), delete.slug().as_str()), (400, slug));
    }
    let written = world.put("nowhere/buttons/book", 1, &button()).await;
    assert_eq!((written.status.as_u16(), written.slug().as_str()), (404, "unknown-clinic"));
}

#[tokio::test]
async fn another_method_is_refused_and_told_what_is_allowed() {
    let world = World::start().await;
    for (method, path, allow) in [
        (Method::POST, "/api/v1/clinics", "GET, HEAD, OPTIONS"),
        (Method::DELETE, "/api/v1/clinics/norrtull", "GET, HEAD, OPTIONS"),
        (Method::GET, "/api/v1/clinics/norrtull/messaging/incoming", "PUT, OPTIONS"),
        (Method::PATCH, "/api/v1/clinics/norrtull/buttons/book", "PUT, DELETE, OPTIONS"),
        (Method::HEAD, "/api/v1/clinics/norrtull/buttons/book", "PUT, DELETE, OPTIONS"),
        (Method::TRACE, "/healthz", "GET, HEAD, OPTIONS"),
        (Method::from_bytes(b"BREW").unwrap(), "/api/v1", "GET, HEAD, OPTIONS"),
    ] {
        let answer = send(world.request(method.clone(), path)).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, allow), "{method} {path}: {answer:?}");
    }
}
