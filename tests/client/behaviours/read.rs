//! Faults in reading one clinic. The other one is planned, unless the fault says that nothing can be believed.

use super::{PLAN, Row, Spot, check, tiny};
use crate::client::raw;
use crate::client::raw::{Reply, http};
use serde_json::{Value, json};

/// The clinic with another value somewhere.
fn with(pointer: &str, value: Value) -> Reply {
    let mut clinic = tiny::clinic("north");
    *clinic.pointer_mut(pointer).expect(pointer) = value;
    http(200, "", &clinic.to_string())
}

/// The root, and `south` with its people, are three requests; each of these is the fourth. What is wrong only in meaning
/// is found when the clinic's people are there too.
pub(super) fn clinic() -> Vec<Row> {
    [shapes(), statuses()].concat()
}

fn shapes() -> Vec<Row> {
    let whole = tiny::clinic("north").to_string();
    let cut = [raw::head(200, "", whole.len()), whole.as_bytes()[..30].to_vec()].concat();
    let twice = with("/buttons", json!([tiny::clinic("a")["buttons"][0], tiny::clinic("a")["buttons"][0]]));
    vec![
        ("a clinic as a page", http(200, "content-type: text/html\r\n", "<p>"), 6, "answered with a web page", 4),
        ("a clinic without its end", http(200, "", &whole[..40]), 6, "agreed shape", 4),
        ("a clinic and more", http(200, "", &format!("{whole}{whole}")), 6, "agreed shape", 4),
        ("a clinic that is cut", Reply::Bytes(cut), 6, "the connection broke", 4),
        ("an empty clinic", http(200, "", "{}"), 6, "agreed shape", 4),
        ("a number for a name", with("/name", json!(4)), 6, "`name`", 4),
        ("a text for a revision", with("/revision", json!("7")), 6, "`revision`", 4),
        ("a revision below nothing", with("/revision", json!(-7)), 6, "`revision`", 4),
        (
            "a text for a switch",
            with("/messaging/incoming/enabled", json!("yes")),
            6,
            "`messaging.incoming.enabled`",
            4,
        ),
        (
            "an unknown word for a list",
            with("/messaging/incoming/accessible_to", json!("nobody")),
            6,
            "accessible_to`",
            4,
        ),
        ("a person without a key", with("/messaging/incoming/accessible_to", json!(["Å"])), 6, "accessible_to[0]`", 5),
        ("no messaging", with("/messaging", json!(null)), 6, "`messaging`", 4),
        ("a button twice", twice, 6, "a second button `new-message`", 5),
        ("a button nowhere", with("/buttons/0/shown_in", json!([])), 6, "`buttons[0].shown_in`", 5),
        ("a button on the wall", with("/buttons/0/shown_in", json!(["wall"])), 6, "found `wall`", 5),
        ("another clinic", http(200, "", &tiny::clinic("south").to_string()), 6, "the clinic `south` instead", 5),
        ("a name for a terminal", with("/name", json!("\u{1b}[2J\u{202e}")), 0, "2 to change", 5),
    ]
}

fn statuses() -> Vec<Row> {
    vec![
        ("a clinic behind 302", http(302, "location: /login\r\n", ""), 6, "a redirect to `/login`, which is never", 4),
        ("a clinic behind 401", http(401, "", ""), 7, "does not accept the token", 2),
        ("a clinic behind 403", http(403, "", ""), 6, "may not read", 4),
        ("a clinic that is not there", http(404, "", ""), 6, "unknown-clinic", 5),
        ("a clinic behind 429", http(429, "retry-after: 7200\r\n", ""), 6, "come back in 120 min", 4),
        ("a clinic behind 500", http(500, "", ""), 6, "answered 500", 4),
        ("a clinic behind 503", http(503, "", ""), 6, "answered 503", 4),
        ("a clinic without an answer", Reply::Bytes(Vec::new()), 6, "the connection broke", 4),
    ]
}

fn page(items: &Value, next: &str) -> Reply {
    http(200, "", &json!({"items": items, "next_cursor": next}).to_string())
}

/// The clinic was read before its people.
pub(super) fn staff() -> Vec<Row> {
    let people = tiny::staff("north");
    let mut twice = people.clone();
    twice[1]["id"] = twice[0]["id"].clone();
    let mut nameless = people.clone();
    nameless[0]["id"] = json!(7);
    let listed = |people: &Value| http(200, "", &json!({"items": people}).to_string());
    vec![
        ("people behind 401", http(401, "", ""), 7, "does not accept the token", 3),
        ("people behind 403", http(403, "", ""), 6, "may not read this clinic's directory", 5),
        ("people behind 404", http(404, "", ""), 6, "has no directory of this clinic", 5),
        ("people behind 500", http(500, "", ""), 6, "answered 500", 5),
        ("a person twice", listed(&twice), 6, "a second person `north-1`", 5),
        ("a person whose key is a number", listed(&nameless), 6, "`items[0].id`", 5),
        ("a page that leads to itself", page(&people, "again"), 1, "lead in a circle", 4),
        ("an empty page with a next one", page(&json!([]), "more"), 1, "is empty and names a next one", 3),
        ("a page elsewhere", page(&people, "https://elsewhere.example/staff"), 1, "at `elsewhere.example`", 3),
        ("people as a page for people", http(200, "content-type: text/html\r\n", "<p>"), 6, "a web page", 5),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinic_that_cannot_be_read_is_blocked_alone() {
    check(Spot { place: "GET /api/v1/clinics/north ", ..PLAN }, clinic()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_cannot_be_read_block_their_clinic_and_pages_without_end_the_run() {
    check(Spot { place: "GET /api/v1/clinics/north/staff", ..PLAN }, staff()).await;
}
