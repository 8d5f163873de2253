//! What the routes do when all is well.

use super::world::{World, send};
use clinic_wire::ClinicLine;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn the_root_says_what_this_is() {
    let world = World::start().await;
    let root = send(world.bare(Method::GET, "/api/v1")).await.json();
    let instance = json!({"id": world.running.database_id(), "epoch": 1});
    let expected = json!({"api": "clinic-settings", "version": "1", "system": "Demonstration",
                          "capabilities": ["snapshot", "instance"], "instance": instance});
    assert_eq!(root, expected);
}

#[tokio::test]
async fn a_clinic_is_shown_whole_with_its_revision() {
    let world = World::start().await;
    let answer = world.get("/api/v1/clinics/norrtull").await;
    assert_eq!(answer.header("etag"), "\"1\"");
    assert_eq!(answer.header("content-type"), "application/json");
    let line: ClinicLine = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(serde_json::to_value(&line).unwrap(), answer.json(), "nothing beyond the contract is answered");
    let clinic = answer.json();
    assert_eq!(clinic["hsa_id"], "SE2321000131-E0001");
    assert_eq!(clinic["messaging"]["healthcare_initiated"], json!({"enabled": true, "accessible_to": "everyone"}));
    assert_eq!(
        clinic["messaging"]["incoming"],
        json!({"enabled": true, "accessible_to": ["st-1", "st-3"],
               "last_change": {"by": "karin.holm", "kind": "person", "at": "2026-11-02T08:15:00Z"}})
    );
    let ids: Vec<&Value> = clinic["buttons"].as_array().unwrap().iter().map(|button| &button["id"]).collect();
    assert_eq!(ids, ["book", "call", "new-message"]);
    assert_eq!(clinic["buttons"][1]["shown_in"], json!(["web"]));
    let vasa = world.clinic("vasa").await;
    assert_eq!(vasa["name"], "Vasa\u{1b}[31m");
    assert_eq!(vasa["messaging"]["incoming"], json!({"enabled": false, "accessible_to": []}));
    assert_eq!(vasa.get("hsa_id"), None);
}

#[tokio::test]
async fn a_direction_is_written_once() {
    let world = World::start().await;
    for (path, key) in [("healthcare-initiated", "healthcare_initiated"), ("incoming", "incoming")] {
        let revision = world.clinic("norrtull").await["revision"].as_u64().unwrap();
        let body = json!({"enabled": false, "accessible_to": ["st-2", "st-1"]});
        let path = format!("norrtull/messaging/{path}");
        let written = world.put(&path, revision, &body).await;
        assert_eq!((written.status.as_u16(), written.header("etag")), (200, format!("\"{}\"", revision + 1).as_str()));
        assert_eq!(written.json()["accessible_to"], json!(["st-1", "st-2"]));
        assert_eq!(written.json()["last_change"]["by"], "pipeline");
        assert_eq!(world.clinic("norrtull").await["messaging"][key], written.json());

        let entries = world.changes("norrtull").await.len();
        let again = json!({"enabled": false, "accessible_to": ["st-1", "st-2"]});
        let again = world.put(&path, revision + 1, &again).await;
        assert_eq!((again.status.as_u16(), again.header("etag")), (200, format!("\"{}\"", revision + 1).as_str()));
        assert_eq!(again.json(), written.json());
        assert_eq!(world.changes("norrtull").await.len(), entries, "nothing changed and yet there is an entry");
    }
}

