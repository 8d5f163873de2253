//! What a system refuses, drawn where a person can mend it and told where a program can find it.

use super::second_system::assert_exit;
use super::tiny_system::{TinySystem, tiny_fleet};
use crate::client::raw::{Reply, http};
use crate::support::sandbox::Sandbox;
use serde_json::{Value, json};

const NORTH: &str = "\
clinic: north
messaging:
  incoming:
    enabled: true
    accessible_to:
      - p1@north.example
      - p2@north.example
";

fn refusal(pointer: &str) -> Reply {
    let body = json!({"type": "cannot-be", "title": "This cannot be", "errors": [{"pointer": pointer, "detail": "not before noon"}]});
    http(422, "content-type: application/problem+json\r\n", &body.to_string())
}

/// The system refuses what `north` asks for at this place.
fn refusing(pointer: &'static str) -> (Sandbox, TinySystem) {
    let system = TinySystem::start(move |request| {
        (request.starts_with("PUT") && request.contains("/north/")).then(|| refusal(pointer))
    });
    let sandbox = tiny_fleet().env("CLINICCTL_TOKEN", "canary").env("CLINICCTL_SYSTEM", &system.address);
    sandbox.write("clinics/north.yaml", NORTH);
    (sandbox, system)
}

const APPLY: [&str; 5] = ["apply", "clinics", "--yes", "--accept", "clinics_changed"];

#[test]
fn a_refusal_is_drawn_at_the_line_that_asks_for_what_is_refused() {
    for (pointer, line, text) in [
        ("/enabled", 4, "enabled: true"),
        ("/accessible_to", 5, "accessible_to:"),
        ("/accessible_to/0", 6, "- p1@north.example"),
        ("/accessible_to/1", 7, "- p2@north.example"),
    ] {
        let (sandbox, _system) = refusing(pointer);
        let run = sandbox.run(&APPLY);
        assert_exit(&run, 6);
        assert!(run.stdout.contains(&format!("clinics/north.yaml:{line}:")), "{pointer}: {}", run.stdout);
        let lines: Vec<_> = run.stdout.lines().collect();
        let caret =
            lines.iter().position(|line| line.contains("^^^") && line.trim_start_matches([' ', '|']).starts_with('^'));
        let caret = caret.unwrap_or_else(|| panic!("{pointer}: {}", run.stdout));
        assert!(lines[caret - 1].contains(text), "{pointer}: {}", run.stdout);
        assert!(run.stdout.contains("not before noon"), "{}", run.stdout);
    }
}

#[test]
fn of_a_saved_plan_the_line_is_named_without_its_text() {
    let (sandbox, _system) = refusing("/accessible_to/1");
    assert_exit(&sandbox.run(&["plan", "--out", "plan.json", "--accept", "clinics_changed"]), 0);
    std::fs::remove_dir_all(sandbox.path("clinics")).expect("the files go");
    let run = sandbox.run(&["apply", "plan.json", "--yes"]);
    assert_exit(&run, 6);
    assert!(
        run.stdout.contains("--> clinics/north.yaml:7:") && run.stdout.contains("not before noon"),
        "{}",
        run.stdout
    );
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

#[test]
fn a_program_finds_everything_under_its_key() {
    let (sandbox, _system) = refusing("/accessible_to/1");
    let run = sandbox.run(&[&APPLY[..], &["-o", "json"]].concat());
    assert_exit(&run, 6);
    let document: Value = serde_json::from_str(&run.stdout).expect("a document");
    assert_eq!(document["format"], "clinicctl-apply/1");
    assert_eq!(keys(&document), ["clinics", "ended", "exit", "format", "plan", "summary"]);
    let summary = json!({
        "create": 0, "update": 1, "delete": 0, "already_so": 0, "clinics_done": 1, "clinics_already_so": 0,
        "clinics_stopped": 1, "clinics_conflict": 0, "clinics_refused": 1, "clinics_failed": 0, "clinics_skipped": 0,
    });
    assert_eq!(document["summary"], summary);
    let [north, south] = document["clinics"].as_array().expect("a list").as_slice() else { panic!("{document}") };
    assert_eq!((&north["outcome"], &south["outcome"]), (&json!("refused"), &json!("done")));
    assert_eq!(south["stop"], Value::Null);
    assert_eq!(keys(north), ["clinic", "outcome", "steps", "stop"]);
    assert_eq!((keys(&north["stop"]), &north["stop"]["because"]), (vec!["because", "detail"], &json!("step")));
    let step = &north["steps"][0];
    assert_eq!(keys(step), ["address", "change", "detail", "outcome", "refused"]);
    assert_eq!((&step["address"], &step["outcome"]), (&json!("north/messaging/incoming"), &json!("refused")));
    let refused = &step["refused"][0];
    assert_eq!((&refused["pointer"], &refused["detail"]), (&json!("/accessible_to/1"), &json!("not before noon")));
    assert_eq!((&refused["location"]["file"], &refused["location"]["line"]), (&json!("clinics/north.yaml"), &json!(7)));
}
