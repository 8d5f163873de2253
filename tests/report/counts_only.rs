//! Plans for everybody's eyes: nothing in any format tells who is meant.

use super::plan;
use super::scenarios::scenarios;
use clinicctl::diff::{Change, FieldChange, FieldValue, ResourceState};
use clinicctl::domain::{Access, ActorKind, ClinicId, Direction, DirectionKind, Field, LastChange, Resource, StaffId};
use clinicctl::execute::{ClinicOutcome, Conflict, Edit, PerformError, StepOutcome, Stop};
use clinicctl::plan::{Plan, Pseudonyms, Redaction};
use clinicctl::report::view::View;
use clinicctl::report::{Ended, Format, Paint, Run, render_applied, render_plan};
use serde_json::{Value, json};
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
        assert_eq!((scenario.plan.names, public.names), (Redaction::Told, Redaction::LeftOut));
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

const KIND: DirectionKind = DirectionKind::Incoming;

fn last_change() -> LastChange {
    let reference = Some("asked for by anna.berg".to_owned());
    LastChange { by: "anna.berg".to_owned(), kind: ActorKind::Person, at: "2026-11-20T10:00:00Z".to_owned(), reference }
}

/// Somebody has put a person on a list whom the plan does not know.
fn edit() -> Edit {
    let ids = ["st-1001", "st-9001"];
    let people = ids.iter().map(|id| StaffId::parse(id).expect("an id")).collect();
    let listed = Direction { enabled: true, accessible_to: Access::Listed(people) };
    let items = FieldValue::Items(ids.map(str::to_owned).to_vec());
    let field = FieldChange { field: Field::AccessibleTo, before: None, after: Some(items) };
    let after = Some(ResourceState::Direction(listed));
    let change = Change { resource: Resource::Direction(KIND), before: None, after, fields: vec![field] };
    Edit { change, last_change: Some(last_change()) }
}

/// Every way in which an outcome can tell of a person.
fn outcomes(step: u32) -> Vec<ClinicOutcome> {
    let said = || "anna.berg has left".to_owned();
    let refused = |pointer: &str| PerformError::Refused {
        detail: said(),
        fields: vec![(pointer.to_owned(), said()), ("/accessible_to/1".to_owned(), said())],
    };
    let stopped = |error| (vec![(step, StepOutcome::Stopped(error))], Stop::Step);
    let ends = [
        stopped(refused("/accessible_to/anna.berg")),
        stopped(refused("/anna.berg")),
        stopped(PerformError::Failed(said())),
        stopped(PerformError::Unknown(said())),
        stopped(PerformError::Unsettled { why: said(), then: Box::new(refused("")) }),
        (Vec::new(), Stop::Conflict(Conflict { why: said(), edits: vec![edit()] })),
        (Vec::new(), Stop::ReadBack(vec![(Resource::Direction(KIND), Some(last_change()))])),
        (Vec::new(), Stop::NotReadBack(said())),
    ];
    let clinic = ClinicId::parse("norrtull").expect("an id");
    ends.map(|(steps, stop)| ClinicOutcome { clinic: clinic.clone(), steps, stop: Some(stop) }).into()
}

#[test]
fn what_became_of_a_plan_tells_nobody_either() {
    let scenario = scenarios().iter().find(|scenario| scenario.name == "real-fleet").expect("the fleet");
    let public = scenario.plan.counts_only();
    let told = |shown: &str| ["anna", "st-1001", "st-9001"].into_iter().find(|person| shown.contains(person));
    for outcome in outcomes(scenario.plan.changes[0].id) {
        let masked = [outcome.counts_only(&mut Pseudonyms::of(&scenario.plan))];
        assert!(told(&format!("{outcome:?}")).is_some() && told(&format!("{masked:?}")).is_none(), "{masked:?}");
        assert_eq!(masked[0].status(), outcome.status());
        let run = Run { plan: &public, outcomes: &masked, ended: Ended::ByItself, exit: Some(0) };
        for format in Format::ALL {
            let shown = render_applied(format, &run, Paint::Plain);
            assert_eq!(told(&shown), None, "{} of {outcome:?}", format.name());
        }
    }
}

/// Somebody is the same `person-2` in the plan and in what became of it; whom the plan does not know comes after.
#[test]
fn what_became_of_a_plan_numbers_people_as_the_plan_does() {
    let scenario = scenarios().iter().find(|scenario| scenario.name == "real-fleet").expect("the fleet");
    let conflict = outcomes(1).swap_remove(5).counts_only(&mut Pseudonyms::of(&scenario.plan));
    let Some(Stop::Conflict(Conflict { why: _, edits })) = conflict.stop else { panic!("a conflict") };
    let edit = &edits[0].change;
    assert_eq!(edit.fields[0].after, Some(FieldValue::Items(vec!["person-1".to_owned(), "person-9".to_owned()])));
}

/// Every place that a refusal can point at keeps its line.
#[test]
fn a_pointer_at_a_place_in_a_field_stays() {
    let masked = outcomes(1)[0].counts_only(&mut Pseudonyms::of(&scenarios()[0].plan));
    let (_, StepOutcome::Stopped(PerformError::Refused { detail: _, fields })) = &masked.steps[0] else {
        panic!("a refusal")
    };
    let pointers: Vec<_> = fields.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["", "/accessible_to/1"]);
}
