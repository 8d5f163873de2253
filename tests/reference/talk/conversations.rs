//! Who starts, reads and answers; each refusal with the one setting or fact behind it.

use super::{clinic, patient, professional, refused, refused_by, start};
use serde_json::json;

#[tokio::test]
async fn a_professional_writes_first_and_the_patient_answers() {
    let world = start().await;
    let (asa, pt) = (professional("st-2"), patient("pt-1"));
    let body = json!({"from": asa, "to": pt, "text": "Provsvaret har kommit.\nRing oss."});
    let begun = world.post("norrtull/conversations", &body).await;
    assert_eq!(begun.status, 201);
    let shown = begun.json();
    assert_eq!(shown["clinic"], "norrtull");
    assert_eq!(shown["governed_by"], "messaging/healthcare-initiated");
    assert_eq!(shown["with"], pt);
    assert_eq!(shown["messages"][0]["from"], asa);
    assert_eq!(shown["messages"][0]["text"], "Provsvaret har kommit.\nRing oss.");
    let at: jiff::Timestamp = shown["messages"][0]["at"].as_str().unwrap().parse().unwrap();
    assert!(at <= jiff::Timestamp::now());

    let id = shown["id"].as_str().unwrap();
    let reply = world.reply("norrtull", id, &pt).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    assert_eq!(world.reply("norrtull", id, &asa).await.status, 201);
    for reader in [&asa, &pt] {
        let read = world.look("norrtull", id, reader).await.json();
        assert_eq!(read["messages"].as_array().unwrap().len(), 3);
        assert_eq!(read["messages"][0], shown["messages"][0]);
        assert_eq!(read["messages"][1], reply.json());
    }
    assert_eq!(world.clinic("norrtull").await["revision"], 1, "messages are no settings");
    assert!(world.changes("norrtull").await.is_empty(), "messages are not in the change log");
}

#[tokio::test]
async fn a_patient_writes_first_and_who_may_respond_answers() {
    let world = start().await;
    let (anna, pt) = (professional("st-1"), patient("pt-1"));
    let id = world.begin("norrtull", &pt, &clinic("norrtull")).await;
    let read = world.look("norrtull", &id, &anna).await.json();
    assert_eq!((&read["governed_by"], &read["with"]), (&json!("messaging/incoming"), &pt));
    assert_eq!(world.reply("norrtull", &id, &anna).await.status, 201);
    assert_eq!(world.reply("norrtull", &id, &pt).await.status, 201);
}

#[tokio::test]
async fn another_clinic_writes_first() {
    let world = start().await;
    let (anna, vasa) = (professional("st-1"), clinic("vasa"));
    let id = world.begin("norrtull", &vasa, &clinic("norrtull")).await;
    assert_eq!(world.look("norrtull", &id, &vasa).await.json()["with"], vasa);
    assert_eq!(world.reply("norrtull", &id, &anna).await.status, 201);
    assert_eq!(world.reply("norrtull", &id, &vasa).await.status, 201);
    for stranger in [clinic("torp"), clinic("norrtull"), patient("vasa"), patient("pt-1")] {
        refused_by(&world.look("norrtull", &id, &stranger).await, "not-theirs");
        refused_by(&world.reply("norrtull", &id, &stranger).await, "not-theirs");
    }
}

#[tokio::test]
async fn whoever_may_not_send_cannot_start() {
    let world = start().await;
    let send = async |from: &str| {
        let body = json!({"from": professional(from), "to": patient("pt-1"), "text": "Hej"});
        world.post("norrtull/conversations", &body).await
    };
    for (person, why) in [
        ("st-1", "messaging/healthcare-initiated.accessible_to"),
        ("st-3", "left-the-clinic"),
        ("st-4", "not-a-professional"),
        ("st-9", "unknown-person"),
        ("st-404", "unknown-person"),
    ] {
        refused_by(&send(person).await, why);
    }
    assert_eq!(send("st-2").await.status, 201);
    world.set("norrtull", "healthcare-initiated", false, json!("everyone")).await;
    refused_by(&send("st-2").await, "messaging/healthcare-initiated.enabled");
    refused_by(&send("st-3").await, "left-the-clinic");
}

#[tokio::test]
async fn a_clinic_that_takes_no_messages_refuses_patients_and_clinics() {
    let world = start().await;
    for from in [patient("pt-1"), clinic("vasa")] {
        let body = json!({"from": from, "to": clinic("torp"), "text": "Hej"});
        let answer = world.post("torp/conversations", &body).await;
        assert_eq!(refused(&answer), ("torp".to_owned(), "messaging/incoming.enabled".to_owned()));
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("`torp` does not take messages"), "{detail}");
    }
    world.set("torp", "incoming", true, json!([])).await;
    // Nobody may answer there: unwise, and yet what the settings say.
    world.begin("torp", &patient("pt-1"), &clinic("torp")).await;
}

