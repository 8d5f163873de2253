//! Worlds of valid documents, as values; and the many ways in which YAML can write a value.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// A folder: one fleet, two groups, three baselines of which each may extend the next, and some clinics.
#[derive(Debug, Clone)]
pub(super) struct World {
    /// Every document with its kind.
    pub(super) documents: Vec<(&'static str, Value)>,
}

pub(super) fn worlds() -> impl Strategy<Value = World> {
    let clinics = vec(clinic(), 1..4).prop_map(|clinics| named("clinic", &["hamnen", "strand", "torget"], clinics));
    let baselines = vec(baseline(), 3).prop_map(|baselines| {
        let mut baselines = named("baseline", &["alfa", "beta", "gamma"], baselines);
        for ((_, baseline), next) in baselines.iter_mut().zip(["beta", "gamma", ""]) {
            let map = baseline.as_object_mut().expect("a document is a map");
            let extends = map.remove("extends").is_some_and(|extends| extends == true);
            if extends && !next.is_empty() {
                map.insert("extends".to_owned(), json!(next));
            }
        }
        baselines
    });
    (clinics, baselines).prop_map(|(clinics, baselines)| {
        let mut documents = vec![
            ("fleet", json!({"fleet": "coast", "guards": {"buttons_removed": 3, "clinics_changed": "25%"}})),
            ("group", json!({"group": "triage", "members": ["st-1", "st-2"]})),
            ("group", json!({"group": "locums", "members": []})),
        ];
        documents.extend(baselines);
        documents.extend(clinics);
        World { documents }
    })
}

fn named(kind: &'static str, names: &[&str], documents: Vec<Value>) -> Vec<(&'static str, Value)> {
    let mut named = Vec::new();
    for (name, mut document) in names.iter().zip(documents) {
        document[kind] = json!(name);
        named.push((kind, document));
    }
    named
}

fn clinic() -> BoxedStrategy<Value> {
    object(vec![
        ("extends", values(&["alfa", "beta", "gamma"])),
        ("labels", object(vec![("region", values(&["coast", "12", "true"])), ("wave", values(&["pilot"]))])),
        ("expects", values(&["handover_only"])),
        ("messaging", setting(messaging())),
        ("patient_interface", setting(patient_interface())),
        ("waive", vec(waiver(), 0..3).prop_map(Value::Array).boxed()),
    ])
}

fn baseline() -> BoxedStrategy<Value> {
    object(vec![
        ("extends", Just(json!(true)).boxed()),
        ("messaging", setting(messaging())),
        ("patient_interface", setting(patient_interface())),
    ])
}

fn waiver() -> BoxedStrategy<Value> {
    let until = object(vec![("until", values(&["2027-03-31", "2028-02-29"]))]);
    let reason = select(vec!["Two more start", "no: not yet", "12"]);
    (until, reason)
        .prop_map(|(mut waiver, reason)| {
            waiver["rule"] = json!("single-responder");
            waiver["reason"] = json!(reason);
            waiver
        })
        .boxed()
}

fn messaging() -> BoxedStrategy<Value> {
    let direction = || object(vec![("enabled", setting(switch())), ("accessible_to", setting(access()))]);
    object(vec![("healthcare_initiated", setting(direction())), ("incoming", setting(direction()))])
}

fn access() -> BoxedStrategy<Value> {
    let lines = vec![
        json!({"group": "triage"}),
        json!({"group": "locums"}),
        json!({"title": "nurse"}),
        json!("anna.berg@hamnen.example"),
        json!("st-1007"),
        json!("SE2321000131-N1001"),
        json!("1007"),
    ];
    prop_oneof![Just(json!("everyone")), subsequence(lines, 1..=7).prop_map(Value::Array)].boxed()
}

fn patient_interface() -> BoxedStrategy<Value> {
    let buttons = vec(button(), 4).prop_flat_map(|buttons| {
        let buttons = buttons.into_iter().zip(IDS).map(|(mut button, id)| {
            button["id"] = json!(id);
            button
        });
        subsequence(buttons.collect::<Vec<_>>(), 0..=4).prop_shuffle().prop_map(Value::Array)
    });
    let order = subsequence(IDS.to_vec(), 0..=2).prop_shuffle().prop_map(|ids| json!(ids)).boxed();
    object(vec![
        ("buttons", setting(buttons.boxed())),
        ("order", setting(order)),
        ("unlisted_buttons", setting(values(&["keep", "remove"]))),
    ])
}

const IDS: [&str; 4] = ["book", "renew", "advice", "3"];

fn button() -> BoxedStrategy<Value> {
    let text = || setting(values(&["Boka tid", "yes", "null", "12", "#1: så här", "🌞", "it's \"so\"", "- x", "a\\b"]));
    let title = object(vec![("en", text()), ("fi", text())]);
    let title = (title, text()).prop_map(|(mut title, swedish)| {
        title["sv"] = swedish;
        title
    });
    let targets = ["book_appointment", "drop_in", "form:renew", "phone:+46701740605", "link:https://clinic.example/a"];
    object(vec![
        ("leads_to", setting(values(&targets))),
        ("title", setting(title.boxed())),
        ("active", setting(switch())),
        ("shown_in", setting(subsequence(vec!["app", "web"], 1..=2).prop_map(|surfaces| json!(surfaces)).boxed())),
    ])
}

fn switch() -> BoxedStrategy<Value> {
    any::<bool>().prop_map(Value::Bool).boxed()
}

fn values(texts: &[&'static str]) -> BoxedStrategy<Value> {
    select(texts.to_vec()).prop_map(|text| json!(text)).boxed()
}

fn setting(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![8 => value, 1 => Just(json!("unmanaged"))].boxed()
}

/// A map in which any key may be left out.
fn object(fields: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let (keys, values): (Vec<_>, Vec<_>) = fields.into_iter().map(|(key, value)| (key, weighted(0.7, value))).unzip();
    let put = move |values: Vec<Option<Value>>| {
        let entries = keys.iter().zip(values).filter_map(|(key, value)| Some(((*key).to_owned(), value?)));
        Value::Object(entries.collect::<Map<_, _>>())
    };
    values.prop_map(put).boxed()
}

/// Decides how a value is written; the same seed decides the same.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

/// Writes a document: its kind first, everything else in any order and any style.
pub(super) fn write(kind: &str, document: &Value, dice: &mut Dice) -> String {
    let mut rest = document.clone();
    let name = rest.as_object_mut().and_then(|map| map.remove(kind)).expect("a document has its kind");
    let rest = if rest == json!({}) { String::new() } else { block(&rest, 0, dice) };
    let start = ["", "\u{feff}", "---\n", "# a comment\n"][dice.below(4)];
    let text = format!("{start}{kind}: {}\n{rest}", flow(&name, dice));
    if dice.below(4) == 0 { text.replace('\n', "\r\n") } else { text }
}

fn block(value: &Value, indent: usize, dice: &mut Dice) -> String {
    let margin = " ".repeat(indent);
    let mut text = String::new();
    match value {
        Value::Object(map) => {
            for (key, value) in shuffled(map, dice) {
                text += &format!("{margin}{}:{}", scalar(key, dice), below(value, indent, dice));
            }
        }
        Value::Array(list) => list.iter().for_each(|value| text += &format!("{margin}-{}", below(value, indent, dice))),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            text += &format!("{margin}{}\n", flow(plain, dice))
        }
    }
    text
}

fn below(value: &Value, indent: usize, dice: &mut Dice) -> String {
    let nested = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    match nested && dice.below(3) > 0 {
        true => format!("\n{}", block(value, indent + 2, dice)),
        false => format!(" {}{}\n", flow(value, dice), ["", "  # so it is"][dice.below(2)]),
    }
}

fn flow(value: &Value, dice: &mut Dice) -> String {
    match value {
        Value::Object(map) => {
            let entries = shuffled(map, dice).into_iter();
            let entries: Vec<_> =
                entries.map(|(key, value)| format!("{}: {}", scalar(key, dice), flow(value, dice))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(list) => {
            format!("[{}]", list.iter().map(|value| flow(value, dice)).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => scalar(text, dice),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text, quoted in one of the ways that it may be.
fn scalar(text: &str, dice: &mut Dice) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " _-@.".contains(c))
        && !["true", "yes", "null", "on", "off", "no", "false"].contains(&text);
    match dice.below(3) {
        _ if text == "unmanaged" => text.to_owned(),
        0 => format!("'{}'", text.replace('\'', "''")),
        1 if plain => text.to_owned(),
        _ => Value::String(text.to_owned()).to_string(),
    }
}

fn shuffled<'a>(map: &'a Map<String, Value>, dice: &mut Dice) -> Vec<(&'a String, &'a Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    dice.shuffle(&mut entries);
    entries
}
