//! The change log of systems with and without hooks: it answers questions, or it says why not, and never asks more
//! than it must.

use super::raw::{Reply, Requests, http, start};
use super::support::{client, client_within, ids, small};
use clinicctl::client::LogError;
use clinicctl::domain::{ActorKind, ClinicId, Resource};
use clinicctl::plan::{Applied, Attribution};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn resource(text: &str) -> Resource {
    Resource::parse(text).expect("a resource")
}

fn question(clinic: &str) -> (ClinicId, BTreeSet<Resource>) {
    (ids(&[clinic]).remove(0), BTreeSet::from([resource("messaging/incoming"), resource("buttons/book")]))
}

/// An entry as this system spells it: other order, unknown fields.
fn entry(resource: &str, kind: &str, after: &Value) -> Value {
    json!({
        "x": [], "after": after, "before": null, "kind": kind, "by": format!("{kind}-1"), "resource": resource,
        "clinic": "norr", "seq": 7, "at": "2026-11-20T09:12:44+01:00", "reference": null,
    })
}

fn page(items: &[Value], next: Option<&str>) -> Reply {
    http(200, "", &json!({"items": items, "next_cursor": next, "total": "many"}).to_string())
}

fn off() -> Value {
    json!({"accessible_to": ["st-2", "st-1"], "enabled": false, "colour": "teal"})
}

fn book() -> Value {
    json!({"leads_to": "chat:4", "title": {"sv": "x"}, "active": true, "shown_in": ["web", "app"], "size": 4})
}

fn asked(requests: &Requests) -> Vec<String> {
    let requests = requests.lock().expect("not poisoned");
    requests.iter().map(|request| request.lines().next().unwrap_or_default().to_owned()).collect()
}

/// What a system says that answers everything like this, and what it was asked.
async fn attribution(reply: Reply) -> (Result<Attribution, LogError>, Vec<String>) {
    let limits = small(&reply);
    let (requests, root) = start(move |_| reply.clone()).await;
    let mut told = client_within(&root, limits).attribution(vec![question("norr")], || {}).await;
    (told.remove(0).1, asked(&requests))
}

#[tokio::test]
async fn reading_stops_with_the_page_that_answers_the_last_question() {
    let (requests, root) = start(|request| {
        let somebody = [entry("messaging/incoming", "person", &json!({"enabled": "strange"}))];
        let ours = [entry("messaging/incoming", "service", &off()), entry("menus/web", "service", &json!(4))];
        let both = [entry("messaging/incoming", "service", &json!(0)), entry("buttons/book", "service", &Value::Null)];
        match request {
            one if !one.contains("cursor=") => page(&somebody, Some("a b")),
            two if two.contains("cursor=a+b") => page(&ours, Some("3")),
            _ => page(&both, Some("4")),
        }
    })
    .await;
    let told = client(&root).attribution(vec![question("norr")], || {}).await.remove(0).1.expect("an answer");
    let incoming = &told[&resource("messaging/incoming")];
    assert_eq!((incoming.newest.kind, incoming.newest.by.as_str()), (ActorKind::Person, "person-1"));
    let Some(Applied::Present(state)) = &incoming.applied else { panic!("{incoming:?}") };
    let expected = json!({"enabled": false, "accessible_to": ["st-1", "st-2"]});
    assert_eq!(serde_json::to_value(state).expect("JSON"), expected);
    assert_eq!(told[&resource("buttons/book")].applied, Some(Applied::Absent));
    let path = "GET /api/v1/clinics/norr/changes?limit=100";
    let expected = ["", "&cursor=a+b", "&cursor=3"].map(|cursor| format!("{path}{cursor} HTTP/1.1"));
    assert_eq!(asked(&requests), expected, "the page behind is not read");
}

#[tokio::test]
async fn a_log_that_ends_says_what_it_knows() {
    let items = [entry("buttons/book", "service", &book()), entry("messaging/incoming", "person", &off())];
    let (told, requests) = attribution(page(&items, None)).await;
    let told = told.expect("an answer");
    assert!(matches!(told[&resource("buttons/book")].applied, Some(Applied::Present(_))), "{told:?}");
    assert_eq!(told[&resource("messaging/incoming")].applied, None);
    assert_eq!((told.len(), requests.len()), (2, 1));
    let (empty, _) = attribution(page(&[], None)).await;
    assert_eq!(empty, Ok(Attribution::new()));
}

