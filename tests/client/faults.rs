//! Reading from systems that are broken, slow, or not clinic systems at all.

use super::fake::TOKEN;
use super::raw::{Reply, http};
use super::support::{assert_asked, client, client_within, ids, observe, small, told};
use super::{fake, raw};
use clinicctl::client::{Client, ExchangeError, Limits, ObserveError};
use clinicctl::execute::Observed;
use serde_json::json;

const ROOT: &str = r#"{"api": "clinic-settings", "version": "1.0", "system": "s"}"#;
const WITH_SNAPSHOT: &str =
    r#"{"api": "clinic-settings", "version": "1.0", "system": "s", "capabilities": ["snapshot"]}"#;
const LOGIN: &str = "<!doctype html><title>Sign in</title>";

async fn failure(client: &Client) -> ObserveError {
    let error = client.observe(&ids(&["a"]), |_, _| ()).await.expect_err("a broken system");
    told(&error);
    error
}

/// What comes of a system that answers everything like this, which is found out by one request.
async fn answering(reply: Reply) -> ObserveError {
    answering_to(1, reply).await
}

/// The same, found out by so many requests.
async fn answering_to(times: usize, reply: Reply) -> ObserveError {
    let answer = reply.clone();
    let (requests, root) = raw::start(move |_| answer.clone()).await;
    let error = failure(&client_within(&root, small(&reply))).await;
    assert_asked(times, &reply, &requests);
    error
}

/// What comes of a system with this snapshot.
async fn with_snapshot(reply: Reply) -> (String, Result<Vec<Observed>, ObserveError>) {
    let limits = Limits { body: 64 * 1024, ..small(&reply) };
    let answer = move |request: &str| match request {
        request if request.starts_with("GET /api/v1/snapshot") => reply.clone(),
        request if request.starts_with("GET /api/v1 ") => http(200, "", WITH_SNAPSHOT),
        _ => http(404, "", ""),
    };
    let (_, root) = raw::start(answer).await;
    let read = client_within(&root, limits).observe(&ids(&["a", "b"]), |_, observed| observed).await;
    let text = read.as_ref().err().map(|error| told(error)).unwrap_or_default();
    (text, read.map(|read| read.into_iter().map(|(_, observed)| observed).collect()))
}

fn line(clinic: &str) -> String {
    let mut line = fake::clinic(clinic);
    line["staff"] = json!([]);
    line.to_string()
}

#[tokio::test]
async fn a_login_page_is_no_clinic_system() {
    for headers in ["content-type: Text/HTML; charset=utf-8\r\n", "content-type: application/json\r\n", ""] {
        let error = answering(http(200, headers, LOGIN)).await;
        assert!(matches!(&error, ObserveError::NotThisApi(what) if what.contains("web page")), "{error:?}");
    }
}

