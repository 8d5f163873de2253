//! The formats for programs: valid by their own standards whatever the data says, the same every time, and with
//! nothing in the data that a program could take for more than text.

use super::hostile::hostile;
use super::plan;
use super::scenarios::scenarios;
use crate::support::packages;
use clinicctl::plan::Plan;
use clinicctl::report;
use clinicctl::report::{Format, Paint};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::{fs, process};

const MACHINE: [Format; 4] = [Format::Github, Format::Gitlab, Format::Sarif, Format::Junit];

/// Every plan that is looked at: scenarios, hostile texts, and one with nothing in it.
fn plans() -> Vec<(String, Plan)> {
    let scenarios = scenarios().iter().map(|scenario| (scenario.name.clone(), scenario.plan.clone()));
    let hostile = hostile().into_iter().map(|hostile| (hostile.name.to_owned(), hostile.plan));
    scenarios.chain(hostile).chain([("an empty plan".to_owned(), plan(&json!({})))]).collect()
}

fn rendered(format: Format, plan: &Plan) -> String {
    report::render_plan(format, plan, Paint::Plain).to_string()
}

fn finding(number: usize, severity: &str) -> Value {
    json!({"clinic": "eken", "rule": "long-title", "severity": severity, "message": format!("finding {number}"),
        "help": ["say it in fewer words"], "location": {"file": "clinics/eken.yaml", "line": number, "column": 5}})
}

#[test]
fn every_format_on_the_scenarios() {
    for scenario in scenarios() {
        for format in MACHINE {
            let name = format!("{}_{}", format.name(), scenario.name);
            insta::assert_snapshot!(name, rendered(format, &scenario.plan));
        }
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for (name, plan) in plans() {
        let again: Plan = serde_json::from_str(&report::plan_json(&plan)).expect("a plan reads back");
        for format in MACHINE {
            assert_eq!(rendered(format, &plan), rendered(format, &again), "{name}");
        }
    }
}

#[test]
fn nothing_is_ever_empty_or_holds_a_hidden_character() {
    for (name, plan) in plans() {
        for format in MACHINE {
            let text = rendered(format, &plan);
            let hidden = text.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            });
            assert_eq!(hidden, None, "{name} in {}", format.name());
            assert!(text.ends_with('\n') && text.len() > 2, "{name} in {}", format.name());
        }
    }
}

/// A workflow command.
struct Command {
    word: String,
    properties: Vec<(String, String)>,
    message: String,
}

/// A line as the runner reads it: two colons at its start, a registered word, properties, a message.
fn command(line: &str) -> Option<Command> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (word, properties) = head.split_once(' ').unwrap_or((head, ""));
    let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
    let unescaped = |text: &str| {
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    let properties = pairs.map(|(key, value)| (key.to_owned(), unescaped(value))).collect();
    Some(Command { word: word.to_owned(), properties, message: unescaped(message) })
}

#[test]
fn github_gets_no_command_but_ours() {
    for (name, plan) in plans() {
        let text = rendered(Format::Github, &plan);
        for line in text.lines() {
            let Some(Command { word, properties, message }) = command(line) else {
                let ours = ["Plan: ", "Not marked, because GitHub shows 10 of a kind: "];
                assert!(ours.iter().any(|start| line.starts_with(start)), "{name}: {line}");
                assert!(!line.contains("##["), "{name}: {line}");
                continue;
            };
            assert!(["error", "warning", "notice"].contains(&word.as_str()), "{name}: {line}");
            let keys: Vec<_> = properties.iter().map(|(key, _)| key.as_str()).collect();
            assert!(keys == ["title"] || keys == ["file", "line", "col", "title"], "{name}: {keys:?}");
            assert!(!message.is_empty(), "{name}: {line}");
        }
    }
}

#[test]
fn github_marks_ten_of_a_kind_and_counts_the_rest() {
    for (errors, warnings, marks, rest) in [
        (10, 0, 10, None),
        (11, 0, 10, Some("1 more error.")),
        (12, 11, 20, Some("2 more errors, 1 more warning.")),
        (0, 1_010, 10, Some("1,000 more warnings.")),
    ] {
        let findings = (1..=errors).map(|number| finding(number, "error"));
        let findings: Vec<_> = findings.chain((1..=warnings).map(|number| finding(number, "warning"))).collect();
        let text = rendered(Format::Github, &plan(&json!({"findings": findings})));
        assert_eq!(text.lines().filter(|line| command(line).is_some()).count(), marks, "{text}");
        let counted =
            text.lines().find_map(|line| line.strip_prefix("Not marked, because GitHub shows 10 of a kind: "));
        assert_eq!(counted, rest);
    }
}

