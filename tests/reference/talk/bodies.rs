//! Bodies and queries that say what cannot be.

use super::{clinic, patient, professional, start};
use reqwest::Method;
use serde_json::{Value, json};

fn body(from: &Value, to: &Value) -> Value {
    json!({"from": from, "to": to, "text": "Hej"})
}

#[tokio::test]
async fn a_start_that_cannot_be_is_refused_at_its_place() {
    let world = start().await;
    let (asa, pt, norrtull) = (professional("st-2"), patient("pt-1"), clinic("norrtull"));
    for (body, pointers) in [
        (json!([]), vec![""]),
        (json!({}), vec!["/from", "/to", "/text"]),
        (json!({"from": asa, "to": pt, "text": "Hej", "subject": "x"}), vec!["/subject"]),
        (json!({"from": asa, "to": pt, "text": ""}), vec!["/text"]),
        (json!({"from": asa, "to": pt, "text": " \n\t"}), vec!["/text"]),
        (json!({"from": asa, "to": pt, "text": "a\u{0}"}), vec!["/text"]),
        (json!({"from": asa, "to": pt, "text": "å".repeat(2001)}), vec!["/text"]),
        (json!({"from": asa, "to": pt, "text": null}), vec!["/text"]),
        (body(&json!("st-2"), &pt), vec!["/from"]),
        (body(&json!({}), &pt), vec!["/from"]),
        (body(&json!({"professional": "st-2", "patient": "pt-1"}), &pt), vec!["/from"]),
        (body(&json!({"nurse": "st-2"}), &pt), vec!["/from"]),
        (body(&json!({"professional": 7}), &pt), vec!["/from/professional"]),
        (body(&professional("-"), &pt), vec!["/from/professional"]),
        (body(&asa, &patient("")), vec!["/to/patient"]),
        (body(&asa, &patient(&"a".repeat(64))), vec!["/to/patient"]),
        (body(&clinic("Vasa"), &norrtull), vec!["/from/clinic"]),
        (body(&clinic("nowhere"), &norrtull), vec!["/from/clinic"]),
        (body(&asa, &professional("st-1")), vec!["/to"]),
        (body(&asa, &clinic("vasa")), vec!["/to"]),
        (body(&pt, &clinic("vasa")), vec!["/to"]),
        (body(&pt, &patient("pt-2")), vec!["/to"]),
        (body(&pt, &professional("st-1")), vec!["/to"]),
        (body(&clinic("vasa"), &clinic("torp")), vec!["/to"]),
        (body(&norrtull, &norrtull), vec!["/from"]),
        (body(&norrtull, &pt), vec!["/from"]),
    ] {
        let answer = world.post("norrtull/conversations", &body).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (422, "invalid-body"), "{body}: {}", answer.text);
        assert_eq!(answer.pointers(), pointers, "{body}: {}", answer.text);
    }
    let longest = json!({"from": asa, "to": pt, "text": "å".repeat(2000)});
    assert_eq!(world.post("norrtull/conversations", &longest).await.status, 201);
}

#[tokio::test]
async fn a_reply_or_a_handover_that_cannot_be_is_refused_at_its_place() {
    let world = start().await;
    let (anna, pt) = (professional("st-1"), patient("pt-1"));
    let id = world.begin("norrtull", &pt, &clinic("norrtull")).await;
    for (verb, body, pointers) in [
        ("replies", json!({"from": anna}), vec!["/text"]),
        ("replies", json!({"from": anna, "to": pt, "text": "Hej"}), vec!["/to"]),
        ("replies", json!({"from": {}, "text": "Hej"}), vec!["/from"]),
        ("handover", json!({"from": anna, "text": "Hej"}), vec!["/to"]),
        ("handover", body(&pt, &clinic("vasa")), vec!["/from"]),
        ("handover", body(&clinic("norrtull"), &clinic("vasa")), vec!["/from"]),
        ("handover", body(&anna, &patient("pt-2")), vec!["/to"]),
        ("handover", body(&anna, &professional("st-9")), vec!["/to"]),
    ] {
        let answer = world.post(&format!("norrtull/conversations/{id}/{verb}"), &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, pointers.iter().map(|at| (*at).to_owned()).collect()),
            "{body}"
        );
    }
    assert_eq!(world.look("norrtull", &id, &pt).await.json()["messages"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_reader_says_in_whose_name() {
    let world = start().await;
    let id = world.begin("norrtull", &patient("pt-1"), &clinic("norrtull")).await;
    for query in ["", "professional=st-1&patient=pt-1", "professional=", "clinic=Vasa", "patient=%20", "nurse=st-1"] {
        for path in ["conversations".to_owned(), format!("conversations/{id}")] {
            let answer = world.get(&format!("/api/v1/clinics/norrtull/{path}?{query}")).await;
            assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (400, "malformed-query"), "{path} {query}");
        }
    }
}

#[tokio::test]
async fn messages_need_no_revision_and_take_no_cookie_for_a_token() {
    let world = start().await;
    let body = body(&patient("pt-1"), &clinic("norrtull"));
    let request = world.request(Method::POST, "/api/v1/clinics/norrtull/conversations").header("If-Match", "\"999\"");
    assert_eq!(super::send(request.json(&body)).await.status, 201, "a revision is neither needed nor looked at");
    let bare = world.bare(Method::POST, "/api/v1/clinics/norrtull/conversations").header("Cookie", "__Host-session=x");
    assert_eq!(super::send(bare.json(&body)).await.status, 401);
}