#[tokio::test]
async fn something_else_at_the_address_is_told() {
    for (reply, text) in [
        (http(404, "", ""), "404"),
        (http(200, "", r#"{"api": "weather", "version": "1", "system": "s"}"#), "`weather`"),
        (http(200, "", r#"{"api": "clinic-settings", "version": 1, "system": "s"}"#), "`version`"),
        (http(200, "", r#"{"api": "clinic-settings", "version"#), "EOF"),
        (http(200, "", &format!("{ROOT} and more")), "trailing"),
    ] {
        let error = answering(reply).await;
        assert!(matches!(&error, ObserveError::NotThisApi(what) if what.contains(text)), "{error:?}");
    }
}

#[tokio::test]
async fn another_version_of_the_interface_is_refused() {
    for version in ["2.0", "10", "", "0.9"] {
        let body = json!({"api": "clinic-settings", "version": version, "system": "s"}).to_string();
        let error = answering(http(200, "", &body)).await;
        assert!(matches!(&error, ObserveError::Version { found } if found == version), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    for status in [301, 302, 303, 307, 308] {
        let (elsewhere, other) = raw::start(|_| http(200, "", ROOT)).await;
        let error = answering(http(status, &format!("location: {other}/login?secret=1\r\n"), "")).await;
        assert!(matches!(&error, ObserveError::Redirected { to } if *to == format!("{other}/login")), "{error:?}");
        assert!(elsewhere.lock().expect("not poisoned").is_empty(), "the token went elsewhere");
    }
}

#[tokio::test]
async fn refusals_of_the_root_stop_the_run() {
    assert!(matches!(answering(http(401, "", "")).await, ObserveError::Unauthenticated));
    assert!(matches!(answering(http(403, "", "")).await, ObserveError::Forbidden));
    for (times, status, headers, text) in [
        (4, 429, "retry-after: 5\r\n", "429; it asks to come back in 5 s; tried 4 times"),
        (4, 503, "retry-after: Sun, 22 Nov 2026 22:00:00 GMT\r\n", "at `Sun, 22 Nov 2026"),
        (1, 503, "retry-after: 3600\r\n", "503; it asks to come back in 60 min"),
        (4, 503, "", "503; tried 4 times"),
        (4, 502, "", "502; tried 4 times"),
        (4, 504, "", "504; tried 4 times"),
        (1, 500, "", "500"),
        (1, 418, "", "418"),
    ] {
        let error = answering_to(times, http(status, headers, "")).await;
        assert!(matches!(&error, ObserveError::Unavailable(said) if said.contains(text)), "{error:?}");
    }
}

#[tokio::test]
async fn what_never_ends_or_never_begins_is_given_up() {
    let endless = Reply::Endless(raw::open_head(""), b"          ");
    let late = Reply::Silence(raw::head(200, "", 100));
    for (times, reply, expected) in [
        (1, Reply::Silence(Vec::new()), "NoAnswer"),
        (1, Reply::Silence(b"HTTP/1.1 200".to_vec()), "NoAnswer"),
        (1, late, "SlowAnswer"),
        (1, endless, "TooLong"),
        (4, Reply::Endless(b"HTTP/1.1 200 X\r\n".to_vec(), b"x-more: and more\r\n"), "Broken"),
        (1, http(200, "content-encoding: gzip\r\n", ROOT), "Compressed"),
        (4, Reply::Bytes(raw::head(200, "", ROOT.len() + 1).into_iter().chain(ROOT.bytes()).collect()), "Broken"),
        (4, Reply::Bytes(Vec::new()), "Broken"),
        (4, Reply::Bytes(b"SSH-2.0-OpenSSH\r\n".to_vec()), "Broken"),
    ] {
        let error = answering_to(times, reply).await;
        assert!(matches!(error, ObserveError::Exchange(_)), "{error:?}");
        assert!(format!("{error:?}").contains(expected), "{expected}: {error:?}");
        assert!(error.hint().is_some());
    }
}

#[tokio::test]
async fn nobody_at_the_address_and_no_tls_are_told_apart() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let error = failure(&client(&format!("http://{free}"))).await;
    assert!(matches!(error, ObserveError::Exchange(ExchangeError::Unreachable(_))), "{error:?}");
    // A server that speaks in clear where TLS is expected; its greeting is no TLS record.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let root = format!("https://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .expect("written");
        }
    });
    let error = failure(&client(&root)).await;
    assert!(matches!(error, ObserveError::Exchange(ExchangeError::Tls(_))), "{error:?}");
}

#[tokio::test]
async fn one_broken_clinic_does_not_stop_the_others() {
    let broken = [
        (1, http(200, "content-type: text/html\r\n", LOGIN), "web page"),
        (1, http(200, "", "{\"clinic\": \"a\""), "shape"),
        (1, http(200, "", &format!("{}x", line("a"))), "shape"),
        (1, http(302, "location: https://elsewhere.example/\r\n", ""), "never followed"),
        (4, http(503, "retry-after: 7\r\n", ""), "7 s"),
        (4, Reply::Bytes(Vec::new()), "broke"),
        (1, Reply::Silence(raw::head(200, "", 100)), "did not end"),
        (1, Reply::Endless(raw::open_head(""), b"          "), "longer"),
    ];
    for (times, reply, text) in broken {
        let limits = small(&reply);
        let answer = move |request: &str| match request.split(' ').nth(1).unwrap_or_default() {
            "/api/v1" => http(200, "", ROOT),
            "/api/v1/clinics/a" => reply.clone(),
            "/api/v1/clinics/b" => http(200, "", &line("b")),
            _ => http(200, "", r#"{"items": []}"#),
        };
        let (requests, root) = raw::start(answer).await;
        let read = observe(&client_within(&root, limits), &["a", "b"]).await;
        assert!(matches!(&read[0].1, Observed::Failed(why) if why.contains(text)), "{read:?}");
        assert!(matches!(read[1].1, Observed::Live(_)));
        assert_eq!(requests.lock().expect("not poisoned").len(), 3 + times);
    }
}

#[tokio::test]
async fn pages_that_lead_nowhere_stop_the_run() {
    let person = |n: usize| json!({"id": format!("p-{n}"), "name": "x", "title": "nurse", "roles": [], "active": true});
    let circle = json!({"items": [person(1)], "next_cursor": "again"}).to_string();
    let empty = json!({"items": [], "next_cursor": "more"}).to_string();
    let elsewhere = "https://elsewhere.example/api/v1/clinics/a/staff?cursor=2";
    let elsewhere = json!({"items": [person(1)], "next_cursor": elsewhere}).to_string();
    for (page, requests_expected, text) in
        [(circle, 4, "circle"), (empty, 3, "empty"), (elsewhere, 3, "`elsewhere.example`")]
    {
        let answer = move |request: &str| match request.split(' ').nth(1).unwrap_or_default() {
            "/api/v1" => http(200, "", ROOT),
            "/api/v1/clinics/a" => http(200, "", &line("a")),
            _ => http(200, "", &page),
        };
        let (requests, root) = raw::start(answer).await;
        let error = failure(&client(&root)).await;
        assert!(matches!(&error, ObserveError::Pages(why) if why.contains(text)), "{error:?}");
        assert_eq!(requests.lock().expect("not poisoned").len(), requests_expected);
    }
}

#[tokio::test]
async fn a_clinic_that_is_listed_twice_makes_the_list_unusable() {
    let summary = |clinic: &str| json!({"clinic": clinic, "name": "x", "revision": 1});
    let second = json!({"items": [summary("b"), summary("a")]}).to_string();
    let first = json!({"items": [summary("a")], "next_cursor": "2"}).to_string();
    let answer = move |request: &str| http(200, "", if request.contains("cursor=2") { &second } else { &first });
    let (_, root) = raw::start(answer).await;
    let error = client(&root).clinics().await.expect_err("`a` twice");
    assert!(matches!(&error, ObserveError::List(why) if why.contains("`a` stands in it twice")), "{error:?}");
    assert!(client(&root).clinic_ids().await.is_empty(), "it suggests nothing");
}

#[tokio::test]
async fn pages_without_end_use_up_the_bytes_of_their_clinic() {
    let counter = std::sync::atomic::AtomicUsize::new(0);
    let answer = move |request: &str| match request.split(' ').nth(1).unwrap_or_default() {
        "/api/v1" => http(200, "", ROOT),
        "/api/v1/clinics/a" => http(200, "", &line("a")),
        _ => {
            let n = counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let person = json!({"id": format!("p-{n}"), "name": "x", "title": "nurse", "roles": [], "active": true});
            http(200, "", &json!({"items": [person], "next_cursor": n.to_string()}).to_string())
        }
    };
    let (_, root) = raw::start(answer).await;
    let read = observe(&client_within(&root, Limits { body: 8192, ..Limits::default() }), &["a"]).await;
    assert!(matches!(&read[0].1, Observed::Failed(why) if why.contains("longer")), "{read:?}");
}

#[tokio::test]
async fn a_broken_line_of_the_snapshot_is_its_clinics_trouble() {
    let wrong = line("a").replace("\"revision\":1000", "\"revision\":\"1000\"");
    let (_, read) = with_snapshot(http(200, "", &format!("{wrong}\n{}\n", line("b")))).await;
    let read = read.expect("one good line");
    assert!(matches!(&read[0], Observed::Failed(why) if why.contains("`revision`")), "{read:?}");
    assert!(matches!(read[1], Observed::Live(_)));
}

#[tokio::test]
async fn a_snapshot_without_its_end_never_makes_a_clinic_look_wrong() {
    let whole = format!(r#"{{"clinic":"b",{}"#, &line("b")[1..].replace(r#""clinic":"b","#, ""));
    let cut = &whole[..whole.len() / 2];
    let (_, read) = with_snapshot(http(200, "", &format!("{}\n{cut}", line("a")))).await;
    let read = read.expect("one good line");
    assert!(matches!(read[0], Observed::Live(_)));
    assert!(matches!(&read[1], Observed::Failed(why) if why.contains("EOF")), "{read:?}");
}

#[tokio::test]
async fn a_snapshot_that_nobody_can_read_fails_the_run() {
    let two = format!("{}\n{}\n", line("a"), line("a"));
    let long = Reply::Endless(raw::open_head(""), b"          ");
    let silent = Reply::Silence(raw::open_head(""));
    let broken = raw::head(200, "", 10_000).into_iter().chain(line("a").bytes()).collect();
    for (reply, text) in [
        (http(200, "", "{\"name\": \"x\"}\n"), "line 1 names no clinic"),
        (http(200, "", &format!("{}\nnull\n", line("a"))), "line 2 names no clinic"),
        (http(200, "", &two), "`a` stands in it twice"),
        (http(200, "content-type: text/html\r\n", LOGIN), "web page"),
        (http(302, "location: https://elsewhere.example/?x=1\r\n", ""), "redirects to `https://elsewhere.example/`"),
        (http(500, "", ""), "500"),
        (http(429, "retry-after: 3\r\n", ""), "3 s"),
        (long, "TooLong"),
        (silent, "SlowAnswer"),
        (Reply::Silence(Vec::new()), "NoAnswer"),
        (Reply::Bytes(broken), "Broken"),
    ] {
        let (told, read) = with_snapshot(reply).await;
        assert!(read.is_err() && told.contains(text), "{text}: {told}");
    }
}

#[tokio::test]
async fn a_refusal_that_repeats_the_token_is_shown_without_it() {
    let escaped: String = TOKEN.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    let answers = [
        (500, json!({"type": "t", "title": "ESCAPED"})),
        (500, json!({"type": "t", "title": "t", "detail": "ESCAPED"})),
        (200, json!({"api": TOKEN, "version": "1", "system": "s"})),
        (200, json!({"api": "clinic-settings", "version": TOKEN, "system": "s"})),
        (200, json!({"api": "a", "version": "1", "system": "s", "capabilities": TOKEN})),
        (200, json!(TOKEN)),
    ];
    for (status, body) in answers {
        let body = body.to_string().replace("ESCAPED", &escaped);
        let error = answering(http(status, "", &body)).await.to_string();
        assert!(!error.contains(TOKEN) && error.contains("***"), "{body}: {error}");
    }
    let detail = format!("you sent `Bearer {TOKEN}`, and {TOKEN}{TOKEN}");
    let body = json!({"type": "t", "title": TOKEN, "detail": detail}).to_string();
    let error = answering(http(500, "", &body)).await;
    assert!(matches!(&error, ObserveError::Unavailable(said) if said.contains("you sent `Bearer ***")), "{error}");
}
