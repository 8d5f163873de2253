//! Lists: exactly what the reader may read, newest first, page by page.

use super::{clinic, ids, patient, professional, refused_by, start};
use crate::reference::world::World;
use serde_json::json;

#[tokio::test]
async fn everybody_finds_what_they_may_read() {
    finding(start().await).await;
}

pub(super) async fn finding(world: World) {
    let here = clinic("norrtull");
    let one = world.begin("norrtull", &patient("pt-1"), &here).await;
    let two = world.begin("norrtull", &clinic("vasa"), &here).await;
    let three = world.begin("norrtull", &professional("st-2"), &patient("pt-1")).await;
    world.begin("vasa", &patient("pt-1"), &clinic("vasa")).await;
    for (reader, expected) in [
        (professional("st-1"), vec![&two, &one]),
        (professional("st-2"), vec![&three]),
        (professional("st-5"), vec![]),
        (patient("pt-1"), vec![&three, &one]),
        (patient("pt-2"), vec![]),
        (patient("vasa"), vec![]),
        (clinic("vasa"), vec![&two]),
        (clinic("torp"), vec![]),
        (here, vec![]),
    ] {
        let listed = world.list("norrtull", &reader).await;
        assert_eq!(ids(&listed).iter().collect::<Vec<_>>(), expected, "{reader}");
    }
    for (person, why) in [("st-3", "left-the-clinic"), ("st-4", "not-a-professional"), ("st-9", "unknown-person")] {
        refused_by(&world.list("norrtull", &professional(person)).await, why);
    }
    world.set("norrtull", "healthcare-initiated", false, json!("everyone")).await;
    let anna = world.list("norrtull", &professional("st-1")).await;
    assert_eq!(ids(&anna), [three, two, one], "the switch does not hide what was written");
}

#[tokio::test]
async fn the_newest_message_comes_first_and_stands_in_the_list() {
    let world = start().await;
    let (pt, here) = (patient("pt-1"), clinic("norrtull"));
    let one = world.begin("norrtull", &pt, &here).await;
    let two = world.begin("norrtull", &pt, &here).await;
    assert_eq!(ids(&world.list("norrtull", &pt).await), [two.clone(), one.clone()]);
    let reply = world.reply("norrtull", &one, &professional("st-1")).await.json();
    let listed = world.list("norrtull", &pt).await;
    assert_eq!(ids(&listed), [one, two]);
    assert_eq!(listed.json()["items"][0]["last"], reply);
}

#[tokio::test]
async fn pages_follow_each_other() {
    paging(start().await).await;
}

pub(super) async fn paging(world: World) {
    let (pt, here) = (patient("pt-1"), clinic("norrtull"));
    let mut begun = Vec::new();
    for _ in 0..5 {
        begun.push(world.begin("norrtull", &pt, &here).await);
    }
    begun.reverse();
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/clinics/norrtull/conversations?patient=pt-1&limit=2{cursor}");
        let page = world.get(&path).await;
        found.extend(ids(&page));
        let Some(next) = page.json()["next_cursor"].as_str().map(str::to_owned) else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, begun);
    let other =
        world.get("/api/v1/clinics/norrtull/conversations?patient=pt-1&cursor=636f6e766572736174696f6e733a78").await;
    assert_eq!(other.slug(), "malformed-query");
}
