//! The two headers that the client obeys.

use clinicctl::client::responses;
use clinicctl::client::responses::{Answer, Tries, WaitBounds};
use reqwest::StatusCode;
use reqwest::header::{ETAG, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use std::time::Duration;

/// The first byte chooses the header, each line behind it is one of its values. A wait is a second to ten minutes or is
/// refused as too long; an `ETag` that is taken is one that is sent back as it was.
pub(crate) fn headers(data: &[u8]) {
    let Some((which, values)) = data.split_first() else { return };
    if which % 2 == 0 { retry_after(&of(&RETRY_AFTER, values)) } else { etag(of(&ETAG, values)) }
}

fn of(name: &HeaderName, values: &[u8]) -> HeaderMap {
    let values = values.split(|byte| *byte == b'\n').filter_map(|value| HeaderValue::from_bytes(value).ok());
    values.map(|value| (name.clone(), value)).collect()
}

fn retry_after(headers: &HeaderMap) {
    let now = "2026-11-22T22:00:00Z".parse().expect("a time");
    let asked = responses::asked(headers, now);
    assert!(asked.is_none_or(|asked| asked >= Duration::from_secs(1)), "{asked:?}");
    let longest = Duration::from_secs(600);
    for jitter in [0.0, 0.999] {
        let obeyed = Tries::default().next(asked, WaitBounds { budget: Duration::MAX, jitter });
        match asked {
            Some(asked) if asked > longest => assert_eq!(obeyed, None, "{asked:?}"),
            Some(asked) => {
                assert!(obeyed.is_some_and(|wait| wait >= asked && wait <= longest), "{asked:?}: {obeyed:?}")
            }
            None => assert!(obeyed.is_some_and(|wait| wait < Duration::from_secs(1)), "{obeyed:?}"),
        }
    }
    let said = responses::document::<serde_json::Value>(&answer(503, headers.clone()));
    super::no_hidden_character(&clinicctl::diagnostic::escape(&said.expect_err("503 is no success").sentence()));
}

fn etag(headers: HeaderMap) {
    let first = headers.get(ETAG).cloned();
    if let Some(revision) = responses::etag(&answer(200, headers)) {
        assert_eq!(first, HeaderValue::from_str(&format!("\"{revision}\"")).ok());
    }
}

fn answer(status: u16, headers: HeaderMap) -> Answer {
    Answer { status: StatusCode::from_u16(status).expect("a status"), headers, body: Vec::new(), tries: 1 }
}
