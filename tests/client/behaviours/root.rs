//! Faults of the first answer, which says what the system is. Nothing is asked after it.

use super::{PLAN, Row, Spot, When, check, tiny};
use crate::client::fake::TOKEN;
use crate::client::raw;
use crate::client::raw::{Reply, http};
use serde_json::json;

const LOGIN: &str = "<!doctype html><title>Sign in</title>";

pub(super) fn faults() -> Vec<Row> {
    [strangers(), statuses(), broken()].concat()
}

fn strangers() -> Vec<Row> {
    let root = tiny::root(false).to_string();
    let with = |key: &str, value: serde_json::Value| {
        let mut root = tiny::root(false);
        root[key] = value;
        http(200, "", &root.to_string())
    };
    vec![
        ("a login page", http(200, "content-type: text/html\r\n", LOGIN), 1, "a web page answers", 1),
        (
            "a login page that says it is JSON",
            http(200, "content-type: application/json\r\n", LOGIN),
            1,
            "a web page",
            1,
        ),
        ("another interface", with("api", json!("weather")), 1, "calls itself `weather`", 1),
        ("a later version", with("version", json!("2.0")), 1, "speaks version `2.0`", 1),
        ("a version that is a number", with("version", json!(1)), 1, "`version`", 1),
        ("no name of the interface", http(200, "", r#"{"version": "1.0"}"#), 1, "`api`", 1),
        ("JSON that ends too early", http(200, "", &root[..20]), 1, "no clinic system at this address", 1),
        ("JSON and more", http(200, "", &format!("{root} and more")), 1, "trailing characters", 1),
        ("a list", http(200, "", "[]"), 1, "no clinic system at this address", 1),
        ("nothing", http(200, "", ""), 1, "no clinic system at this address", 1),
        ("bytes", http(200, "", "\u{0}\u{1}\u{1b}[31m"), 1, "no clinic system at this address", 1),
        ("brackets without end", http(200, "", &"[".repeat(100_000)), 1, "no clinic system at this address", 1),
    ]
}

fn statuses() -> Vec<Row> {
    let echo = json!({"type": "t", "title": "No", "detail": format!("you sent Bearer {TOKEN}")}).to_string();
    let leak = format!("location: https://elsewhere.example/{TOKEN}/login?ticket=1\r\n");
    vec![
        ("204", http(204, "", ""), 1, "answered 204", 1),
        (
            "301 elsewhere",
            http(301, "location: https://elsewhere.example/x\r\n", ""),
            1,
            "redirects to `https://else",
            1,
        ),
        ("307 elsewhere", http(307, "location: https://elsewhere.example/x\r\n", ""), 1, "goes to no other address", 1),
        ("308 to itself", http(308, "location: /api/v1\r\n", ""), 1, "redirects to `/api/v1`", 1),
        ("302 with the token in it", http(302, &leak, ""), 1, "redirects to `https://elsewhere.example/***", 1),
        ("401", http(401, "", ""), 7, "does not accept the token", 1),
        ("403", http(403, "", ""), 7, "may read none of the clinics", 1),
        ("404", http(404, "", ""), 1, "it answered 404", 1),
        ("418", http(418, "", ""), 1, "answered 418", 1),
        ("429 for 5 seconds", http(429, "retry-after: 5\r\n", ""), 1, "come back in 5 s", 1),
        ("429 for less than nothing", http(429, "retry-after: -1\r\n", ""), 1, "come back in 1 s", 1),
        ("429 for three years", http(429, "retry-after: 99999999\r\n", ""), 1, "come back in 1158 days", 1),
        ("429 in words", http(429, "retry-after: soon\r\n", ""), 1, "answered 429\n", 1),
        ("429 twice", http(429, "retry-after: 5\r\nretry-after: 90\r\n", ""), 1, "come back in 90 s", 1),
        ("500", http(500, "", ""), 1, "answered 500", 1),
        ("500 that repeats the token", http(500, "", &echo), 1, "you sent Bearer ***", 1),
        ("502 with a page", http(502, "content-type: text/html\r\n", LOGIN), 1, "answered 502", 1),
        ("503", http(503, "", ""), 1, "answered 503", 1),
        ("503 until a day", http(503, "retry-after: Sun, 22 Nov 2026 22:00:00 GMT\r\n", ""), 1, "at `Sun, 22 Nov", 1),
        ("504", http(504, "", ""), 1, "nothing was changed; run it again later", 1),
    ]
}

fn broken() -> Vec<Row> {
    let root = tiny::root(false).to_string();
    let cut = [raw::head(200, "", root.len()), root.as_bytes()[..9].to_vec()].concat();
    let bomb =
        [raw::head(200, "content-encoding: gzip\r\n", 20), b"\x1f\x8b\x08\x00aaaaaaaaaaaaaaaa".to_vec()].concat();
    vec![
        ("an answer that is cut", Reply::Bytes(cut), 1, "the connection broke", 1),
        ("no answer", Reply::Bytes(Vec::new()), 1, "the connection broke", 1),
        ("another protocol", Reply::Bytes(b"SSH-2.0-OpenSSH\r\n".to_vec()), 1, "the connection broke", 1),
        ("a head without end", Reply::Endless(b"HTTP/1.1 200 X\r\n".to_vec(), b"x: and more\r\n"), 1, "broke", 1),
        ("a body without end", Reply::Endless(raw::open_head(""), b"                "), 1, "longer than", 1),
        ("a compressed bomb", Reply::Bytes(bomb), 1, "compressed, which was not asked for", 1),
    ]
}

/// Faults that are over when the run tries again.
pub(super) fn passing() -> Vec<Row> {
    vec![
        ("429 once", http(429, "retry-after: 1\r\n", ""), 0, "to change", 6),
        ("503 once", http(503, "", ""), 0, "to change", 6),
        ("no answer once", Reply::Bytes(Vec::new()), 0, "to change", 6),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_answer_that_is_none_of_a_clinic_system_stops_the_run() {
    check(PLAN, faults()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_passes_is_waited_out() {
    check(Spot { when: When::Once, ..PLAN }, passing()).await;
}
