//! Checks, from YAML to the exit code, on two clinics that are alike: both directions on, two nurses respond.

use crate::support::sandbox::Sandbox;
use serde_json::Value;

const LIVE: &str = include_str!("../findings/rules_yaml/live.yaml");
const FLEET: &str = "fleet: two\nlanguages: {required: [sv]}\nembedded: {seed: ../live.yaml}\nsystem: embedded\n";

/// A fleet with one check and one clinic.
fn sandbox(check: &str, clinic: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("live.yaml", LIVE);
    sandbox.write("clinics/fleet.yaml", FLEET);
    sandbox.write("clinics/checks.yaml", &format!("checks:\n  - {{check: it, because: It was agreed, {check}}}\n"));
    sandbox.write("clinics/guilty.yaml", &format!("clinic: guilty\nlabels: {{region: north}}\n{clinic}"));
    sandbox
}

/// How `plan` ends, and each finding about checks: its severity, whether it is there already, whether it is waived.
fn judged(check: &str, clinic: &str) -> (Option<i32>, Vec<String>) {
    let run = sandbox(check, clinic).run(&["plan", "-o", "json", "-q"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let findings = document["findings"].as_array().expect("findings").iter();
    let told = findings.filter(|row| row["rule"] == "check" || row["rule"] == "idle-check").map(|row| {
        let so = if row["already_so"] == true { " already so" } else { "" };
        let waived = if row["waived"].is_string() { " waived" } else { "" };
        format!(
            "{} {}{so}{waived}",
            row["severity"].as_str().unwrap_or_default(),
            row["rule"].as_str().unwrap_or_default()
        )
    });
    (run.code, told.collect())
}

#[test]
fn a_check_that_would_newly_break_blocks_its_clinic_and_what_is_so_already_is_told() {
    const ANNA: &str = "messaging: {incoming: {accessible_to: [anna@guilty.example]}}\n";
    const BOOK_FIRST: &str = "patient_interface: {buttons: [{id: book}, {id: new-message}]}\n";
    const WAIVED: &str = "messaging: {incoming: {accessible_to: [anna@guilty.example]}}\n\
                          waive: [{rule: check, reason: Bo is on leave}]\n";
    let nurses = "may: {right: respond, title: nurse}";
    let cases: [(&str, &str, i32, &[&str]); 19] = [
        (nurses, "", 0, &[]),
        (nurses, ANNA, 6, &["error check"]),
        ("severity: warning, may: {right: respond, title: nurse}", ANNA, 0, &["warning check"]),
        ("severity: off, may: {right: respond, title: nurse}", ANNA, 0, &[]),
        ("clinics: {region: north}, may: {right: respond, title: nurse}", ANNA, 6, &["error check"]),
        ("clinics: {region: south}, may: {right: respond, title: nurse}", ANNA, 0, &["warning idle-check"]),
        (nurses, WAIVED, 0, &["warning check waived"]),
        ("may: {right: respond, person: anna@guilty.example}", ANNA, 0, &[]),
        ("may: {right: respond, person: anna@elsewhere.example}", ANNA, 0, &[]),
        ("never: {right: send, role: scheduler}", "", 0, &[]),
        ("never: {right: respond, person: st-1}", "", 0, &["warning check already so"]),
        ("never: {right: respond, person: st-2}", ANNA, 0, &[]),
        ("at_least: {right: respond, people: 2}", "", 0, &[]),
        ("at_least: {right: respond, people: 3}", "", 0, &["warning check already so"]),
        (
            "at_least: {right: respond, people: 2}",
            "messaging: {incoming: {accessible_to: [{title: physician}, st-1]}}\n",
            6,
            &["error check"],
        ),
        ("enabled: {incoming: false}", "", 0, &["warning check already so"]),
        ("first_button: new_message", "", 0, &[]),
        ("first_button: new_message", BOOK_FIRST, 6, &["error check", "error check"]),
        ("first_button: book_appointment", BOOK_FIRST, 0, &[]),
    ];
    for (check, clinic, code, told) in cases {
        let expected = (Some(code), told.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>());
        assert_eq!(judged(check, clinic), expected, "{check}\n{clinic}");
    }
}

#[test]
fn what_the_files_alone_decide_is_an_error_without_any_system() {
    for (check, clinic) in [
        ("enabled: {incoming: false}", "messaging: {incoming: {enabled: true}}\n"),
        ("at_least: {right: respond, people: 2}", "messaging: {incoming: {accessible_to: [st-1]}}\n"),
        ("at_least: {right: respond, people: 1}", "messaging: {incoming: {enabled: false}}\n"),
    ] {
        let sandbox = sandbox(check, clinic);
        let run = sandbox.run(&["validate"]);
        assert_eq!(run.code, Some(3), "{check}: {run:?}");
        assert!(run.stdout.contains("error[check]") && run.stdout.contains("clinics/checks.yaml"), "{}", run.stdout);
        assert_eq!(sandbox.run(&["plan"]).code, Some(3), "{check}");
    }
    for (check, clinic) in [
        ("enabled: {incoming: true}", "messaging: {incoming: {enabled: true}}\n"),
        ("at_least: {right: respond, people: 2}", "messaging: {incoming: {accessible_to: [{title: nurse}]}}\n"),
        ("at_least: {right: respond, people: 2}", "messaging: {incoming: {accessible_to: everyone}}\n"),
        ("first_button: book_appointment", ""),
    ] {
        let run = sandbox(check, clinic).run(&["validate"]);
        assert_eq!(run.code, Some(0), "{check}: {run:?}");
    }
}

/// A warning of the files is told once, and not again by the plan.
#[test]
fn what_validate_says_plan_does_not_say_twice() {
    let told = judged("severity: warning, enabled: {incoming: false}", "messaging: {incoming: {enabled: true}}\n");
    assert_eq!(told, (Some(0), vec!["warning check".to_owned()]));
}

#[test]
fn a_broken_check_is_shown_with_both_places_and_its_reason() {
    let clinic = "messaging:\n  incoming:\n    enabled: false\n";
    let sandbox = sandbox("enabled: {incoming: true}", clinic);
    insta::assert_snapshot!(sandbox.transcript(&[&["validate"]]));
}

#[test]
fn a_saved_plan_carries_its_checks_and_is_applied() {
    let clinic = "messaging: {healthcare_initiated: {accessible_to: [{title: nurse}]}}\n";
    let sandbox = sandbox("may: {right: send, person: SE2321000131-G1}", clinic);
    let run = sandbox.run(&["plan", "--out", "plan.json", "-q"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(sandbox.read("plan.json").contains("\"because\": \"It was agreed\""), "the check travels with the plan");
    let run = sandbox.run(&["apply", "plan.json", "--yes", "--system", "embedded"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}
