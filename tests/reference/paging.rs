//! Pages: whatever their size, together they are the whole list, each row once.

use super::world::World;
use clinic_system::Limits;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::runtime::Runtime;

/// Every row of a list, read in pages of at most `limit`; the pages are full until the last.
async fn all(world: &World, path: &str, limit: usize) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world.get(&format!("{path}?limit={limit}{cursor}")).await.json();
        let items = page["items"].as_array().expect("a page has items");
        rows.extend(items.iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { return rows };
        assert_eq!(items.len(), limit, "a page before the last is not full");
        cursor = format!("&cursor={next}");
    }
}

fn seed(clinics: &BTreeSet<String>, people: usize) -> String {
    let rows = clinics.iter().enumerate().map(|(at, clinic)| {
        let count = if at == 0 { people } else { 0 };
        let staff = (0..count).map(|id| {
            let id = format!("p{id}.{at}");
            json!({"id": id, "name": "N", "email": "n@a.example", "title": "nurse", "roles": ["healthcare_professional"]})
        });
        json!({"clinic": clinic, "name": "N", "staff": staff.collect::<Vec<_>>()})
    });
    // JSON is YAML.
    json!({"system": "S", "clinics": rows.collect::<Vec<_>>()}).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_any_size_are_the_whole_list(
        clinics in prop::collection::btree_set("[a-z0-9][a-z0-9-]{0,4}", 1..25),
        people in 0..25_usize,
        changes in 0..12_u64,
        limit in 1..30_usize,
    ) {
        Runtime::new().unwrap().block_on(async {
            let world = World::with(&seed(&clinics, people), Limits::default()).await;
            let first = clinics.first().unwrap();
            for revision in 1..=changes {
                let body = json!({"enabled": revision % 2 == 1, "accessible_to": []});
                assert_eq!(world.put(&format!("{first}/messaging/incoming"), revision, &body).await.status, 200);
            }
            let listed = all(&world, "/api/v1/clinics", limit).await;
            let keys: Vec<&str> = listed.iter().map(|row| row["clinic"].as_str().unwrap()).collect();
            assert_eq!(keys, clinics.iter().map(String::as_str).collect::<Vec<_>>());
            let staff = all(&world, &format!("/api/v1/clinics/{first}/staff"), limit).await;
            let ids: BTreeSet<&str> = staff.iter().map(|row| row["id"].as_str().unwrap()).collect();
            assert_eq!((staff.len(), ids.len()), (people, people));
            let log = all(&world, &format!("/api/v1/clinics/{first}/changes"), limit).await;
            let seqs: Vec<u64> = log.iter().map(|row| row["seq"].as_u64().unwrap()).collect();
            assert_eq!(seqs, (1..=changes).rev().collect::<Vec<_>>());
        });
    }
}

#[tokio::test]
async fn the_snapshot_is_whole_beyond_one_piece() {
    let clinics: BTreeSet<String> = (0..200).map(|at| format!("c{at}")).collect();
    let world = World::with(&seed(&clinics, 3), Limits::default()).await;
    let keys = async |query: &str| -> Vec<String> {
        let text = world.get(&format!("/api/v1/snapshot{query}")).await.text;
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|line| line["clinic"].as_str().unwrap().to_owned()).collect()
    };
    let every: Vec<String> = clinics.iter().cloned().collect();
    assert_eq!(keys("").await, every);
    assert_eq!(keys("?include=staff").await, every);
    let chosen: String = clinics.iter().map(|clinic| format!("&clinic={clinic}")).collect();
    assert_eq!(keys(&format!("?{chosen}")).await, every);
}