#[tokio::test]
async fn what_is_no_change_log_is_told_and_asked_once() {
    let service = |after: Value| page(&[entry("messaging/incoming", "service", &after)], None);
    let failures: [(Reply, &str); 13] = [
        (http(500, "", "{}"), "500"),
        (http(302, "location: https://elsewhere.example/\r\n", ""), "302"),
        (http(200, "content-type: text/html\r\n", "<h1>Login</h1>"), "web page"),
        (http(200, "", r#"{"items": [{"seq":"#), "agreed shape"),
        (http(200, "", r#"{"items": [{"seq": "seven"}]}"#), "agreed shape"),
        (http(200, "", "[]"), "agreed shape"),
        (page(&[entry("messaging/incoming", "robot", &off())], None), "agreed shape"),
        (page(&[], Some("more")), "empty"),
        (service(json!("off")), "`after`"),
        (service(json!({"enabled": "off", "accessible_to": "everyone"})), "`after`"),
        (service(json!({"enabled": true, "accessible_to": ["S T"]})), "accessible_to[0]"),
        (page(&[entry("buttons/book", "service", &json!({"leads_to": "x"}))], None), "`after`"),
        (Reply::Endless(super::raw::open_head(""), b" "), "longer than"),
    ];
    for (reply, why) in failures {
        let (told, requests) = attribution(reply).await;
        let Err(LogError::Failed(said)) = told else { panic!("{why}: {told:?}") };
        assert!(said.contains(why), "{said}");
        assert_eq!(requests.len(), 1, "{why}");
    }
    for (status, error) in [(401, LogError::Unauthenticated), (403, LogError::Forbidden), (404, LogError::Missing)] {
        assert_eq!(attribution(http(status, "", "{}")).await.0, Err(error));
    }
}

#[tokio::test]
async fn pages_without_end_come_to_one() {
    let circle = page(&[entry("buttons/x", "person", &Value::Null)], Some("again"));
    let (told, requests) = attribution(circle).await;
    assert!(matches!(&told, Err(LogError::Failed(said)) if said.contains("circle")), "{told:?}");
    assert_eq!(requests.len(), 2);
    let count = std::sync::atomic::AtomicUsize::new(0);
    let (requests, root) = start(move |_| {
        let next = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
        page(&[entry("buttons/x", "person", &Value::Null)], Some(&next))
    })
    .await;
    let told = client(&root).attribution(vec![question("norr")], || {}).await.remove(0).1;
    assert!(matches!(&told, Err(LogError::Failed(said)) if said.contains("do not tell")), "{told:?}");
    assert_eq!(asked(&requests).len(), 50);
}

#[tokio::test]
async fn where_nobody_answers_the_rest_is_not_asked() {
    let names: Vec<_> = (0..100).map(|number| format!("clinic-{number}")).collect();
    let questions = || names.iter().map(|name| question(name)).collect::<Vec<_>>();
    let (requests, root) = start(|_| http(403, "", "{}")).await;
    let told = client(&root).attribution(questions(), || {}).await;
    assert!(told.iter().all(|(_, told)| *told == Err(LogError::Forbidden)), "{told:?}");
    assert_eq!(told.iter().map(|(clinic, _)| clinic).collect::<BTreeSet<_>>().len(), 100, "each clinic is told of");
    assert!(asked(&requests).len() < 40, "{}", asked(&requests).len());
    let one_answers = |request: &str| {
        if request.contains("/clinic-0/") { page(&[], None) } else { http(403, "", "{}") }
    };
    let (requests, root) = start(one_answers).await;
    let told = client(&root).attribution(questions(), || {}).await;
    assert_eq!(told.iter().filter(|(_, told)| told.is_ok()).count(), 1);
    assert_eq!(asked(&requests).len(), 100, "one answers, and so might others");
}

#[tokio::test]
async fn the_newest_entries_are_read_and_no_more() {
    let (requests, root) = start(|request| {
        let items: Vec<_> = (0..3).map(|_| entry("menus/\u{202e}web", "person", &json!([1, "\u{1b}"]))).collect();
        let next = if request.contains("cursor=2") { None } else { Some("2") };
        page(&items, next)
    })
    .await;
    let client = client(&root);
    for (most, entries, pages) in [(2, 2, 1), (3, 3, 1), (4, 4, 2), (100, 6, 2)] {
        let told = client.logs(&ids(&["norr"]), most, || {}).await.remove(0).1.expect("a log");
        assert_eq!(told.len(), entries, "{most}");
        assert_eq!((told[0].resource.as_str(), &told[0].after), ("menus/\u{202e}web", &json!([1, "\u{1b}"])));
        assert_eq!(asked(&requests).len(), pages, "{most}");
        requests.lock().expect("not poisoned").clear();
    }
}
