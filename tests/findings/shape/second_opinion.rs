//! What we read must mean what another reader reads, and layers must mean what a naive merge of values means.
//!
//! The other reader is serde_yaml into the structs of the published schema. The naive merge folds whole values from
//! the farthest layer to the nearest, where the compiler asks every setting for its nearest voice.

use super::documents::{Dice, World, worlds, write};
use super::{compile_today, file};
use clinicctl::compile::Compiled;
use clinicctl::domain::{
    AccessRule, DesiredButton, DesiredButtons, DesiredClinic, DesiredDirection, DesiredFleet, Layers, Unlisted, Who,
};
use clinicctl::rules::RuleKind;
use clinicctl::source::SourceSet;
use clinicctl::{rules, schema};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static VALIDATORS: LazyLock<BTreeMap<&str, jsonschema::Validator>> = LazyLock::new(|| {
    let validator = |kind| jsonschema::draft7::new(&schema::json_schema(kind)).expect("the schema is one");
    schema::Kind::ALL.into_iter().map(|kind| (kind.key(), validator(kind))).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_we_read_is_what_serde_yaml_reads(world in worlds(), seed: u64) {
        let texts = texts(&world, seed);
        let sources = SourceSet::new(texts.iter().enumerate().map(|(at, (_, text))| file(&format!("{at}.yaml"), text)).collect());
        let Compiled { fleet, findings } = compile_today(&sources);
        let opinion = opinion(&texts);
        let refused: BTreeSet<_> = findings.iter().map(|finding| finding.rule).filter(|rule| !is_rule(rule)).collect();
        prop_assert_eq!(&refused, &opinion.refused, "{:#?}\n{:#?}", findings, texts);
        let Some(fleet) = fleet else { return Ok(()) };
        for (name, clinic) in opinion.clinics {
            let desired = fleet.clinics.values().find(|desired| desired.clinic.as_str() == name).map(|desired| view(desired));
            prop_assert_eq!(desired, Some(clinic), "{:#?}", texts);
        }
    }

    #[test]
    fn the_order_of_files_and_keys_means_nothing(world in worlds(), seed: u64, other: u64) {
        let [one, two] = [seed, other].map(|seed| compile_today(&shuffled(&world, seed)));
        let [(one, findings), (other, found)] =
            [one, two].map(|Compiled { fleet, findings }| (without_layers(fleet), findings));
        prop_assert_eq!(without_places(&one), without_places(&other));
        let [mut one, mut two] = [findings, found].map(|findings| {
            findings.into_iter().map(|finding| (finding.rule, finding.message, finding.help)).collect::<Vec<_>>()
        });
        one.sort();
        two.sort();
        prop_assert_eq!(one, two);
    }

    #[test]
    fn generated_documents_obey_the_published_schema(world in worlds()) {
        for (kind, document) in world.documents {
            let validator = VALIDATORS.get(kind).expect("every kind has one");
            prop_assert!(validator.is_valid(&document), "{document:#}");
        }
    }
}

/// Whether a name is that of a rule about clinics, which a generated clinic may well break.
fn is_rule(name: &str) -> bool {
    rules::find(name).is_some_and(|rule| rule.kind == RuleKind::Rule)
}

fn texts(world: &World, seed: u64) -> Vec<(&'static str, String)> {
    let mut dice = Dice::new(seed);
    world.documents.iter().map(|(kind, document)| (*kind, write(kind, document, &mut dice))).collect()
}

/// The world under other file names, every file written in another way.
fn shuffled(world: &World, seed: u64) -> SourceSet {
    let mut texts = texts(world, seed);
    Dice::new(seed).shuffle(&mut texts);
    SourceSet::new(texts.iter().enumerate().map(|(at, (_, text))| file(&format!("{at}.yaml"), text)).collect())
}

/// A value as text, every place in it struck out.
fn without_places(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let mut parts = text.split("Place { ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "Place" + part.split_once(" } }").expect("a place ends").1)
}

