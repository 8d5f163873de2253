//! The published documents are current, and name every route with its scope.

use super::world::OPENAPI;
use super::world::World;
use clinicctl::reference::openapi;
use clinicctl::reference::routes;
use clinicctl::reference::seed_schema;
use serde_json::Value;
use serde_json::json;
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

/// What the document says and what the server does must not differ: whoever makes a request from the document is not
/// told that it is wrong, and the other way round.
#[tokio::test]
async fn the_server_refuses_exactly_the_texts_that_the_document_refuses() {
    let world = World::start().await;
    let check = async |schema: Value, path: &str, body: Value| {
        let documented = jsonschema::draft202012::new(&schema).unwrap().is_valid(&body);
        let answer = world.put(path, 0, &body).await;
        assert_eq!(answer.status == 412, documented, "{body}: {}", answer.text);
    };
    let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}"), "components": OPENAPI["components"]});
    for id in ["", "å", &"å".repeat(63), &"å".repeat(64), "nobody\u{0}"] {
        let body = json!({"enabled": true, "accessible_to": [id]});
        check(of("DirectionBody"), "norrtull/messaging/incoming", body).await;
    }
    let long = format!("{}-x-{}", "a".repeat(8), "b".repeat(9));
    let tags =
        ["", "sv", "s", "sv-FI", "sv-latn-FI", "zh-cmn-Hans-CN", "de-1901", "de-CH-1901", "en-u-ca-gregory", "x-a"];
    let wrong = ["sv_FI", "sv-", "-sv", "1", "sv-a", "sv-x", "å", "sv\n", "sv FI", &long];
    let good = json!({"leads_to": "drop_in", "title": {"sv": "Hej"}, "active": true, "shown_in": ["app"]});
    for tag in tags.into_iter().chain(wrong) {
        check(of("ButtonBody"), "norrtull/buttons/book", with(&good, "/title", json!({tag: "Hej"}))).await;
    }
    for text in ["", " ", "\u{a0}", " a ", "a\nb", "\n", "\u{85}", "\u{2028}", "å".repeat(40).as_str(), &"å".repeat(41)]
    {
        check(of("ButtonBody"), "norrtull/buttons/book", with(&good, "/title", json!({"sv": text}))).await;
    }
    let languages = |count: u8| (0..count).map(|n| (format!("x-{n}"), json!("Hej"))).collect::<Value>();
    for title in [languages(50), languages(51)] {
        check(of("ButtonBody"), "norrtull/buttons/book", with(&good, "/title", title)).await;
    }
}

fn with(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(pointer).expect("the body has this place") = value;
    body
}

#[tokio::test]
async fn the_server_refuses_exactly_the_parameters_that_the_document_refuses() {
    let world = World::start().await;
    let long = "å".repeat(200);
    let longer = "å".repeat(201);
    for (route, name, values) in [
        ("staff", "q", ["", "İ", "a\u{7f}", "\u{0}", &long, &longer]),
        ("menu", "language", ["", "sv", "sv-", "sv-FI", "x", "en-u-ca-gregory"]),
    ] {
        let path = format!("/api/v1/clinics/{{clinic}}/{route}");
        let parameters = OPENAPI["paths"][path]["get"]["parameters"].as_array().unwrap();
        let mut schema = parameters.iter().find(|parameter| parameter["name"] == name).unwrap()["schema"].clone();
        schema["components"] = OPENAPI["components"].clone();
        let schema = jsonschema::draft202012::new(&schema).unwrap();
        for value in values {
            let text = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
            let surface = if route == "menu" { "surface=app&" } else { "" };
            let answer = world.get(&format!("/api/v1/clinics/norrtull/{route}?{surface}{name}={text}")).await;
            assert_eq!(answer.status == 200, schema.is_valid(&json!(value)), "{name}={value:?}: {}", answer.text);
        }
    }
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
