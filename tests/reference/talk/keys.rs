//! Sending the same message twice.

use super::{clinic, patient, professional, start};
use crate::reference::world::World;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_same_key_starts_one_conversation() {
    starting_once(start().await).await;
}

pub(super) async fn starting_once(world: World) {
    let body = json!({"from": patient("pt-1"), "to": clinic("norrtull"), "text": "Hej"});
    let first = world.post_once("norrtull/conversations", "k1", &body).await;
    world.reply("norrtull", first.json()["id"].as_str().expect("a key"), &patient("pt-1")).await;
    world.set("norrtull", "incoming", false, json!("everyone")).await;
    let again = world.post_once("norrtull/conversations", "k1", &body).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200), "{}", again.text);
    assert_eq!(first.json(), again.json(), "the same answer, whatever happened since");
    assert_eq!(super::ids(&world.list("norrtull", &patient("pt-1")).await).len(), 1);
}

#[tokio::test]
async fn the_same_key_says_a_thing_once() {
    saying_once(start().await).await;
}

pub(super) async fn saying_once(world: World) {
    let (anna, pt) = (professional("st-1"), patient("pt-1"));
    let id = world.begin("norrtull", &pt, &clinic("norrtull")).await;
    let (reply, handover) =
        (json!({"from": anna, "text": "Svar"}), json!({"from": anna, "to": clinic("vasa"), "text": "Ert"}));
    for (verb, body) in [("replies", &reply), ("handover", &handover)] {
        let path = format!("norrtull/conversations/{id}/{verb}");
        let (first, again) = (world.post_once(&path, "k1", body).await, world.post_once(&path, "k1", body).await);
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200), "{verb}: {}", again.text);
        assert_eq!(first.json(), again.json());
    }
    let gone = world.post_once(&format!("norrtull/conversations/{id}/replies"), "k1", &reply).await;
    assert_eq!(gone.status, 200, "it was said, though the conversation is elsewhere by now");
    assert_eq!(world.look("vasa", &id, &pt).await.json()["messages"].as_array().expect("messages").len(), 3);
}

#[tokio::test]
async fn a_key_stands_for_one_message_of_one_sender_at_one_path() {
    let world = start().await;
    let start = |from: &str, text: &str| json!({"from": patient(from), "to": clinic("norrtull"), "text": text});
    assert_eq!(world.post_once("norrtull/conversations", "k1", &start("pt-1", "Hej")).await.status, 201);
    for other in [start("pt-1", "Hallå"), start("pt-2", "Hej")] {
        let answer = world.post_once("norrtull/conversations", "k1", &other).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (409, "key-reused"));
    }
    let elsewhere = json!({"from": patient("pt-1"), "to": clinic("vasa"), "text": "Hej"});
    assert_eq!(world.post_once("vasa/conversations", "k1", &elsewhere).await.status, 201);
    let without = world.post("norrtull/conversations", &start("pt-1", "Hej")).await;
    assert_eq!(without.status, 201, "without a key the same is said twice");

    let id = without.json()["id"].as_str().expect("a key").to_owned();
    let path = format!("norrtull/conversations/{id}/replies");
    let said = |text: &str| json!({"from": patient("pt-1"), "text": text});
    assert_eq!(world.post_once(&path, "k1", &said("Ja")).await.status, 201);
    assert_eq!(world.post_once(&path, "k1", &said("Nej")).await.slug(), "key-reused");
}

#[tokio::test]
async fn many_who_send_the_same_at_once_say_it_once() {
    at_once(start().await).await;
}

pub(super) async fn at_once(world: World) {
    let body = json!({"from": patient("pt-1"), "to": clinic("norrtull"), "text": "Hej"});
    let starts = (0..8).map(|_| world.post_once("norrtull/conversations", "k1", &body));
    let starts = futures_util::future::join_all(starts).await;
    assert_eq!(starts.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(starts.iter().all(|answer| answer.json() == starts[0].json()));

    let id = starts[0].json()["id"].as_str().expect("a key").to_owned();
    let path = format!("norrtull/conversations/{id}/replies");
    let texts: Vec<_> = (0..6).map(|at| json!({"from": patient("pt-1"), "text": format!("{at}")})).collect();
    let replies = futures_util::future::join_all(texts.iter().map(|text| world.post(&path, text))).await;
    assert!(replies.iter().all(|answer| answer.status == 201), "{replies:?}");
    let read = world.look("norrtull", &id, &patient("pt-1")).await.json();
    assert_eq!(read["messages"].as_array().expect("messages").len(), 7, "everybody finds a place of their own");
}

#[tokio::test]
async fn a_key_that_cannot_be_one_is_refused() {
    let world = start().await;
    let body = json!({"from": patient("pt-1"), "to": clinic("norrtull"), "text": "Hej"});
    for key in ["".to_owned(), "k".repeat(101), "a\tb".to_owned()] {
        let answer = world.post_once("norrtull/conversations", &key, &body).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (400, "malformed-header"), "{key:?}");
    }
    let twice = world.request(Method::POST, "/api/v1/clinics/norrtull/conversations").header("Idempotency-Key", "a");
    assert_eq!(super::send(twice.header("Idempotency-Key", "b").json(&body)).await.status, 400);
}
