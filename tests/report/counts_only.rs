//! Plans for everybody's eyes: nothing in any format tells who is meant.

use super::plan;
use super::scenarios::scenarios;
use clinicctl::plan::Names;
use clinicctl::plan::Plan;
use clinicctl::report::Format;
use clinicctl::report::Paint;
use clinicctl::report::render_plan;
use clinicctl::report::view::View;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeSet;

/// Everybody's name and id in a plan, and whoever changed something last.
fn people(plan: &Plan) -> BTreeSet<String> {
    let impact = plan.impact.gain.iter().chain(&plan.impact.lose);
    let rights = impact.flat_map(|row| [row.name.clone(), row.person.to_string()]);
    let single = plan.impact.single_responders.iter().flat_map(|row| [row.name.clone(), row.person.to_string()]);
    let moved = plan.people.iter().flat_map(|(id, name)| [id.to_string(), name.clone()]);
    let by = plan.changes.iter().filter_map(|change| Some(change.last_change.as_ref()?.by.clone()));
    rights.chain(single).chain(moved).chain(by).collect()
}

/// Every text in a document.
fn texts(document: &Value) -> Vec<&str> {
    match document {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| std::iter::once(key.as_str()).chain(texts(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

#[test]
fn no_format_tells_who_is_meant() {
    for scenario in scenarios() {
        let public = scenario.plan.counts_only();
        let people = people(&scenario.plan);
        assert!(!people.is_empty(), "{} is about people", scenario.name);
        for format in Format::ALL {
            let shown = render_plan(format, &public, Paint::Plain);
            let told = people.iter().find(|person| shown.contains(person.as_str()));
            assert_eq!(told, None, "{} in {}", scenario.name, format.name());
        }
    }
}

#[test]
fn no_staff_id_and_no_address_is_left_in_the_document() {
    for scenario in scenarios() {
        let document = serde_json::to_value(scenario.plan.counts_only()).expect("a document");
        let told = texts(&document).into_iter().find(|text| text.contains("st-") || text.contains('@'));
        assert_eq!(told, None, "{}", scenario.name);
        assert_eq!(document["names"], "left_out");
    }
}

/// Sentences of rules and reasons of waivers may name people whom the plan knows nowhere else.
#[test]
fn sentences_that_may_name_a_person_say_what_the_rule_says_of_anybody() {
    let row = |rule: &str| json!({"rule": rule, "severity": "warning", "clinic": "eken", "message": "only Anna Berg", "help": ["ask Anna Berg"], "waived": "Anna Berg is back in May"});
    let plan = plan(&json!({
        "findings": [row("single-responder"), row("a-rule-of-the-future")],
        "blocked": [{"clinic": "eken", "rule": "left-the-clinic", "detail": "Anna Berg has left"},
            {"clinic": "furan", "rule": "unreadable", "detail": "the answer was `Anna Berg`"}],
        "drift_unknown": {"clinics": ["eken"], "reason": "the log says Anna Berg"},
    }));
    for format in Format::ALL {
        assert!(
            render_plan(format, &plan, Paint::Plain).contains("Anna Berg") || format == Format::Json,
            "{}",
            format.name()
        );
        let shown = render_plan(format, &plan.counts_only(), Paint::Plain);
        assert!(!shown.contains("Anna Berg"), "{}: {shown}", format.name());
    }
    let public = plan.counts_only();
    assert_eq!(public.findings[0].message, "fewer than two people may respond");
    assert_eq!(public.blocked[1].detail, "the clinic could not be read");
}

#[test]
fn the_numbers_stay() {
    for scenario in scenarios() {
        let public = scenario.plan.counts_only();
        assert_eq!(View::of(&public).totals, View::of(&scenario.plan).totals, "{}", scenario.name);
        assert_eq!(public.summary, scenario.plan.summary);
        assert_eq!((scenario.plan.names, public.names), (Names::Told, Names::LeftOut));
        assert_eq!(public.counts_only(), public, "nothing is left to take out");
    }
}

#[test]
fn what_everybody_reads() {
    let shown =
        |name: &str| scenarios().iter().find(|scenario| scenario.name == name).expect("a scenario").plan.counts_only();
    for format in [Format::Human, Format::Json, Format::Markdown] {
        let text = render_plan(format, &shown("by-hand"), Paint::Plain);
        insta::assert_snapshot!(format!("counts_only_{}", format.name()), text);
    }
}
