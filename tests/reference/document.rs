//! The published documents are current, and name every route with its scope.

use super::world::OPENAPI;
use clinic_system::{openapi, routes, seed_schema};
use serde_json::{Value, json};
use std::path::Path;

/// Compares a generated text with the committed one; `UPDATE_SCHEMAS=1` writes it instead.
fn current(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, text).expect("schemas/ can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "schemas/{name} is not what the code says; write it with UPDATE_SCHEMAS=1");
}

#[test]
fn the_openapi_document_is_current() {
    current("openapi.json", &openapi().unwrap());
}

#[test]
fn the_schema_of_seeds_is_current() {
    current("live-system.schema.json", &seed_schema().unwrap());
}

#[test]
fn every_route_is_described_with_its_scope_and_body() {
    let mut described = 0;
    for route in routes() {
        let operation = &OPENAPI["paths"][route.path()][route.method().as_str().to_lowercase()];
        let security = route.scope().map_or(Value::Null, |scope| json!([{"token": [scope.word()]}]));
        assert_eq!(operation["security"], security, "{}", route.path());
        let says = route.method() == "PUT" || route.method() == "POST";
        assert_eq!(operation["requestBody"].is_object(), says, "{}", route.path());
        assert!(operation["responses"].as_object().unwrap().keys().any(|status| status.starts_with('2')));
        described += 1;
    }
    let paths = OPENAPI["paths"].as_object().unwrap();
    assert_eq!(paths.values().map(|path| path.as_object().unwrap().len()).sum::<usize>(), described);
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn check(value: &Value) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(target)) = fields.get("$ref") {
                    assert!(OPENAPI.pointer(&target[1..]).is_some(), "{target}");
                }
                fields.values().for_each(check);
            }
            Value::Array(values) => values.iter().for_each(check),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    check(&OPENAPI);
}

#[test]
fn the_schemas_agree_with_the_server_about_bodies() {
    let schema = |name: &str| {
        let mut schema = json!({"$ref": format!("#/components/schemas/{name}")});
        schema["components"] = OPENAPI["components"].clone();
        jsonschema::draft202012::new(&schema).unwrap()
    };
    let (direction, button) = (schema("DirectionBody"), schema("ButtonBody"));
    let good = json!({"leads_to": "drop_in", "title": {"sv": "Hej"}, "active": true, "shown_in": ["app"]});
    assert!(button.is_valid(&good));
    for (pointer, bad) in [
        ("/title", json!({})),
        ("/title/sv", json!("")),
        ("/title/sv", json!("å".repeat(41))),
        ("/shown_in", json!([])),
        ("/shown_in", json!(["tv"])),
        ("/shown_in", json!(["app", "app"])),
        ("/leads_to", json!("http://a.example")),
        ("/active", json!(null)),
    ] {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = bad.clone();
        assert!(!button.is_valid(&body), "{pointer} {bad}");
    }
    assert!(direction.is_valid(&json!({"enabled": true, "accessible_to": "everyone"})));
    for bad in [json!("all"), json!(["a", "a"]), json!([1]), json!(null)] {
        assert!(!direction.is_valid(&json!({"enabled": true, "accessible_to": bad})), "{bad}");
    }
    assert!(!direction.is_valid(&json!({"enabled": true, "accessible_to": [], "x": 1})));
}