/// The fleet without what only says where it stands.
fn without_layers(fleet: Option<DesiredFleet>) -> Option<DesiredFleet> {
    fleet.map(|fleet| DesiredFleet { layers: Layers::default(), ..fleet })
}

/// What another reader makes of the folder.
#[derive(Default)]
struct Opinion {
    clinics: Vec<(String, Value)>,
    refused: BTreeSet<&'static str>,
}

fn opinion(texts: &[(&'static str, String)]) -> Opinion {
    let read: Vec<_> = texts.iter().map(|(kind, text)| (*kind, reread(kind, text))).collect();
    let baselines: BTreeMap<_, _> = read
        .iter()
        .filter(|(kind, _)| *kind == "baseline")
        .map(|(_, value)| (value["baseline"].as_str(), value))
        .collect();
    let mut opinion = Opinion::default();
    for (_, clinic) in read.iter().filter(|(kind, _)| *kind == "clinic") {
        let mut layers = vec![clinic];
        while let Some(behind) = layers.last().and_then(|layer| baselines.get(&Some(layer["extends"].as_str()?))) {
            layers.push(behind);
        }
        let extends: Vec<_> = layers.iter().skip(1).map(|layer| layer["baseline"].clone()).collect();
        let merged = layers.into_iter().rev().fold(json!({}), |far, near| merge(&far, near));
        let (mut seen, refused) = merged_view(&merged);
        seen["extends"] = json!(extends);
        opinion.clinics.push((clinic["clinic"].as_str().expect("a name").to_owned(), seen));
        opinion.refused.extend(refused);
    }
    opinion
}

/// A document through the structs of the published schema.
fn reread(kind: &str, text: &str) -> Value {
    fn through<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Value {
        let text = text.trim_start_matches('\u{feff}');
        let document: T = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
        serde_json::to_value(document).expect("a document is JSON")
    }
    match kind {
        "fleet" => through::<schema::Fleet>(text),
        "group" => through::<schema::Group>(text),
        "baseline" => through::<schema::Baseline>(text),
        _ => through::<schema::Clinic>(text),
    }
}

const UNMANAGED: &str = "unmanaged";

/// Puts a nearer layer over what the farther ones make.
fn merge(far: &Value, near: &Value) -> Value {
    let (Value::Object(far), Value::Object(near)) = (far, near) else { return near.clone() };
    let mut merged = far.clone();
    if near.get("buttons").is_some_and(|buttons| buttons == UNMANAGED) {
        merged.remove("order");
        merged.remove("unlisted_buttons");
    }
    for (key, near) in near {
        let value = match (key.as_str(), merged.get(key)) {
            (_, None) => near.clone(),
            ("buttons", Some(Value::Array(far))) if near.is_array() => merge_buttons(far, near),
            ("labels" | "waive" | "accessible_to" | "order" | "shown_in", Some(_)) => near.clone(),
            (_, Some(far)) => merge(far, near),
        };
        merged.insert(key.clone(), value);
    }
    Value::Object(merged)
}

fn merge_buttons(far: &[Value], near: &Value) -> Value {
    let mut merged = far.to_vec();
    for button in near.as_array().into_iter().flatten() {
        match merged.iter_mut().find(|behind| behind["id"] == button["id"]) {
            Some(behind) => *behind = merge(behind, button),
            None => merged.push(button.clone()),
        }
    }
    Value::Array(merged)
}

/// The part of a map that is managed: not `unmanaged`, neither as a whole nor in part.
fn managed(value: &Value) -> Map<String, Value> {
    let entries = value.as_object().into_iter().flatten().filter(|(_, value)| *value != UNMANAGED);
    entries.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn merged_view(merged: &Value) -> (Value, BTreeSet<&'static str>) {
    let interface = managed(&merged["patient_interface"]);
    let buttons = interface.get("buttons").and_then(Value::as_array);
    let order: Vec<_> = interface.get("order").and_then(Value::as_array).cloned().unwrap_or_default();
    let unlisted = interface.get("unlisted_buttons").cloned().unwrap_or(json!("keep"));
    let listed = |id: &Value| buttons.into_iter().flatten().any(|button| button["id"] == *id);
    let mut refused = BTreeSet::new();
    if !order.iter().all(listed) {
        refused.insert("order-unknown-button");
    }
    if unlisted == "remove" && buttons.is_none() {
        refused.insert("remove-without-buttons");
    }
    let rank = |button: &Value| order.iter().position(|id| *id == button["id"]).unwrap_or(usize::MAX);
    let seen = buttons.map(|buttons| {
        let mut buttons = buttons.clone();
        buttons.sort_by_key(rank);
        json!({"listed": buttons.iter().map(button_of).collect::<Vec<_>>(), "unlisted": unlisted})
    });
    let messaging = managed(&merged["messaging"]);
    let direction = |key: &str| Value::Object(managed(messaging.get(key).unwrap_or(&Value::Null)));
    let view = json!({
        "labels": managed(&merged["labels"]),
        "expects": merged["expects"],
        "healthcare_initiated": direction("healthcare_initiated"),
        "incoming": direction("incoming"),
        "buttons": seen,
        "waive": merged.get("waive").cloned().unwrap_or(json!([])),
    });
    (view, refused)
}

fn button_of(button: &Value) -> Value {
    let mut button = managed(button);
    let title = managed(button.get("title").unwrap_or(&Value::Null));
    button.insert("title".to_owned(), Value::Object(title));
    Value::Object(button)
}

/// The same view of what the compiler says.
fn view(desired: &DesiredClinic) -> Value {
    let waive = desired.waivers.iter().map(|waiver| {
        let mut view = json!({"rule": waiver.rule, "reason": waiver.reason});
        if let Some(until) = waiver.until {
            view["until"] = json!(until);
        }
        view
    });
    json!({
        "labels": desired.labels.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect::<BTreeMap<_, _>>(),
        "expects": desired.expects.as_ref().map(|expects| expects.value),
        "healthcare_initiated": view_direction(&desired.healthcare_initiated),
        "incoming": view_direction(&desired.incoming),
        "buttons": desired.buttons.as_ref().map(view_buttons),
        "waive": waive.collect::<Vec<_>>(),
        "extends": desired.extends,
    })
}

fn view_direction(DesiredDirection { enabled, accessible_to }: &DesiredDirection) -> Value {
    let mut view = json!({});
    if let Some(enabled) = enabled {
        view["enabled"] = json!(enabled.value);
    }
    if let Some(access) = accessible_to {
        view["accessible_to"] = match &access.value {
            AccessRule::Everyone => json!("everyone"),
            AccessRule::Listed(lines) => lines.iter().map(|line| view_who(&line.who)).collect(),
        };
    }
    view
}

fn view_who(who: &Who) -> Value {
    match who {
        Who::Person(person) => json!(person.to_string()),
        Who::Title(title) => json!({"title": title}),
        Who::Group(group) => json!({"group": group.name}),
    }
}

fn view_buttons(buttons: &DesiredButtons) -> Value {
    let DesiredButtons { listed, order: _, unlisted: _ } = buttons;
    let unlisted = match buttons.fate_of_unlisted() {
        Unlisted::Keep => "keep",
        Unlisted::Remove => "remove",
    };
    json!({"listed": listed.iter().map(view_button).collect::<Vec<_>>(), "unlisted": unlisted})
}

fn view_button(button: &DesiredButton) -> Value {
    let DesiredButton { id, place: _, title_place: _, leads_to, title, active, shown_in } = button;
    let title: BTreeMap<_, _> = title.iter().map(|(language, text)| (language.as_str(), text.value.as_str())).collect();
    let mut view = json!({"id": id, "title": title});
    if let Some(target) = leads_to {
        view["leads_to"] = json!(target.value);
    }
    if let Some(active) = active {
        view["active"] = json!(active.value);
    }
    if let Some(shown_in) = shown_in {
        view["shown_in"] = json!(shown_in.value);
    }
    view
}
