//! Faults of the write to `north`. Five requests plan both clinics; `south` takes two more, its write and its read-back.

use super::{APPLY, Row, Spot, When, check, tiny};
use crate::client::raw;
use crate::client::raw::{Reply, http};

/// Answers that say that nothing was written.
pub(super) fn refused() -> Vec<Row> {
    let field =
        r#"{"type": "t", "title": "No", "detail": "because", "errors": [{"pointer": "/enabled", "detail": "off"}]}"#;
    vec![
        ("a write behind 302", http(302, "location: /login\r\n", ""), 6, "never followed", 8),
        ("a write behind 400", http(400, "", ""), 6, "answered 400", 8),
        ("a write behind 401", http(401, "", ""), 7, "does not accept the token", 6),
        ("a write behind 403", http(403, "", ""), 6, "may not write this clinic", 8),
        ("a write behind 404", http(404, "", ""), 6, "does not know the clinic", 8),
        ("a write behind 409", http(409, "", ""), 6, "answered 409", 8),
        ("a write behind 413", http(413, "", ""), 6, "answered 413", 8),
        ("a write behind 415", http(415, "", ""), 6, "answered 415", 8),
        ("a write behind 422", http(422, "", field), 6, "because", 8),
        ("a write behind 428", http(428, "", ""), 6, "answered 428", 8),
        ("a write behind 429", http(429, "retry-after: 90\r\n", ""), 6, "come back in 90 s", 8),
        ("a write behind 451", http(451, "", ""), 6, "answered 451", 8),
    ]
}

/// Answers that are over when the write is sent again.
pub(super) fn passing() -> Vec<Row> {
    vec![("a write behind 429 once", http(429, "retry-after: 1\r\n", ""), 0, "2 changed", 10)]
}

/// The write is done, and the answer does not say so: one more read settles it.
pub(super) fn lost() -> Vec<Row> {
    let cut = raw::head(200, "etag: \"8\"\r\n", 50);
    let endless = Reply::Endless(raw::open_head("etag: \"8\"\r\n"), b"                ");
    vec![
        ("done, and a page", http(200, "content-type: text/html\r\netag: \"8\"\r\n", "<p>"), 0, "2 changed", 9),
        ("done, and 202", http(202, "etag: \"8\"\r\n", "{}"), 0, "2 changed", 9),
        ("done, and half JSON", http(200, "etag: \"8\"\r\n", "{\"enabled\":"), 0, "2 changed", 9),
        ("done, and JSON twice", http(200, "etag: \"8\"\r\n", "{} {}"), 0, "2 changed", 9),
        ("done, and compressed", http(200, "etag: \"8\"\r\ncontent-encoding: br\r\n", "{}"), 0, "2 changed", 9),
        ("done, and 500", http(500, "", ""), 0, "2 changed", 9),
        ("done, and 502", http(502, "", "<html>"), 0, "2 changed", 9),
        ("done, and 503", http(503, "", ""), 0, "2 changed", 9),
        ("done, and 504", http(504, "", ""), 0, "2 changed", 9),
        ("done, and no answer", Reply::Bytes(Vec::new()), 0, "2 changed", 9),
        ("done, and an answer that is cut", Reply::Bytes(cut), 0, "2 changed", 9),
        ("done, and an answer without end", endless, 0, "2 changed", 9),
        ("done, and another protocol", Reply::Bytes(b"220 mail.example\r\n".to_vec()), 0, "2 changed", 9),
        ("done, and no ETag", http(200, "", "{}"), 0, "2 changed", 9),
        ("done, and a weak ETag", http(200, "etag: W/\"8\"\r\n", "{}"), 0, "2 changed", 9),
        ("done, and a bare ETag", http(200, "etag: 8\r\n", "{}"), 0, "2 changed", 9),
        ("done, and an ETag of words", http(204, "etag: \"eight\"\r\n", ""), 0, "2 changed", 9),
    ]
}

/// The answer says that the write is done, or nothing, and nothing was written: one read settles it. Nobody is blamed.
pub(super) fn nothing_done() -> Vec<Row> {
    let as_it_was = "read afterwards and is as it was";
    vec![
        ("not done, and 200 with nothing", http(200, "", ""), 6, "did not do it", 9),
        ("not done, and 204", http(204, "", ""), 6, "did not do it", 9),
        ("not done, and no ETag", http(200, "", "{}"), 6, "did not do it", 9),
        ("not done, and a weak ETag", http(200, "etag: W/\"8\"\r\n", "{}"), 6, "did not do it", 9),
        ("not done, and a page", http(200, "content-type: text/html\r\n", "<p>"), 6, as_it_was, 9),
        ("not done, and 500", http(500, "", ""), 6, as_it_was, 9),
        ("not done, and 503", http(503, "", ""), 6, as_it_was, 9),
        ("not done, and 503 for an hour", http(503, "retry-after: 3600\r\n", ""), 6, "come back in 60 min", 9),
        ("not done, and no answer", Reply::Bytes(Vec::new()), 6, as_it_was, 9),
    ]
}

/// The write is done, and the reading that should show it fails.
pub(super) fn read_back() -> Vec<Row> {
    vec![
        ("read back behind 401", http(401, "", ""), 7, "does not accept the token", 7),
        ("read back behind 403", http(403, "", ""), 6, "may not read this clinic", 9),
        ("read back behind 404", http(404, "", ""), 6, "does not know the clinic", 9),
        ("read back behind 500", http(500, "", ""), 6, "could not be read back", 9),
        ("read back as a page", http(200, "content-type: text/html\r\n", "<p>"), 6, "a web page", 9),
        ("read back without an answer", Reply::Bytes(Vec::new()), 6, "could not be read back", 9),
    ]
}

/// Somebody else has changed the clinic, and reading its people again fails: the write is the sixth request, and two more
/// read the clinic. What makes nothing of the system believable ends the run, and `south` is not touched.
pub(super) fn read_again() -> Vec<Row> {
    let page = |items: serde_json::Value, next: &str| {
        http(200, "", &serde_json::json!({"items": items, "next_cursor": next}).to_string())
    };
    let changed = "somebody else changed the clinic, and it could not be read again";
    vec![
        ("read again behind 401", http(401, "", ""), 7, "does not accept the token", 8),
        ("read again behind 403", http(403, "", ""), 6, changed, 10),
        ("read again behind 503", http(503, "", ""), 6, changed, 10),
        ("read again without an answer", Reply::Bytes(Vec::new()), 6, changed, 10),
        ("read again in a circle", page(tiny::staff("north"), "again"), 6, "`staff` lead in a circle", 9),
        ("read again without an end", page(serde_json::json!([]), "more"), 6, "is empty and names a next one", 8),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinic_that_changed_and_cannot_be_read_again_is_no_conflict() {
    check(Spot { place: "GET /api/v1/clinics/north/staff", when: When::Later, edited: true, ..APPLY }, read_again())
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_not_done_stops_its_clinic_alone() {
    check(APPLY, refused()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_the_system_had_no_time_for_is_sent_again() {
    check(Spot { when: When::Once, ..APPLY }, passing()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_answer_is_lost_is_found_by_reading_and_never_repeated() {
    check(Spot { does: true, ..APPLY }, lost()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_not_done_is_neither_taken_for_done_nor_for_somebody_elses_change() {
    check(APPLY, nothing_done()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_back_that_fails_is_told() {
    check(Spot { place: "GET /api/v1/clinics/north ", when: When::Later, ..APPLY }, read_back()).await;
}
