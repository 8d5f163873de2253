//! What those who run the system see of it: counts without ids, and a word when it is about to go.

use super::world::{World, send};
use crate::support::http;
use clinic_system::{pages, routes};
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeSet;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The counts, line by line.
async fn counts(world: &World) -> Vec<String> {
    let answer = send(world.bare(Method::GET, "/metrics")).await;
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"), "{answer:?}");
    assert!(answer.text.ends_with("# EOF\n"), "{}", answer.text);
    answer.text.lines().map(str::to_owned).collect()
}

/// The value of one count; nothing where it was never counted.
fn value(counts: &[String], name: &str) -> Option<String> {
    counts.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).map(str::to_owned)
}

#[tokio::test]
async fn requests_are_counted_by_route_and_status() {
    let world = World::start().await;
    for clinic in ["norrtull", "vasa", "nowhere", "nowhere"] {
        world.get(&format!("/api/v1/clinics/{clinic}")).await;
    }
    let body = json!({"enabled": true, "accessible_to": []});
    world.put("vasa/messaging/incoming", 1, &body).await;
    world.put("vasa/messaging/incoming", 1, &body).await;
    let counts = counts(&world).await;
    let requests = |method: &str, route: &str, status: u16| {
        let labels = format!("{{method=\"{method}\",route=\"/api/v1/clinics/{{clinic}}{route}\",status=\"{status}\"}}");
        value(&counts, &format!("clinicctl_http_requests_total{labels}"))
    };
    assert_eq!(requests("GET", "", 200).as_deref(), Some("2"));
    assert_eq!(requests("GET", "", 404).as_deref(), Some("2"));
    assert_eq!(requests("PUT", "/messaging/incoming", 200).as_deref(), Some("1"));
    assert_eq!(requests("PUT", "/messaging/incoming", 412).as_deref(), Some("1"));
    let asked = "{method=\"GET\",route=\"/api/v1/clinics/{clinic}\"}";
    let timed = value(&counts, &format!("clinicctl_http_request_duration_seconds_count{asked}"));
    assert_eq!(timed.as_deref(), Some("4"));
    for (outcome, count) in [("accepted", "1"), ("refused", "1")] {
        let name = format!("clinicctl_settings_writes_total{{outcome=\"{outcome}\"}}");
        assert_eq!(value(&counts, &name).as_deref(), Some(count), "{outcome}");
    }
    assert_eq!(value(&counts, "clinicctl_waiting_writes").as_deref(), Some("0"));
    assert_eq!(value(&counts, "clinicctl_http_connections").as_deref(), Some("1"), "the one that asks");
}

#[tokio::test]
async fn labels_are_words_of_the_program_whatever_is_asked() {
    let world = World::start().await;
    let canary = "canary7f3a";
    let paths = routes().iter().map(|route| route.path()).chain(pages().map(|page| page.path()));
    let paths: BTreeSet<&str> = paths.collect();
    let filled = |path: &str| {
        let parts = path.split('/').map(|part| if part.starts_with('{') { canary } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let unknown = [format!("/{canary}"), format!("/api/v1/{canary}/%ff"), "/%".to_owned()];
    for path in paths.iter().map(|path| filled(path)).chain(unknown) {
        for method in ["GET", "PUT", "POST", "DELETE", "CANARY7F3A"] {
            let url = world.url(&format!("{path}?q={canary}"));
            let request = http::client().request(method.parse().unwrap(), url);
            drop(request.header("User-Agent", canary).bearer_auth(canary).body(canary).send().await.unwrap());
        }
    }
    let counts = counts(&world).await;
    let routes: BTreeSet<&str> =
        counts.iter().filter_map(|line| line.split("route=\"").nth(1)?.split('"').next()).collect();
    let known: BTreeSet<&str> = paths.iter().copied().chain(["none"]).collect();
    assert_eq!(routes, known, "every route was asked, and nothing else is a label");
    assert!(counts.iter().any(|line| line.contains("method=\"other\"")));
    assert!(!counts.iter().any(|line| line.to_lowercase().contains(canary)), "{counts:#?}");
}

#[tokio::test]
async fn a_server_that_is_stopping_is_not_ready() {
    let world = World::start().await;
    assert_eq!(world.get("/readyz").await.status, 200);
    let address = world.running.local_addr();
    let mut begun = TcpStream::connect(address).await.unwrap();
    begun.write_all(b"GET /readyz HTTP/1.1\r\nHost: a.example\r\n").await.unwrap();
    // An answer on another connection shows that the server has had the time to see the first one.
    assert_eq!(world.get("/healthz").await.status, 200);
    let stopping = tokio::spawn(world.running.shutdown());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    begun.write_all(b"\r\n").await.unwrap();
    let mut answer = String::new();
    begun.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("stopping"), "{answer}");
    stopping.await.unwrap();
}
