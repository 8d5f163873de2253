//! Handing a conversation to another clinic.

use super::{clinic, patient, professional, refused, refused_by, start};
use crate::reference::world::World;
use serde_json::json;

#[tokio::test]
async fn a_conversation_goes_to_a_clinic_that_takes_messages() {
    going(start().await).await;
}

pub(super) async fn going(world: World) {
    let (anna, eva, pt) = (professional("st-1"), professional("st-9"), patient("pt-1"));
    let id = world.begin("norrtull", &pt, &clinic("norrtull")).await;
    let handed = world.hand("norrtull", &id, &anna, "vasa").await;
    assert_eq!((handed.status.as_u16(), &handed.json()["handed_to"]), (201, &json!("vasa")), "{}", handed.text);

    let gone = world.look("norrtull", &id, &anna).await;
    assert_eq!(gone.slug(), "unknown-conversation");
    assert_eq!(refused(&world.look("vasa", &id, &anna).await), ("vasa".to_owned(), "unknown-person".to_owned()));
    let read = world.look("vasa", &id, &eva).await.json();
    assert_eq!(
        (&read["clinic"], &read["governed_by"], &read["with"]),
        (&json!("vasa"), &json!("messaging/incoming"), &pt)
    );
    assert_eq!(read["messages"][1], handed.json());
    assert_eq!(world.reply("vasa", &id, &eva).await.status, 201);
    assert_eq!(world.reply("vasa", &id, &pt).await.status, 201, "the patient stays in it");
}

#[tokio::test]
async fn the_other_clinics_incoming_decides() {
    deciding(start().await).await;
}

pub(super) async fn deciding(world: World) {
    let anna = professional("st-1");
    let id = world.begin("norrtull", &patient("pt-1"), &clinic("norrtull")).await;
    let shut = world.hand("norrtull", &id, &anna, "torp").await;
    assert_eq!(refused(&shut), ("torp".to_owned(), "messaging/incoming.enabled".to_owned()));
    world.set("torp", "healthcare-initiated", true, json!("everyone")).await;
    assert_eq!(world.hand("norrtull", &id, &anna, "torp").await.status, 403);
    world.set("torp", "incoming", true, json!([])).await;
    assert_eq!(world.hand("norrtull", &id, &anna, "torp").await.status, 201);
    let olle = world.look("torp", &id, &professional("st-8")).await;
    assert_eq!(refused(&olle), ("torp".to_owned(), "messaging/incoming.accessible_to".to_owned()));
}

#[tokio::test]
async fn whoever_may_not_answer_may_not_hand_over() {
    let world = start().await;
    let incoming = world.begin("norrtull", &patient("pt-1"), &clinic("norrtull")).await;
    let initiated = world.begin("norrtull", &professional("st-2"), &patient("pt-2")).await;
    for (id, person, why) in [
        (&incoming, "st-2", "messaging/incoming.accessible_to"),
        (&incoming, "st-3", "left-the-clinic"),
        (&incoming, "st-4", "not-a-professional"),
        (&incoming, "st-9", "unknown-person"),
        (&initiated, "st-1", "messaging/healthcare-initiated.accessible_to"),
    ] {
        refused_by(&world.hand("norrtull", id, &professional(person), "vasa").await, why);
    }
    world.set("norrtull", "incoming", false, json!("everyone")).await;
    refused_by(&world.hand("norrtull", &incoming, &professional("st-1"), "vasa").await, "messaging/incoming.enabled");
    assert_eq!(world.hand("norrtull", &initiated, &professional("st-2"), "vasa").await.status, 201);
    let eva = world.look("vasa", &initiated, &professional("st-9")).await.json();
    assert_eq!(eva["governed_by"], "messaging/incoming", "what another clinic hands over came in");
}

#[tokio::test]
async fn a_conversation_cannot_go_where_it_is() {
    let world = start().await;
    let anna = professional("st-1");
    let id = world.begin("norrtull", &clinic("vasa"), &clinic("norrtull")).await;
    for (to, why) in [("norrtull", "holds the conversation"), ("vasa", "has started"), ("nowhere", "no clinic")] {
        let answer = world.hand("norrtull", &id, &anna, to).await;
        assert_eq!((answer.status.as_u16(), answer.pointers()), (422, vec!["/to/clinic".to_owned()]), "{to}");
        assert!(answer.text.contains(why), "{}", answer.text);
    }
}
