//! The whole job on the embedded system: plan, apply, and nothing left to do.

use crate::support::sandbox::Sandbox;
use serde_json::Value;

#[test]
fn the_real_fleet_is_planned_applied_and_then_as_the_files_say() {
    let sandbox = Sandbox::with_real_fleet();
    insta::assert_snapshot!("real_fleet_plan", sandbox.transcript(&[&["plan"]]));
    let applied = sandbox.run(&["apply", "--yes"]);
    assert_eq!(applied.code, Some(0), "{}{}", applied.stdout, applied.stderr);
    insta::assert_snapshot!("real_fleet_second_plan", sandbox.transcript(&[&["plan", "--detailed-exitcode"]]));
}

#[test]
fn a_plan_never_changes_anything() {
    let sandbox = Sandbox::with_real_fleet();
    let first = sandbox.run(&["plan", "-o", "json"]);
    let second = sandbox.run(&["plan", "-o", "json"]);
    assert_eq!(first.stdout, second.stdout, "identical input gives identical bytes");
    assert_eq!(first.code, Some(0), "{}", first.stderr);
}

#[test]
fn the_first_line_of_talk_says_that_no_real_clinic_is_touched() {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&["plan"]);
    let first = run.stderr.lines().next().unwrap_or_default();
    assert!(first.contains("embedded") && first.contains("no real clinic"), "{first}");
    assert!(sandbox.read(".clinicctl/.gitignore").contains('*'), "the database stays out of version control");
}

#[test]
fn the_exit_code_tells_changes_only_when_asked() {
    let sandbox = Sandbox::with_real_fleet();
    assert_eq!(sandbox.run(&["plan"]).code, Some(0));
    assert_eq!(sandbox.run(&["plan", "--detailed-exitcode"]).code, Some(2));
    assert_eq!(sandbox.run(&["apply", "--yes"]).code, Some(0));
    assert_eq!(sandbox.run(&["plan", "--detailed-exitcode"]).code, Some(0));
}

#[test]
fn a_selection_plans_only_its_clinics() {
    let sandbox = Sandbox::with_real_fleet();
    let plan = json(&sandbox, &["plan", "-o", "json"]);
    let changed = plan["changes"][0]["clinic"].as_str().expect("the fleet has drifted").to_owned();
    let selected = json(&sandbox, &["plan", "-o", "json", "--clinic", &changed]);
    assert_eq!(selected["summary"]["clinics"], 1);
    let wanted: Vec<_> =
        addresses(&plan).into_iter().filter(|address| address.starts_with(&format!("{changed}/"))).collect();
    assert_eq!(addresses(&selected), wanted);
}

#[test]
fn guards_that_stop_are_named_in_one_sentence() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit(
        "clinics/fleet.yaml",
        "people_losing_access: 50",
        "people_losing_access: 1, directions_switched_off: 0",
    );
    let run = sandbox.run(&["apply", "--yes"]);
    assert_eq!(run.code, Some(4), "{}{}", run.stdout, run.stderr);
    let names = "stopped by the guards `directions_switched_off` and `people_losing_access`; nothing was sent";
    assert!(run.stderr.contains(names), "{}", run.stderr);
}

#[test]
fn a_guard_leaves_plan_alone_and_who_accepted_it_stands_in_the_change_log() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/fleet.yaml", "people_losing_access: 50", "people_losing_access: 1");
    let plan = sandbox.run(&["plan"]);
    assert_eq!(plan.code, Some(0), "{}", plan.stderr);
    assert!(plan.stdout.contains("`people_losing_access` allows 1"), "{}", plan.stdout);
    let stopped = sandbox.run(&["apply", "--yes"]);
    assert_eq!(stopped.code, Some(4), "{}", stopped.stderr);
    assert!(stopped.stderr.contains("run again with `--accept people_losing_access`"), "{}", stopped.stderr);
    let applied = sandbox.run(&["apply", "--yes", "--accept", "people_losing_access", "--reference", "9f3c2ab"]);
    assert_eq!(applied.code, Some(0), "{}{}", applied.stdout, applied.stderr);
    let log = sandbox.run(&["history", "norrtull", "-o", "json"]).stdout;
    assert!(log.contains("\"accepts people_losing_access: 9f3c2ab\""), "{log}");
}

