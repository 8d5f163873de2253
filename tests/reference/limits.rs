//! Limits: large, slow and many. A server that is not answered, or not asked, lets go by itself.

use super::world::{SEED, World, send};
use crate::support::http;
use clinic_system::{Limits, Scope};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MOMENT: Duration = Duration::from_millis(50);

async fn connect(world: &World) -> TcpStream {
    TcpStream::connect(world.running.local_addr()).await.expect("the server listens")
}

/// Sends `bytes` as they are and returns everything until the server closes the connection.
async fn raw(world: &World, bytes: &[u8]) -> String {
    let mut stream = connect(world).await;
    stream.write_all(bytes).await.expect("the server takes it");
    rest(&mut stream).await
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset says as clearly as an end that the server has let go.
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn what_is_no_http_is_refused_and_let_go() {
    let world = World::start().await;
    for (bytes, status) in [
        (&b"\0\0\0\0\r\n\r\n"[..], "400"),
        (b"GET /healthz HTTP/9.9\r\n\r\n", "400"),
        (b"GET /healthz\r\n\r\n", "400"),
        // The first words of HTTP/2: the connection is closed.
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        (b"GET /healthz HTTP/1.1\r\nA B: c\r\n\r\n", "400"),
        (b"CONNECT a.example:443 HTTP/1.1\r\nConnection: close\r\n\r\n", "404"),
        (b"OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n", "404"),
        (b"GET http://a.example/healthz HTTP/1.1\r\nConnection: close\r\n\r\n", "200"),
        (b"GET /healthz HTTP/1.0\r\n\r\n", "200"),
    ] {
        let answer = raw(&world, bytes).await;
        let line = answer.lines().next().unwrap_or_default();
        assert!(line.contains(status), "{}: {answer}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn a_head_has_at_most_16_kib() {
    let world = World::start().await;
    for (size, status) in [(15 * 1024, "200"), (17 * 1024, "431")] {
        let padding = "a".repeat(size);
        let head = format!("GET /healthz HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\nX: {padding}\r\n\r\n");
        let answer = raw(&world, head.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{size}: {answer}");
    }
}

#[tokio::test]
async fn a_body_has_at_most_1_mib() {
    let world = World::start().await;
    let put = |size: usize| {
        let request = world.request(Method::PUT, "/api/v1/clinics/vasa/messaging/incoming").header("If-Match", "\"1\"");
        let start = r#"{"enabled": true, "accessible_to": []"#;
        let body = format!("{start}{}}}", " ".repeat(size - start.len() - 1));
        send(request.header("Content-Type", "application/json").body(body))
    };
    let large = put(1024 * 1024 + 1).await;
    assert_eq!((large.status.as_u16(), large.slug()), (413, "body-too-large".to_owned()));
    assert_eq!(put(1024 * 1024).await.status, 200);
}

#[tokio::test]
async fn who_sends_everything_before_listening_hears_why_all_the_same() {
    let world = World::start().await;
    let token = world.token(&Scope::ALL);
    let size = 7 * 1024 * 1024;
    for (token, status) in [(token.as_str(), "413"), ("nothing", "401")] {
        let head = format!(
            "PUT /api/v1/clinics/vasa/messaging/incoming HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\nIf-Match: \"1\"\r\nContent-Type: application/json\r\n\
             Content-Length: {size}\r\n\r\n"
        );
        let mut request = head.into_bytes();
        request.resize(request.len() + size, b' ');
        let answer = raw(&world, &request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
}

#[tokio::test]
async fn a_slow_head_is_let_go() {
    let world = World::with(SEED, Limits { head_time: MOMENT, ..Limits::default() }).await;
    for start in ["", "GET ", "GET /healthz HTTP/1.1\r\nX: "] {
        assert!(!raw(&world, start.as_bytes()).await.contains("200"));
    }
    let idle = raw(&world, b"GET /healthz HTTP/1.1\r\nHost: a.example\r\n\r\n").await;
    assert!(idle.starts_with("HTTP/1.1 200"), "an idle connection was answered, and then let go: {idle}");
}

#[tokio::test]
async fn a_slow_body_is_refused_and_let_go() {
    let world = World::with(SEED, Limits { body_time: MOMENT, ..Limits::default() }).await;
    let token = world.token(&Scope::ALL);
    let head = format!(
        "PUT /api/v1/clinics/vasa/messaging/incoming HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer {token}\r\n\
         If-Match: \"1\"\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{{\"enabled\": "
    );
    let answer = raw(&world, head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body-too-slow"), "{answer}");
    let unauthorised = head.replace(&token, "nothing");
    let answer = raw(&world, unauthorised.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert_eq!(world.clinic("vasa").await["revision"], 1);
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_let_go() {
    let clinics: String =
        (0..2000).map(|at| format!("  - {{clinic: c{at}, name: {}}}\n", "N".repeat(10_000))).collect();
    let limits = Limits { write_time: MOMENT, connections: 1, ..Limits::default() };
    let world = World::with(&format!("system: Large\nclinics:\n{clinics}"), limits).await;
    let token = world.token(&Scope::ALL);
    let mut stuck = connect(&world).await;
    let ask = format!("GET /api/v1/snapshot HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer {token}\r\n\r\n");
    stuck.write_all(ask.as_bytes()).await.unwrap();
    // There is one place, and the stuck connection has it until the server loses patience.
    assert_eq!(send(world.bare(Method::GET, "/healthz")).await.status, 200);
    let answer = rest(&mut stuck).await;
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.ends_with("0\r\n\r\n"), "the answer was cut");
}

#[tokio::test]
async fn more_connections_than_places_wait_for_theirs() {
    let world = World::with(SEED, Limits { connections: 2, head_time: MOMENT, ..Limits::default() }).await;
    let mut held = Vec::new();
    for _ in 0..50 {
        held.push(connect(&world).await);
    }
    let url = world.url("/healthz");
    assert_eq!(send(http::client().get(url)).await.status, 200, "half-open connections lose their places");
    drop(held);
}

#[tokio::test]
async fn a_stop_finishes_what_is_under_way_and_takes_nothing_new() {
    let world = World::start().await;
    let (url, token, address) =
        (world.url("/api/v1/clinics/vasa/messaging/incoming"), world.token(&Scope::ALL), world.running.local_addr());
    let mut stream = connect(&world).await;
    let body = json!({"enabled": true, "accessible_to": []}).to_string();
    let head = format!(
        "PUT {url} HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer {token}\r\nIf-Match: \"1\"\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert!(interim.starts_with(b"HTTP/1.1 100"), "the request is under way");
    let idle = connect(&world).await;
    let stopping = tokio::spawn(world.running.shutdown());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    stream.write_all(body.as_bytes()).await.unwrap();
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200"));
    stopping.await.unwrap();
    drop(idle);
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let world = World::with(SEED, Limits { stop_time: MOMENT, ..Limits::default() }).await;
    let mut stuck = connect(&world).await;
    stuck.write_all(b"GET /healthz HTTP/1.1\r\nX: ").await.unwrap();
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let stopping = tokio::spawn(world.running.until(async {
        drop(told.await);
    }));
    tell.send(()).unwrap();
    stopping.await.unwrap();
    assert_eq!(rest(&mut stuck).await, "");
}
