//! Somebody who leaves, or stops being a professional, while conversations go on.

use super::{clinic, patient, professional, refused_by, start};
use crate::reference::world::World;
use crate::support::store;
use serde_json::json;

/// What the directory of another program would do: people come from outside.
async fn edit(world: &World, person: &str, from: &str, to: &str) {
    let update =
        "UPDATE staff SET document = replace(document, $2, $3) WHERE id = $1 AND replace(document, $2, $3) <> document";
    assert_eq!(store::touch(&world.file(), update, &[person, from, to]).await, 1, "{person} has no {from}");
}

#[tokio::test]
async fn a_leaver_can_no_longer_read_or_write() {
    let world = start().await;
    world.set("norrtull", "incoming", true, json!("everyone")).await;
    let (anna, pt) = (professional("st-1"), patient("pt-1"));
    let id = world.begin("norrtull", &pt, &clinic("norrtull")).await;
    assert_eq!(world.reply("norrtull", &id, &anna).await.status, 201);
    for (from, to, why) in [
        ("\"active\":true", "\"active\":false", "left-the-clinic"),
        ("\"active\":false", "\"active\":true", ""),
        ("healthcare_professional", "scheduler", "not-a-professional"),
    ] {
        edit(&world, "st-1", from, to).await;
        if why.is_empty() {
            assert_eq!(world.reply("norrtull", &id, &anna).await.status, 201, "whoever returns may answer again");
            continue;
        }
        refused_by(&world.reply("norrtull", &id, &anna).await, why);
        refused_by(&world.look("norrtull", &id, &anna).await, why);
        refused_by(&world.list("norrtull", &anna).await, why);
        refused_by(&world.hand("norrtull", &id, &anna, "vasa").await, why);
        assert_eq!(world.ask("norrtull", "st-1", "respond").await["reason"], why);
    }
    assert_eq!(world.look("norrtull", &id, &pt).await.json()["messages"].as_array().unwrap().len(), 3);
}