#[tokio::test]
async fn the_list_of_a_conversations_own_direction_decides_who_reads_and_answers() {
    let world = start().await;
    let incoming = world.begin("norrtull", &patient("pt-1"), &clinic("norrtull")).await;
    let initiated = world.begin("norrtull", &professional("st-2"), &patient("pt-2")).await;
    for (id, person, why) in [
        (&incoming, "st-2", "messaging/incoming.accessible_to"),
        (&incoming, "st-5", "messaging/incoming.accessible_to"),
        (&incoming, "st-3", "left-the-clinic"),
        (&incoming, "st-4", "not-a-professional"),
        (&incoming, "st-9", "unknown-person"),
        (&initiated, "st-1", "messaging/healthcare-initiated.accessible_to"),
        (&initiated, "st-3", "left-the-clinic"),
    ] {
        refused_by(&world.look("norrtull", id, &professional(person)).await, why);
        refused_by(&world.reply("norrtull", id, &professional(person)).await, why);
    }
    for (id, other) in [(&incoming, patient("pt-2")), (&initiated, patient("pt-1")), (&initiated, clinic("vasa"))] {
        refused_by(&world.look("norrtull", id, &other).await, "not-theirs");
        refused_by(&world.reply("norrtull", id, &other).await, "not-theirs");
    }
}

#[tokio::test]
async fn what_the_settings_say_at_the_moment_counts() {
    let world = start().await;
    let (anna, ali, pt) = (professional("st-1"), professional("st-5"), patient("pt-1"));
    let id = world.begin("norrtull", &pt, &clinic("norrtull")).await;
    assert_eq!(world.reply("norrtull", &id, &anna).await.status, 201);

    world.set("norrtull", "incoming", false, json!(["st-1"])).await;
    refused_by(&world.reply("norrtull", &id, &anna).await, "messaging/incoming.enabled");
    assert_eq!(world.look("norrtull", &id, &anna).await.status, 200, "what was written does not disappear");
    assert_eq!(world.reply("norrtull", &id, &pt).await.status, 201, "patients always answer in what is theirs");

    world.set("norrtull", "incoming", true, json!(["st-5"])).await;
    refused_by(&world.reply("norrtull", &id, &anna).await, "messaging/incoming.accessible_to");
    refused_by(&world.look("norrtull", &id, &anna).await, "messaging/incoming.accessible_to");
    assert_eq!(world.reply("norrtull", &id, &ali).await.status, 201);

    world.set("norrtull", "incoming", true, json!("everyone")).await;
    for person in ["st-1", "st-2", "st-5"] {
        assert_eq!(world.reply("norrtull", &id, &professional(person)).await.status, 201, "{person}");
    }
    refused_by(&world.reply("norrtull", &id, &professional("st-3")).await, "left-the-clinic");
    assert_eq!(world.look("norrtull", &id, &pt).await.json()["messages"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn a_conversation_is_found_at_its_own_clinic_alone() {
    let world = start().await;
    let id = world.begin("norrtull", &patient("pt-1"), &clinic("norrtull")).await;
    for (at, id) in [("vasa", id.as_str()), ("norrtull", "cv-404"), ("norrtull", "CV"), ("norrtull", "%20")] {
        let answer = world.look(at, id, &patient("pt-1")).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (404, "unknown-conversation"), "{at} {id}");
        let answer = world.reply(at, id, &patient("pt-1")).await;
        assert_eq!((answer.status.as_u16(), answer.slug().as_str()), (404, "unknown-conversation"), "{at} {id}");
    }
    let nowhere = world.look("nowhere", &id, &patient("pt-1")).await;
    assert_eq!((nowhere.status.as_u16(), nowhere.slug().as_str()), (404, "unknown-clinic"));
}

#[tokio::test]
async fn a_conversation_ends_somewhere() {
    let world = start().await;
    let (pt, at) = (patient("pt-1"), clinic("norrtull"));
    let id = world.begin("norrtull", &pt, &at).await;
    for _ in 1..100 {
        assert_eq!(world.reply("norrtull", &id, &pt).await.status, 201);
    }
    let full = world.reply("norrtull", &id, &pt).await;
    assert_eq!((full.status.as_u16(), full.slug().as_str()), (409, "conversation-full"));
    let full = world.hand("norrtull", &id, &professional("st-1"), "vasa").await;
    assert_eq!((full.status.as_u16(), full.slug().as_str()), (409, "conversation-full"));
}
