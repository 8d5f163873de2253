//! What somebody else does while the real binary applies: what goes on, what stops, and whose word counts.

use super::second_system::assert_exit;
use crate::support::recording::Asked;
use crate::support::sandbox::{Run, Sandbox};
use crate::support::second_system::{Act, SecondSystem, TOKEN};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

const FLEET: &str = "fleet: small\nlanguages: {default: sv, required: [sv]}\nguards: {clinics_changed: 100%}\n";
/// Nothing is said about the buttons.
const CLINIC: &str = "\
clinic: solna
messaging:
  healthcare_initiated: {enabled: true, accessible_to: [st-1]}
  incoming:
    enabled: true
    accessible_to:
      - st-1
      - st-2
";

/// Somebody of whom the system knows no more than a name.
pub(super) fn person(n: usize) -> Value {
    json!({"id": format!("st-{n}"), "name": format!("Person {n}"), "title": "nurse", "active": true,
           "roles": ["healthcare_professional"]})
}

/// A clinic in which everything is off, with a button that nobody sees and two people.
fn solna() -> (Sandbox, SecondSystem) {
    solna_of(&[person(1), person(2)])
}

/// The same with these people.
pub(super) fn solna_of(staff: &[Value]) -> (Sandbox, SecondSystem) {
    let button =
        json!({"id": "old", "leads_to": "drop_in", "title": {"sv": "Gammal"}, "active": false, "shown_in": ["app"]});
    let seed = json!({"clinic": "solna", "name": "Solna", "buttons": [button], "staff": staff});
    let system = SecondSystem::start(&[seed]);
    let sandbox = Sandbox::new().env("CLINICCTL_TOKEN", TOKEN).env("CLINICCTL_SYSTEM", &system.address);
    sandbox.write("clinics/fleet.yaml", FLEET);
    sandbox.write("clinics/solna.yaml", CLINIC);
    (sandbox, system)
}

/// Applies the folder or a plan of it, and lets this happen around the second write.
fn applied(sandbox: &Sandbox, system: &SecondSystem, saved: bool, act: Act) -> Run {
    applied_where(sandbox, system, saved, (act, Act::Answer))
}

/// The same where this happens to whoever reads the change log.
fn applied_where(sandbox: &Sandbox, system: &SecondSystem, saved: bool, (act, log): (Act, Act)) -> Run {
    let path = if saved { "plan.json" } else { "clinics" };
    if saved {
        assert_exit(&sandbox.run(&["plan", "--out", "plan.json"]), 0);
    }
    let writes = AtomicUsize::new(0);
    system.recording.take();
    system.follow(move |asked| match asked.is_read() {
        true if asked.path.contains("/changes") => log,
        false if writes.fetch_add(1, Ordering::Relaxed) == 1 => act,
        _ => Act::Answer,
    });
    sandbox.run(&["apply", path, "--yes"])
}

pub(super) fn writes(system: &SecondSystem) -> usize {
    system.recording.take().iter().filter(|asked| !Asked::is_read(asked)).count()
}

#[test]
fn an_edit_of_what_the_files_do_not_declare_is_kept_and_the_apply_goes_on() {
    let (sandbox, system) = solna();
    assert_exit(&applied(&sandbox, &system, false, Act::RenameBefore), 0);
    assert_eq!(writes(&system), 3, "the second write is sent once more, under the new revision");
    assert_eq!(system.first_title("solna"), "Renamed in the console");
    assert_exit(&sandbox.run(&["plan", "--detailed-exitcode"]), 0);
}

#[test]
fn a_saved_plan_goes_on_where_the_clinic_is_exactly_as_the_plan_left_it() {
    let (sandbox, system) = solna();
    assert_exit(&applied(&sandbox, &system, true, Act::TouchBefore), 0);
    assert_eq!(writes(&system), 3);
    assert_exit(&sandbox.run(&["plan", "--detailed-exitcode"]), 0);
}

#[test]
fn a_saved_plan_stops_at_any_other_edit_and_the_edit_is_kept() {
    let (sandbox, system) = solna();
    let run = applied(&sandbox, &system, true, Act::RenameBefore);
    assert_exit(&run, 5);
    assert!(run.stdout.contains("a saved plan goes on only where a clinic is exactly as the plan left it"), "{run:?}");
    assert!(run.stdout.contains("Gammal -> Renamed in the console"), "{run:?}");
    assert_eq!(writes(&system), 2);
    assert_eq!(system.first_title("solna"), "Renamed in the console");
}

#[test]
fn who_deleted_a_button_is_told_from_the_change_log() {
    let (sandbox, system) = solna();
    let run = applied(&sandbox, &system, true, Act::DeleteBefore);
    assert_exit(&run, 5);
    assert!(run.stdout.contains("buttons/old, by karin.holm at 2026-11-22T08:00:01Z"), "{run:?}");

    // A log that cannot be read stops nothing, and nobody is named.
    let (sandbox, system) = solna();
    let run = applied_where(&sandbox, &system, true, (Act::DeleteBefore, Act::Refuse(403)));
    assert_exit(&run, 5);
    assert!(run.stdout.contains("buttons/old, the system does not say by whom"), "{run:?}");
}

/// The first half is the system's and the model's: see the laws. Here the second one.
#[test]
fn p09_people_who_left_are_taken_out_in_the_first_write_and_an_old_plan_cannot_bring_them_back() {
    let (sandbox, system) = solna();
    assert_exit(&sandbox.run(&["plan", "--out", "plan.json"]), 0);
    system.last_one_leaves("solna");
    let run = sandbox.run(&["apply", "plan.json", "--yes"]);
    assert_exit(&run, 6);
    assert!(run.stdout.contains("blocked") && run.stdout.contains("st-2"), "{run:?}");
    assert_eq!(writes(&system), 0);

    for saved in [false, true] {
        let (sandbox, system) = solna();
        let run = applied(&sandbox, &system, saved, Act::LeaveBefore);
        assert_exit(&run, 6);
        assert!(run.stdout.contains("`st-2` cannot be added"), "{run:?}");
        let place = "clinics/solna.yaml:6:";
        assert!(run.stdout.contains(place) && run.stdout.contains("1 refused"), "{run:?}");
        let drawn = run.stdout.lines().any(|line| line.contains("^^^"));
        assert_eq!(drawn, !saved, "{run:?}");
    }
}

#[test]
fn the_first_write_to_a_list_takes_out_whoever_has_left() {
    let (sandbox, system) = solna();
    assert_exit(&sandbox.run(&["apply", "--yes"]), 0);
    system.last_one_leaves("solna");
    sandbox.edit("clinics/solna.yaml", "      - st-2\n", "");
    let run = sandbox.run(&["apply", "--yes", "-o", "json"]);
    assert_exit(&run, 0);
    let document: Value = serde_json::from_str(&run.stdout).expect("a document");
    let changes = document["plan"]["changes"].as_array().expect("a list").len();
    assert_eq!(document["clinics"][0]["steps"].as_array().expect("a list").len(), changes);
    assert_eq!(document["plan"]["changes"][0]["after"]["accessible_to"], json!(["st-1"]));
}
