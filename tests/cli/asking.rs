//! Questions as a person asks them: `why` and `can-i`.

use crate::support::sandbox::Sandbox;
use serde_json::Value;

#[test]
fn a_person_is_told_what_they_may_do_and_why() {
    let sandbox = Sandbox::with_real_fleet();
    let asked = |person, right, clinic| vec!["can-i", person, right, "--clinic", clinic, "-q"];
    let runs = [
        asked("karin.holm@norrtull.example", "respond", "norrtull"),
        asked("st-1009", "respond", "norrtull"),
        asked("anna.berg@norrtull.example", "respond", "norrtull"),
        asked("st-1004", "respond", "norrtull"),
        asked("st-1004", "send", "norrtull"),
        asked("st-1010", "send", "norrtull"),
        asked("st-1012", "send", "norrtull"),
        vec!["can-i", "st-1009", "respond", "--clinic", "norrtull", "-q", "--detailed-exitcode", "-o", "json"],
        asked("Karin", "respond", "norrtull"),
        asked("karin.holm@nortull.example", "respond", "norrtull"),
        asked("karin.holm@norrtull.example", "respond", "nortull"),
    ];
    let runs: Vec<&[&str]> = runs.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(sandbox.transcript(&runs));
}

#[test]
fn a_blocked_clinic_stays_as_it_is_and_an_undeclared_one_too() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/stockholm/norrtull.yaml", "karin.holm@norrtull.example", "karin.hol@norrtull.example");
    let ask = ["can-i", "st-1009", "respond", "--clinic", "norrtull", "-q"];
    let run = sandbox.run(&ask);
    assert!(run.stdout.contains("after plan  yes") && run.stdout.contains("blocked by `unknown-person`"), "{run:?}");
    std::fs::remove_file(sandbox.path("clinics/stockholm/norrtull.yaml")).expect("the file was there");
    let run = sandbox.run(&ask);
    assert!(run.stdout.contains("after plan  yes") && run.stdout.contains("No file is about this clinic"), "{run:?}");
}

#[test]
fn wrong_files_are_shown_before_any_answer() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/fleet.yaml", "guards:", "guard:");
    let run = sandbox.run(&["can-i", "st-1009", "respond", "--clinic", "norrtull", "-o", "json"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    let document: Value = serde_json::from_str(&run.stdout).expect("a document");
    assert_eq!(document["findings"][0]["rule"], "unknown-key");
}

#[test]
fn a_value_is_told_with_the_line_that_says_it_and_the_lines_that_it_shadows() {
    let sandbox = Sandbox::with_real_fleet();
    let runs: [&[&str]; 11] = [
        &["why", "norrtull/messaging/incoming", "-q"],
        &["why", "alvdansen/messaging/incoming", "-q"],
        &["why", "norrtull/buttons/new-message", "-q"],
        &["why", "norrtull/buttons/book.title", "-q"],
        &["why", "norrtull/button-order", "-q"],
        &["why", "alvdansen/messaging/incoming.enabled", "-q", "-o", "json"],
        &["why", "norrtull/messaging/healthcare_initiated", "-q"],
        &["why", "norrtull/buttons/bok", "-q"],
        &["why", "norrtull/buttons/book.title.se", "-q"],
        &["why", "nortull/button-order", "-q"],
        &["why", "norrtull", "-q"],
    ];
    insta::assert_snapshot!(sandbox.transcript(&runs));
}
