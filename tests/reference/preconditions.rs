//! `If-Match`: of all who write on one revision, one wins; the others are shown what is there.

use super::world::{World, send};
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeSet;

const PATH: &str = "/api/v1/clinics/norrtull/messaging/incoming";

#[tokio::test]
async fn a_write_without_its_revision_is_refused() {
    let world = World::start().await;
    for (tags, status, slug) in [
        (vec![], 428, "precondition-required"),
        (vec!["1"], 400, "malformed-header"),
        (vec![""], 400, "malformed-header"),
        (vec!["*"], 400, "malformed-header"),
        (vec!["W/\"1\""], 400, "malformed-header"),
        (vec!["\"1\", \"2\""], 400, "malformed-header"),
        (vec!["\"1"], 400, "malformed-header"),
        (vec!["\""], 400, "malformed-header"),
        (vec!["\"1\"", "\"1\""], 400, "malformed-header"),
        (vec!["\"\""], 412, "revision-mismatch"),
        (vec!["\"01\""], 412, "revision-mismatch"),
        (vec!["\"+1\""], 412, "revision-mismatch"),
        (vec!["\"one\""], 412, "revision-mismatch"),
        (vec!["\"18446744073709551616\""], 412, "revision-mismatch"),
        (vec!["\"0\""], 412, "revision-mismatch"),
        (vec!["\"2\""], 412, "revision-mismatch"),
    ] {
        let request = world.request(Method::PUT, PATH).json(&json!({"enabled": false, "accessible_to": []}));
        let answer = send(tags.iter().fold(request, |request, tag| request.header("If-Match", *tag))).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (status, slug), "{tags:?}: {answer:?}");
        if status == 412 {
            assert_eq!(answer.header("etag"), "\"1\"");
            assert_eq!(answer.json()["current"], world.clinic("norrtull").await);
        }
    }
    assert_eq!(world.clinic("norrtull").await["revision"], 1);
}

#[tokio::test]
async fn a_stale_write_is_stale_before_it_is_anything_else() {
    let world = World::start().await;
    assert_eq!(world.delete("norrtull/buttons/book", 1).await.status, 204);
    assert_eq!(world.delete("norrtull/buttons/book", 1).await.status, 412, "gone, and on an old revision");
    let unknown = json!({"enabled": true, "accessible_to": ["nobody"]});
    assert_eq!(world.put("norrtull/messaging/incoming", 1, &unknown).await.status, 412);
    assert_eq!(world.put("norrtull/messaging/incoming", 2, &unknown).await.status, 422);
}

#[tokio::test]
async fn of_many_who_write_on_one_revision_exactly_one_wins() {
    let world = World::start().await;
    for revision in 1..=5_u64 {
        let writes = (0..20).map(|at| {
            let body = json!({"leads_to": format!("form:f{revision}-{at}"), "title": {"sv": "Hej"}, "active": true,
                              "shown_in": ["app"]});
            let request = world.request(Method::PUT, "/api/v1/clinics/norrtull/buttons/book");
            send(request.header("If-Match", format!("\"{revision}\"")).json(&body))
        });
        let answers = futures_util::future::join_all(writes).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1, "revision {revision}");
        assert_eq!(won[0].header("etag"), format!("\"{}\"", revision + 1));
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 412));
        let clinic = world.clinic("norrtull").await;
        assert_eq!((&clinic["revision"], &clinic["buttons"][0]), (&json!(revision + 1), &won[0].json()));
        let lost = answers.iter().find(|answer| answer.status == 412).unwrap();
        assert_eq!(lost.json()["current"], clinic, "the losers are shown the winner's state");
    }
    assert_eq!(world.changes("norrtull").await.len(), 2 + 5);
}

#[tokio::test]
async fn clinics_do_not_wait_for_each_other() {
    let clinics: String = (0..40).map(|at| format!("  - {{clinic: c{at}, name: Clinic, staff: []}}\n")).collect();
    let world = World::with(&format!("system: Many\nclinics:\n{clinics}"), Default::default()).await;
    let body = json!({"enabled": true, "accessible_to": "everyone"});
    let paths: Vec<String> = (0..40).map(|at| format!("c{at}/messaging/incoming")).collect();
    let answers = futures_util::future::join_all(paths.iter().map(|path| world.put(path, 1, &body))).await;
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.header("etag") == "\"2\""));
    let mut seqs = BTreeSet::new();
    for at in 0..40 {
        seqs.extend(world.changes(&format!("c{at}")).await.iter().map(|entry| entry["seq"].as_u64().unwrap()));
    }
    assert_eq!(seqs, (1..=40).collect());
}
