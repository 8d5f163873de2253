//! Every rule from YAML to the plan: a folder per rule with a guilty and an innocent file, planned by the real binary
//! against two clinics that are alike.
//!
//! The files beside this one are what all cases share: the fleet's document and the live state.

use crate::support::sandbox::Sandbox;
use clinicctl::rules::{ALL, RuleKind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_rule_has_a_guilty_and_an_innocent_file() {
    let rules = ALL.iter().filter(|rule| rule.kind == RuleKind::Rule).map(|rule| rule.name.to_owned());
    assert_eq!(cases().into_iter().collect::<BTreeSet<_>>(), rules.collect(), "a folder per rule, and no other");
    for rule in cases() {
        for file in ["guilty.yaml", "innocent.yaml"] {
            assert!(folder().join("cases").join(&rule).join(file).is_file(), "`{rule}` lacks {file}");
        }
    }
}

#[test]
fn guilty_files_break_their_rule_and_innocent_ones_do_not() {
    for rule in cases() {
        let sandbox = sandbox(&rule);
        let document = sandbox.run(&["plan", "-o", "json"]).stdout;
        let document = serde_json::from_str(&document).unwrap_or_else(|error| panic!("{rule}: {error}: {document}"));
        let blamed = blamed(&document, &rule);
        assert_eq!(blamed, BTreeSet::from(["clinics/guilty.yaml".to_owned()]), "{rule}: {document:#}");
    }
}

#[test]
fn a_reviewer_reads_what_a_rule_found() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    for rule in cases() {
        let transcript = sandbox(&rule).transcript(&[&["plan", "-q", "--clinic", "g*"]]);
        settings.bind(|| insta::assert_snapshot!(rule.as_str(), transcript));
    }
}

#[test]
fn a_personal_number_is_repeated_nowhere() {
    let sandbox = sandbox("personal-number");
    let number = personal_number();
    sandbox.write("clinics/again.yaml", &format!("clinic: {number}\nextends: {number}\n"));
    let tail = &number[number.len() - 4..];
    for run in [&["validate"][..], &["validate", "-o", "json"], &["plan"], &["plan", "-o", "json"]] {
        let run = sandbox.run(run);
        assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
        assert!(!run.stdout.contains(tail) && !run.stderr.contains(tail), "{}{}", run.stdout, run.stderr);
    }
}

/// The names of the rules that have a folder.
fn cases() -> Vec<String> {
    let entries = fs::read_dir(folder().join("cases")).expect("the folder of cases");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("names are UTF-8")).collect();
    names.sort();
    names
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings/rules_yaml")
}

/// The fleet of one case, with its numbers written in.
fn sandbox(rule: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let read = |path: PathBuf| fs::read_to_string(path).expect("a file of a case");
    sandbox.write("live.yaml", &read(folder().join("live.yaml")));
    sandbox.write("clinics/fleet.yaml", &read(folder().join("fleet.yaml")));
    for entry in fs::read_dir(folder().join("cases").join(rule)).expect("the folder of a case") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8").to_owned();
        let text = read(path).replace("PERSONAL-NUMBER", &personal_number()).replace("WRONG-NUMBER", &wrong_number());
        sandbox.write(&format!("clinics/{name}"), &text);
    }
    sandbox
}

/// The files that `rule` is raised in, in findings or in a plan.
fn blamed(document: &Value, rule: &str) -> BTreeSet<String> {
    let findings = document["findings"].as_array().expect("both documents have findings");
    let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
    let file = |finding: &Value| finding["file"].as_str().or(finding["location"]["file"].as_str()).map(str::to_owned);
    of_rule.map(|finding| file(finding).expect("a place in a file")).collect()
}

/// A number of nobody in particular that the rule must find, put together here so that it stands in no file.
fn personal_number() -> String {
    number(0)
}

/// The same with a check digit that does not fit.
fn wrong_number() -> String {
    number(1)
}

fn number(off: u32) -> String {
    let digits: Vec<u32> = [9, 0, 0, 1, 0, 1, 2, 3, 8].into();
    let weighed = digits.iter().enumerate().map(|(at, digit)| digit * (2 - at as u32 % 2));
    let sum: u32 = weighed.map(|product| product / 10 + product % 10).sum();
    let check = (10 - sum % 10 + off) % 10;
    let text: String = digits.iter().map(ToString::to_string).collect();
    format!("19{}-{}{check}", &text[..6], &text[6..])
}