#[test]
fn sarif_obeys_the_schema_of_the_standard() {
    let schema = include_str!("standards/sarif-2.1.0.schema.json");
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is a schema");
    assert!(!schema.is_valid(&json!({"version": "2.1.0"})), "the schema can refuse");
    for (name, plan) in plans() {
        let document: Value = serde_json::from_str(&rendered(Format::Sarif, &plan)).expect("JSON");
        let wrong: Vec<_> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        let run = &document["runs"][0];
        for result in run["results"].as_array().expect("results") {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a small number");
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"], "{name}");
            assert!(!result["message"]["text"].as_str().expect("a text").contains("]("), "{name}: a link");
        }
    }
}

#[test]
fn sarif_leaves_out_what_matters_least_and_says_so() {
    let findings: Vec<_> =
        (1..=5_001).map(|number| finding(number, if number == 5_001 { "error" } else { "warning" })).collect();
    let text = rendered(Format::Sarif, &plan(&json!({"findings": findings})));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let run = &document["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(5_000));
    assert_eq!(run["results"][0]["level"], "error");
    let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(said, "1 more result is left out, those that matter least");
}

#[test]
fn a_waived_finding_is_suppressed_with_its_reason() {
    let mut row = finding(1, "warning");
    row["waived"] = json!("until the spring");
    let text = rendered(Format::Sarif, &plan(&json!({"findings": [row, finding(2, "warning")]})));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let results = &document["runs"][0]["results"];
    assert_eq!(results[1]["suppressions"], json!([{"kind": "inSource", "justification": "until the spring"}]));
    assert_eq!(results[0]["suppressions"], Value::Null);
}

#[test]
fn fingerprints_tell_remarks_apart_and_stay_when_lines_move() {
    let prints = |text: &str| -> Vec<String> {
        let issues: Value = serde_json::from_str(text).expect("JSON");
        let print = |issue: &Value| issue["fingerprint"].as_str().expect("a text").to_owned();
        issues.as_array().expect("a list").iter().map(print).collect()
    };
    for (name, plan) in plans() {
        let prints = prints(&rendered(Format::Gitlab, &plan));
        assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), prints.len(), "{name}");
    }
    let at = |line: usize| {
        let mut row = finding(1, "error");
        row["location"]["line"] = json!(line);
        prints(&rendered(Format::Gitlab, &plan(&json!({"findings": [row.clone(), row, finding(2, "error")]}))))
    };
    assert_eq!(at(3), at(30));
    assert_eq!(at(3).iter().collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn gitlab_gets_what_its_documentation_demands_of_each_issue() {
    for (name, plan) in plans().into_iter().filter(|(name, _)| name != "nothing") {
        let issues: Value = serde_json::from_str(&rendered(Format::Gitlab, &plan)).expect("JSON");
        for issue in issues.as_array().expect("a list") {
            let severity = issue["severity"].as_str().expect("a severity");
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{name}: {issue}");
            for text in ["description", "check_name", "fingerprint"] {
                assert!(issue[text].as_str().is_some_and(|text| !text.is_empty()), "{name}: {issue}");
            }
            assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0), "{name}: {issue}");
            assert!(issue["location"]["path"].as_str().is_some_and(|path| !path.starts_with("./")), "{name}: {issue}");
        }
    }
}

#[test]
fn junit_obeys_the_schema_of_jenkins() {
    let xmllint = packages::need("xmllint", "libxml2-utils");
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/report/standards/junit-10.xsd");
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    for (at, (_, plan)) in plans().iter().enumerate() {
        files.push(folder.path().join(format!("{at}.xml")));
        fs::write(&files[at], rendered(Format::Junit, plan)).expect("a file");
    }
    let check = |files: &[std::path::PathBuf]| {
        let output =
            process::Command::new(&xmllint).args(["--noout", "--nonet", "--schema", schema]).args(files).output();
        let output = output.expect("xmllint runs");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (valid, said) = check(&files);
    assert!(valid, "{said}");
    let broken = folder.path().join("broken.xml");
    fs::write(&broken, "<testsuites skipped='0'/>").expect("a file");
    assert!(!check(&[broken]).0, "the schema can refuse");
}

#[test]
fn a_clinic_fails_in_junit_where_it_is_blocked_and_passes_with_a_warning() {
    let text = rendered(
        Format::Junit,
        &plan(&json!({
            "blocked": [{"clinic": "eken", "rule": "dead-button", "detail": "it leads nowhere"},
                {"clinic": "furan", "rule": "unreadable", "detail": "the clinic `furan` could not be read: 500"}],
            "findings": [{"clinic": "linden", "rule": "long-title", "severity": "warning", "message": "it is long", "help": []}],
            "guards": [{"guard": "lists_emptied", "limit": 10, "actual": 11, "accepted": false}],
        })),
    );
    insta::assert_snapshot!("junit_failures", text);
}
