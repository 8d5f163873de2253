//! What a reviewer reads: each thing once, where it belongs, and never more than a person can take in.

mod counts_only;
mod disarmed;
mod history;
pub(crate) mod hostile;
mod human;
mod machine;
mod markdown;
mod menu_preview;
mod page;
pub(crate) mod scenarios;
mod view;

use clinicctl::plan::Plan;
use clinicctl::report;
use clinicctl::report::{Format, Paint, Run};
use hostile::{Hostile, hostile};
use scenarios::scenarios;
use serde_json::{Value, json};

/// A plan of three clinics with nothing in it but `parts`.
fn plan(parts: &Value) -> Plan {
    let mut plan = json!({
        "format": "clinicctl-plan/1", "fleet": "demo", "system": "embedded", "reference": null,
        "summary": {"clinics": 3, "clinics_changed": 0, "create": 0, "update": 0, "delete": 0},
        "changes": [], "impact": {"gain": [], "lose": [], "menus": [], "single_responders": [], "pictures": []}, "people": {},
        "blocked": [], "findings": [], "guards": [], "notes": [],
    });
    let (Some(plan_parts), Some(parts)) = (plan.as_object_mut(), parts.as_object()) else {
        panic!("both are maps");
    };
    plan_parts.extend(parts.clone());
    serde_json::from_value(plan).expect("the document of a plan")
}

fn shown(parts: &Value) -> String {
    report::plan(&plan(parts), Paint::Plain)
}

fn blocked(clinic: &str, rule: &str, detail: &str) -> Value {
    json!({"clinic": clinic, "rule": rule, "detail": detail})
}

fn finding(clinic: &str, rule: &str, severity: &str, message: &str) -> Value {
    json!({"clinic": clinic, "rule": rule, "severity": severity, "message": message, "help": ["mend it"],
        "location": {"file": format!("clinics/{clinic}.yaml"), "line": 3, "column": 5}})
}

/// A change of one button's title in a language that it did not have.
fn title_added(action: &str) -> Value {
    json!({"id": 1, "address": "eken/buttons/book", "clinic": "eken", "action": action, "before": null, "after": null,
        "waits_for": [], "because": "intent",
        "fields": [{"path": "title.fi", "before": null, "after": "Varaa", "origin": null}]})
}

#[test]
fn a_blocked_clinic_has_its_errors_under_its_name_and_each_is_told_once() {
    let text = shown(&json!({
        "blocked": [blocked("eken", "dead-button", "it leads nowhere"), blocked("eken", "no-title", "it has none"),
            blocked("furan", "unreadable", "the clinic `furan` could not be read")],
        "findings": [finding("eken", "dead-button", "error", "it leads nowhere"),
            finding("eken", "no-title", "error", "it has none"),
            finding("eken", "long-title", "warning", "it is long"),
            finding("linden", "long-title", "warning", "it is long there")],
    }));
    insta::assert_snapshot!("blocked_clinics", text);
}

#[test]
fn the_last_line_agrees_with_its_numbers() {
    let two = json!([blocked("eken", "a", "b"), blocked("eken", "c", "d")]);
    let all = json!([blocked("eken", "a", "b"), blocked("furan", "a", "b"), blocked("linden", "a", "b")]);
    let changed = json!({"clinics": 3, "clinics_changed": 1, "create": 0, "update": 1, "delete": 0});
    let one = json!({"clinics": 1, "clinics_changed": 0, "create": 0, "update": 0, "delete": 0});
    for (parts, line) in [
        (json!({}), "Nothing to do: 3 clinics are as the files say."),
        (json!({"summary": one}), "Nothing to do: 1 clinic is as the files say."),
        (json!({"blocked": two}), "Nothing else to do: 2 clinics are as the files say. 1 clinic blocked."),
        (json!({"blocked": all}), "Nothing can be done: 3 clinics are blocked."),
        (json!({"blocked": two, "summary": one}), "Nothing can be done: 1 clinic is blocked."),
        (
            json!({"blocked": all, "summary": changed}),
            "Plan: 0 to add, 1 to change, 0 to remove in 1 of 3 clinics. 3 clinics blocked.",
        ),
    ] {
        assert_eq!(shown(&parts).lines().last(), Some(line), "{parts}");
    }
}

#[test]
fn a_long_list_of_people_is_counted_after_the_first_twenty() {
    let right = |number: usize, right: &str| json!({"clinic": "eken", "person": format!("st-{number}"), "name": format!("Person {number:02}"), "right": right});
    let lose: Vec<_> = (1..=22).map(|number| right(number, "send")).collect();
    let gain: Vec<_> = (1..=21).map(|number| right(number, "respond")).collect();
    let text = shown(
        &json!({"changes": [title_added("update")], "impact": {"lose": lose, "gain": gain, "menus": [], "single_responders": [], "pictures": []}}),
    );
    assert!(text.contains("    - Person 20 (st-20) may no longer send\n"), "{text}");
    assert!(!text.contains("Person 21"), "{text}");
    assert!(text.contains("    - 2 more people may no longer send (`-o json` names everybody)\n"), "{text}");
    assert!(text.contains("    + 1 more person may respond (`-o json` names everybody)\n"), "{text}");
}

#[test]
fn a_guard_says_whether_it_stops_apply() {
    let guard = |accepted: bool| json!({"guards": [{"guard": "lists_emptied", "limit": 10, "actual": 1234, "accepted": accepted}]});
    assert!(
        shown(&guard(false)).contains("guard: `lists_emptied` allows 10, this plan has 1,234: `apply` stops here\n")
    );
    assert!(shown(&guard(true)).contains("this plan has 1,234: accepted by this run\n"));
}

#[test]
fn what_an_update_adds_has_nothing_before_it() {
    let text = shown(&json!({"changes": [title_added("update")]}));
    assert!(text.contains("title.fi       none -> \"Varaa\"\n"), "{text}");
}

#[test]
fn the_reason_of_a_waiver_is_told_whole() {
    let reason = "one nurse is enough until the autumn, ".repeat(5);
    let mut row = finding("eken", "single-responder", "warning", "only one may respond");
    row["waived"] = json!(reason);
    let shown = shown(&json!({"findings": [row]}));
    let words: Vec<_> = shown.split_whitespace().collect();
    assert!(words.join(" ").contains(&format!("(waived: {reason})")), "{shown}");
}

#[test]
fn a_document_for_programs_ends_its_last_line() {
    let plan = plan(&json!({}));
    for text in [report::plan_json(&plan), report::applied_json(&Run::begun(&plan))] {
        assert!(text.ends_with("}\n"), "{text:?}");
    }
}

/// Whatever a text says, what is shown has no character in it that a terminal would obey or hide.
#[test]
fn no_format_lets_a_control_character_through() {
    for Hostile { name, text, plan } in hostile() {
        for format in Format::ALL {
            let shown = report::render_plan(format, &plan, Paint::Plain);
            let hidden =
                |c: &char| *c != '\n' && (c.is_control() || "\u{200b}\u{202e}\u{2066}\u{2028}\u{feff}".contains(*c));
            assert_eq!(shown.chars().find(hidden), None, "{name} in {}: {text:?}", format.name());
        }
    }
}

#[test]
fn identical_input_gives_identical_bytes() {
    for scenario in scenarios() {
        for format in Format::ALL {
            let shown = || report::render_plan(format, &scenario.plan, Paint::Coloured);
            assert_eq!(shown(), shown(), "{} in {}", scenario.name, format.name());
        }
    }
}
