//! The document and the server draw the same line between right and wrong: whoever makes a request from the document is not
//! told that it is wrong, and the other way round.

use super::world::{OPENAPI, World, send};
use reqwest::Method;
use serde_json::{Value, json};

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
    let id = "å".repeat(63);
    let longer = "å".repeat(201);
    for (route, name, values) in [
        ("staff", "q", ["", "İ", "a\u{7f}", "\u{0}", &long, &longer]),
        ("access", "person", ["", "st-1", "a\u{7f}", "å b", &id, &longer]),
        ("menu", "language", ["", "sv", "sv-", "sv-FI", "x", "en-u-ca-gregory"]),
    ] {
        let path = format!("/api/v1/clinics/{{clinic}}/{route}");
        let parameters = OPENAPI["paths"][path]["get"]["parameters"].as_array().unwrap();
        let mut schema = parameters.iter().find(|parameter| parameter["name"] == name).unwrap()["schema"].clone();
        schema["components"] = OPENAPI["components"].clone();
        let schema = jsonschema::draft202012::new(&schema).unwrap();
        for value in values {
            let text = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
            let before = match route {
                "menu" => "surface=app&",
                "access" => "action=send&",
                _ => "",
            };
            let answer = world.get(&format!("/api/v1/clinics/norrtull/{route}?{before}{name}={text}")).await;
            assert_eq!(answer.status == 200, schema.is_valid(&json!(value)), "{name}={value:?}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn the_server_refuses_exactly_the_messages_that_the_document_refuses() {
    let world = World::start().await;
    let schema = |name: &str| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": OPENAPI["components"]});
        jsonschema::draft202012::new(&schema).unwrap()
    };
    let (reply, handover) = (schema("ReplyBody"), schema("HandoverBody"));
    let (long, longer) = ("å".repeat(2000), "å".repeat(2001));
    let texts = ["", " ", "\n\t", "\u{2028}", "a\tb\nc", "a\rb", "a\u{85}", "a\u{0}", &long, &longer];
    let replies = texts.map(|text| ("replies", &reply, json!({"from": {"patient": "pt-1"}, "text": text})));
    let (professional, clinic) = (json!({"professional": "st-1"}), json!({"clinic": "vasa"}));
    let parties = [(&professional, &clinic), (&clinic, &clinic), (&professional, &professional)];
    let handovers = parties.map(|(from, to)| ("handover", &handover, json!({"from": from, "to": to, "text": "Hej"})));
    for (act, schema, body) in replies.into_iter().chain(handovers) {
        let path = format!("/api/v1/clinics/norrtull/conversations/none/{act}");
        let answer = send(world.request(Method::POST, &path).json(&body)).await;
        assert_eq!(answer.status != 422, schema.is_valid(&body), "{body}: {}", answer.text);
    }
}
