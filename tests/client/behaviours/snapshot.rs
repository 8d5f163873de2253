//! Faults of the snapshot, in which all clinics come at once.

use super::{PLAN, Row, Spot, When, check, tiny};
use crate::client::raw;
use crate::client::raw::{Reply, http};

const SPOT: Spot = Spot { place: "GET /api/v1/snapshot", snapshot: true, ..PLAN };

fn lines(lines: &[&str]) -> Reply {
    http(200, "", &lines.join("\n"))
}

/// Half of the second line, though the head promises all of it.
fn cut() -> Reply {
    let whole = format!("{}\n{}\n", tiny::line("north"), tiny::line("south"));
    let half = tiny::line("north").len() + 40;
    Reply::Bytes([raw::head(200, "", whole.len()), whole.as_bytes()[..half].to_vec()].concat())
}

pub(super) fn faults() -> Vec<Row> {
    let (north, south) = (tiny::line("north"), tiny::line("south"));
    let wrong = north.replace("\"revision\":7", "\"revision\":\"7\"");
    vec![
        ("a clinic that comes twice", lines(&[&north, &south, &north]), 1, "`north` stands in it twice", 2),
        ("a line of nobody", lines(&[&north, "{\"name\": \"x\"}"]), 1, "line 2 names no clinic", 2),
        ("a line that is no clinic", lines(&["null", &north]), 1, "line 1 names no clinic", 2),
        ("a snapshot for people", http(200, "content-type: text/html\r\n", "<p>"), 1, "a web page", 2),
        ("a snapshot that is cut", cut(), 1, "the connection broke", 2),
        ("a snapshot behind 401", http(401, "", ""), 7, "does not accept the token", 2),
        ("a snapshot behind 302", http(302, "location: /login\r\n", ""), 1, "redirects to `/login`", 2),
        ("a snapshot behind 500", http(500, "", ""), 1, "answered 500", 2),
        ("a snapshot behind 503", http(503, "retry-after: 5\r\n", ""), 1, "come back in 5 s", 2),
        ("a snapshot behind 403", http(403, "", ""), 0, "2 to change", 6),
        ("a snapshot behind 404", http(404, "", ""), 0, "2 to change", 6),
        ("a line of the wrong shape", lines(&[&wrong, &south]), 6, "`revision`", 2),
        ("lines of nothing", lines(&["", &north, "  ", "", &south, ""]), 0, "2 to change", 2),
        ("a snapshot with a clinic too few", lines(&[&south]), 0, "2 to change", 4),
        ("a snapshot of other clinics", lines(&[&tiny::line("west")]), 0, "2 to change", 6),
    ]
}

pub(super) fn passing() -> Vec<Row> {
    vec![
        ("a snapshot that is cut once", cut(), 0, "2 to change", 3),
        ("a snapshot behind 502 once", http(502, "", ""), 0, "2 to change", 3),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_cannot_be_believed_stops_the_run_and_one_that_is_not_given_is_replaced() {
    check(SPOT, faults()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_breaks_is_read_again() {
    check(Spot { when: When::Once, ..SPOT }, passing()).await;
}