#[tokio::test]
async fn a_button_is_made_replaced_and_deleted() {
    let world = World::start().await;
    let body = json!({"leads_to": "form:recept", "title": {"SV": "Recept", "en-gb": "Refill"}, "active": true,
                      "shown_in": ["web", "app"]});
    let made = world.put("norrtull/buttons/refill", 1, &body).await;
    assert_eq!((made.status.as_u16(), made.header("etag")), (201, "\"2\""));
    let mut shown = made.json();
    shown.as_object_mut().unwrap().remove("last_change").unwrap();
    let expected = json!({"id": "refill", "leads_to": "form:recept", "title": {"sv": "Recept", "en-GB": "Refill"},
                          "active": true, "shown_in": ["app", "web"]});
    assert_eq!(shown, expected);
    assert_eq!(world.clinic("norrtull").await["buttons"][3], made.json(), "a new button goes to the end");

    let replaced = world.put("norrtull/buttons/book", 2, &body).await;
    assert_eq!((replaced.status.as_u16(), replaced.header("etag")), (200, "\"3\""));
    assert_eq!(world.clinic("norrtull").await["buttons"][0], replaced.json(), "a replaced button keeps its place");

    let deleted = world.delete("norrtull/buttons/book", 3).await;
    assert_eq!((deleted.status.as_u16(), deleted.header("etag"), deleted.text.as_str()), (204, "\"4\"", ""));
    let again = world.delete("norrtull/buttons/book", 4).await;
    assert_eq!((again.status.as_u16(), again.slug()), (404, "unknown-button".to_owned()));
    assert_eq!(world.clinic("norrtull").await["buttons"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn the_order_is_a_permutation() {
    let world = World::start().await;
    let before = world.clinic("norrtull").await["buttons"].as_array().unwrap().clone();
    let order = json!({"order": ["new-message", "book", "call"]});
    let ordered = world.put("norrtull/button-order", 1, &order).await;
    assert_eq!((ordered.status.as_u16(), ordered.header("etag")), (200, "\"2\""));
    assert_eq!(ordered.json(), order);
    let after = world.clinic("norrtull").await["buttons"].clone();
    assert_eq!(after, json!([before[2], before[0], before[1]]), "an order changes nothing else");
    assert_eq!(world.put("vasa/button-order", 1, &json!({"order": []})).await.header("etag"), "\"1\"");
}

#[tokio::test]
async fn unwise_states_and_those_who_stand_already_are_accepted() {
    let world = World::start().await;
    let open = json!({"enabled": true, "accessible_to": []});
    assert_eq!(world.put("vasa/messaging/incoming", 1, &open).await.status, 200);
    let closed = json!({"enabled": false, "accessible_to": []});
    assert_eq!(world.put("vasa/messaging/incoming", 2, &closed).await.status, 200);
    let dead = json!({"leads_to": "new_message", "title": {"sv": "Nytt"}, "active": true, "shown_in": ["app"]});
    assert_eq!(world.put("vasa/buttons/new", 3, &dead).await.status, 201);
    let menu = send(world.bare(Method::GET, "/api/v1/clinics/vasa/menu?surface=app")).await.json();
    assert_eq!(menu, json!({"buttons": [{"id": "new", "title": "Nytt", "leads_to": "new_message"}]}));
    // The leaver st-3 stands in the list already.
    let more = json!({"enabled": true, "accessible_to": ["st-3", "st-1", "st-2"]});
    assert_eq!(world.put("norrtull/messaging/incoming", 1, &more).await.status, 200);
}

#[tokio::test]
async fn the_menu_is_what_a_patient_sees() {
    let world = World::start().await;
    let menu = async |query: &str| {
        let answer = send(world.bare(Method::GET, &format!("/api/v1/clinics/norrtull/menu?{query}"))).await;
        let buttons = answer.json()["buttons"].as_array().unwrap().clone();
        buttons.iter().map(|button| button["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(menu("surface=app&language=en").await, ["Book"]);
    assert_eq!(menu("surface=web&language=en-GB").await, ["Book", "Ring oss"]);
    assert_eq!(menu("surface=web&language=fi").await, ["Boka tid", "Ring oss"]);
    assert_eq!(menu("surface=web").await, ["Boka tid", "Ring oss"]);
}

#[tokio::test]
async fn people_are_found_by_part_of_what_names_them() {
    let world = World::start().await;
    let found = async |query: &str| {
        let query = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC);
        let page = world.get(&format!("/api/v1/clinics/norrtull/staff?q={query}")).await.json();
        page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (query, ids) in [
        ("", vec!["st-1", "st-2", "st-3", "st-4"]),
        ("BERG", vec!["st-1", "st-2"]),
        ("åsa ö", vec!["st-2"]),
        ("ÅSA Ö", vec!["st-2"]),
        ("n1002", vec!["st-2"]),
        ("anna.berg@norr", vec!["st-1"]),
        ("%", vec!["st-4"]),
        ("_", vec!["st-4"]),
        ("0%_e", vec!["st-4"]),
        ("\\", vec![]),
        ("berganna", vec![]),
        ("nurse", vec![]),
        ("eva", vec![]),
        ("' OR 1=1 --", vec![]),
    ] {
        assert_eq!(found(query).await, ids, "{query}");
    }
    let page = world.get("/api/v1/clinics/norrtull/staff?q=Lars").await.json();
    let lars = json!({"id": "st-3", "name": "Lars Ek", "email": "lars@norrtull.example", "title": "nurse",
                      "roles": ["healthcare_professional"], "active": false});
    assert_eq!(page, json!({"items": [lars], "next_cursor": null}));
}

#[tokio::test]
async fn the_snapshot_says_what_the_single_reads_say() {
    let world = World::start().await;
    let lines = async |query: &str| {
        let answer = world.get(&format!("/api/v1/snapshot{query}")).await;
        assert_eq!(answer.header("content-type"), "application/x-ndjson");
        answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let (norrtull, vasa) = (world.clinic("norrtull").await, world.clinic("vasa").await);
    assert_eq!(lines("").await, [norrtull.clone(), vasa.clone()]);
    assert_eq!(lines("?clinic=vasa&clinic=none&clinic=vasa&clinic=%20").await, [vasa]);
    assert_eq!(lines("?clinic=none").await, [] as [Value; 0]);
    let staff = world.get("/api/v1/clinics/norrtull/staff").await.json()["items"].clone();
    let mut whole = norrtull;
    whole["staff"] = staff;
    assert_eq!(lines("?include=staff&clinic=norrtull").await, [whole.clone()]);
    assert_eq!(lines("?include=staff").await[0], whole);
}

#[tokio::test]
async fn head_and_options_are_answered() {
    let world = World::start().await;
    let head = send(world.request(Method::HEAD, "/api/v1/clinics/norrtull")).await;
    assert_eq!((head.status.as_u16(), head.header("etag"), head.text.as_str()), (200, "\"1\"", ""));
    let options = send(world.bare(Method::OPTIONS, "/api/v1/clinics/norrtull/buttons/book")).await;
    assert_eq!((options.status.as_u16(), options.header("allow")), (204, "PUT, DELETE, OPTIONS"));
    for path in ["/healthz", "/readyz"] {
        assert_eq!(send(world.bare(Method::GET, path)).await.status, 200);
    }
}
