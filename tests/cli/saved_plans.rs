//! `plan --out`, `show`, `apply FILE`: exactly that plan, or nothing.

use crate::fuzz::harness::resealed::resealed;
use crate::support::sandbox::Sandbox;
use clinicctl::plan::{Binding, Impact, SavedPlan};

/// The real fleet with a saved plan of it.
fn with_saved_plan() -> Sandbox {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&["plan", "--out", "plan.json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    sandbox
}

const APPLY: &[&str] = &["apply", "plan.json", "--system", "embedded", "--yes"];

#[test]
fn a_saved_plan_shows_what_the_run_that_saved_it_showed() {
    let sandbox = with_saved_plan();
    let planned = sandbox.run(&["plan"]).stdout;
    assert_eq!(sandbox.run(&["show", "plan.json"]).stdout, planned);
}

#[test]
fn a_saved_plan_is_applied_and_leaves_nothing_to_do() {
    let sandbox = with_saved_plan();
    let applied = sandbox.run(APPLY);
    assert_eq!(applied.code, Some(0), "{}{}", applied.stdout, applied.stderr);
    assert_eq!(sandbox.run(&["plan", "--detailed-exitcode"]).code, Some(0));
}

#[test]
fn a_plan_whose_revisions_moved_is_refused_whole() {
    let sandbox = with_saved_plan();
    assert_eq!(sandbox.run(&["apply", "--yes"]).code, Some(0));
    let run = sandbox.run(APPLY);
    assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
}

#[test]
fn an_edited_plan_is_refused() {
    let sandbox = with_saved_plan();
    sandbox.edit("plan.json", "\"prune\": false", "\"prune\": true");
    for arguments in [APPLY, &["show", "plan.json"]] {
        let run = sandbox.run(arguments);
        assert_eq!(run.code, Some(5), "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
}

/// The saved plan with this edit, and with the digest that fits it.
fn forge(sandbox: &Sandbox, edit: impl FnOnce(&mut SavedPlan)) {
    let document = serde_json::from_str(&sandbox.read("plan.json")).expect("JSON");
    let mut saved = resealed(document).expect("a plan");
    edit(&mut saved);
    sandbox.write("plan.json", &saved.to_json());
}

/// A forger has a digest that fits.
#[test]
fn a_plan_that_shows_less_than_it_would_do_is_refused_by_whoever_reads_it() {
    let refused = |part: &str, edit: fn(&mut SavedPlan)| {
        let sandbox = with_saved_plan();
        forge(&sandbox, edit);
        for arguments in [APPLY, &["show", "plan.json"]] {
            let run = sandbox.run(arguments);
            assert_eq!(run.code, Some(5), "{part}, {arguments:?}: {}{}", run.stdout, run.stderr);
            assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
            assert_eq!(run.stdout, "", "nothing of it is shown");
        }
    };
    refused("`changes`", |saved| {
        saved.plan.changes.clear();
        saved.plan.impact = Impact::default();
    });
    refused("`impact`", |saved| saved.plan.impact.gain.clear());
    refused("leads that clinic from `before` to `wanted`", |saved| {
        saved.work.iter_mut().for_each(|work| work.steps.reverse());
    });
}

/// The limits of the guards stand in the file, and nowhere else: whoever agrees to a plan is told them.
#[test]
fn what_a_plan_says_of_its_guards_is_said_by_whoever_reads_it() {
    let sandbox = with_saved_plan();
    let says = |run: &str, limits: &str| assert!(run.contains(&format!("made with these limits: {limits}")), "{run}");
    says(&sandbox.run(&["show", "plan.json"]).stderr, "buttons_removed 10, clinics_changed 10,");
    forge(&sandbox, |saved| {
        saved.limits.insert("buttons_removed".to_owned(), None);
    });
    says(&sandbox.run(&["show", "plan.json"]).stderr, "buttons_removed off, clinics_changed 10,");
    says(&sandbox.run(APPLY).stderr, "buttons_removed off, clinics_changed 10,");
}

#[test]
fn a_plan_is_bound_to_the_database_of_its_system() {
    let sandbox = with_saved_plan();
    let saved = resealed(serde_json::from_str(&sandbox.read("plan.json")).expect("JSON")).expect("a plan");
    let instance = saved.instance.expect("our own system tells");
    assert_eq!((Binding::Embedded(instance.id), instance.epoch), (saved.binding, 1));
}

#[test]
fn a_plan_of_another_system_is_refused() {
    let sandbox = with_saved_plan();
    std::fs::remove_dir_all(sandbox.path(".clinicctl")).expect("the embedded system goes");
    assert_eq!(sandbox.run(&["plan"]).code, Some(0), "another one takes its place");
    let run = sandbox.run(APPLY);
    assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("another database"), "two systems of one name are told apart: {}", run.stderr);
}

#[test]
fn a_plan_of_an_embedded_system_that_is_not_here_is_refused_and_none_is_made() {
    let sandbox = with_saved_plan();
    std::fs::remove_dir_all(sandbox.path(".clinicctl")).expect("the embedded system goes");
    let run = sandbox.run(APPLY);
    assert_eq!(run.code, Some(5), "{}{}", run.stdout, run.stderr);
    assert!(!sandbox.path(".clinicctl").exists(), "{}", run.stderr);
}

#[test]
fn what_is_said_about_a_saved_plan_is_what_applies_it() {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&["plan", "--out", "plan.json"]);
    assert!(run.stderr.contains("`clinicctl apply plan.json --system embedded`"), "{}", run.stderr);
}

#[test]
fn an_address_is_never_taken_from_a_saved_plan() {
    let sandbox = with_saved_plan();
    assert_eq!(sandbox.run(&["apply", "plan.json", "--yes"]).code, Some(64));
}

#[test]
fn options_that_would_change_a_saved_plan_are_refused() {
    let sandbox = with_saved_plan();
    for option in [&["--prune"][..], &["--clinic", "n*"], &["--accept", "clinics_changed"], &["--reference", "r"]] {
        let arguments: Vec<_> = APPLY.iter().chain(option).copied().collect();
        assert_eq!(sandbox.run(&arguments).code, Some(64), "{option:?}");
    }
}