/// 10 % of the eighteen clinics allow one direction, and 5 % none, however few clinics a run selects.
#[test]
fn a_percentage_is_of_the_folder_and_not_of_the_selection() {
    let sandbox = Sandbox::with_real_fleet();
    let plan = json(&sandbox, &["plan", "-o", "json"]);
    let goes_off = |change: &&Value| change["before"]["enabled"] == true && change["after"]["enabled"] == false;
    let goes_off = plan["changes"].as_array().expect("changes").iter().find(goes_off).expect("a direction goes off");
    let clinic = goes_off["clinic"].as_str().expect("a clinic");
    let mut limit = "people_losing_access: 50".to_owned();
    for (percent, exceeded) in [("10%", vec![]), ("5%", vec!["directions_switched_off"])] {
        let next = format!("people_losing_access: off, directions_switched_off: {percent}");
        sandbox.edit("clinics/fleet.yaml", &limit, &next);
        let selected = json(&sandbox, &["plan", "-o", "json", "--clinic", clinic]);
        let guards = selected["guards"].as_array().expect("guards").iter();
        assert_eq!(guards.map(|row| &row["guard"]).collect::<Vec<_>>(), exceeded, "{percent}");
        limit = next;
    }
}

/// P10: what a folder has lost is a mistake, and never the wish to remove it.
#[test]
fn an_empty_folder_and_a_deleted_clinic_remove_nothing() {
    let sandbox = Sandbox::with_real_fleet();
    std::fs::remove_file(sandbox.path("clinics/stockholm/norrtull.yaml")).expect("the file was there");
    let plan = json(&sandbox, &["plan", "--prune", "-o", "json"]);
    let touches = |row: &Value| row["clinic"] == "norrtull";
    assert!(!plan["changes"].as_array().expect("changes").iter().any(touches), "a deleted file is an unmanaged clinic");
    std::fs::remove_dir_all(sandbox.path("clinics")).expect("the folder was there");
    for empty in [false, true] {
        if empty {
            std::fs::create_dir(sandbox.path("clinics")).expect("an empty folder");
        }
        let run = sandbox.run(&["apply", "--yes", "--prune", "--system", "embedded"]);
        assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn json_holds_the_documented_keys_and_nothing_else_goes_to_stdout() {
    let sandbox = Sandbox::with_real_fleet();
    let plan = json(&sandbox, &["plan", "-o", "json"]);
    assert_eq!(plan["format"], "clinicctl-plan/1");
    for key in ["fleet", "system", "reference", "summary", "changes", "impact", "blocked", "findings", "guards"] {
        assert!(plan.get(key).is_some(), "{key}");
    }
    for change in plan["changes"].as_array().expect("a list") {
        for key in ["id", "address", "clinic", "action", "before", "after", "waits_for", "because", "fields"] {
            assert!(change.get(key).is_some(), "{key} in {change}");
        }
    }
}

#[test]
fn an_apply_reports_what_became_of_every_change() {
    let sandbox = Sandbox::with_real_fleet();
    let plan = json(&sandbox, &["plan", "-o", "json"]);
    let applied = json(&sandbox, &["apply", "--yes", "-o", "json"]);
    assert_eq!(applied["format"], "clinicctl-apply/1");
    let summary = |document: &Value, key: &str| document["summary"][key].clone();
    for key in ["create", "update", "delete"] {
        assert_eq!(summary(&applied, key), summary(&plan, key), "{key}");
    }
    assert_eq!(applied["summary"]["clinics_stopped"], 0);
}

/// Runs and reads the document on stdout.
fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let run = sandbox.run(arguments);
    serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}{}", run.stdout, run.stderr))
}

fn addresses(plan: &Value) -> Vec<String> {
    let changes = plan["changes"].as_array().expect("a list");
    changes.iter().map(|change| change["address"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_clinic_that_the_system_does_not_have_blocks_itself_and_names_a_near_one() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/stockholm/norrtull.yaml", "clinic: norrtull", "clinic: nortull");
    let run = sandbox.run(&["plan", "--detailed-exitcode"]);
    assert_eq!(run.code, Some(6), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("unknown-clinic") && run.stdout.contains("did you mean `norrtull`?"), "{}", run.stdout);
    assert!(run.stdout.contains("masvik"), "the others are planned: {}", run.stdout);
}

#[test]
fn a_selection_hears_no_warnings_about_other_clinics_files() {
    let sandbox = Sandbox::with_real_fleet();
    let warned = |run: &[&str]| sandbox.run(run).stdout.contains("kantarellen.yaml");
    assert!(warned(&["plan"]) && warned(&["plan", "--clinic", "kantarellen"]));
    assert!(!warned(&["plan", "--clinic", "norrtull"]));
}

#[test]
fn an_embedded_system_that_cannot_be_opened_can_be_started_over() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.write(".clinicctl/malardalen.db", &"no database at all\n".repeat(100));
    let run = sandbox.run(&["plan"]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("delete `.clinicctl/malardalen.db`"), "{}", run.stderr);
}
