//! Trouble in the middle of an apply: what stops, what goes on, and what a pipeline is told.

use super::second_system::{assert_exit, with_second_system};
use crate::support::recording::Asked;
use crate::support::sandbox::Sandbox;
use crate::support::second_system::{Act, SecondSystem};
use serde_json::Value;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The clinics that the first plan changes, each with the addresses of its changes, in order.
fn planned(sandbox: &Sandbox, system: &SecondSystem) -> Vec<(String, Vec<String>)> {
    let run = sandbox.run(&["plan", "-o", "json"]);
    assert_exit(&run, 0);
    system.recording.take();
    let plan: Value = serde_json::from_str(&run.stdout).expect("a plan");
    let mut clinics: Vec<(String, Vec<String>)> = Vec::new();
    for change in plan["changes"].as_array().expect("a list") {
        let text = |key: &str| change[key].as_str().expect("a text").to_owned();
        match clinics.last_mut() {
            Some((clinic, addresses)) if *clinic == text("clinic") => addresses.push(text("address")),
            _ => clinics.push((text("clinic"), vec![text("address")])),
        }
    }
    assert!(clinics.len() > 3, "the fleet has drifted in several clinics");
    clinics
}

fn writes_to(address: &str) -> impl Fn(&Asked) -> bool + use<> {
    let path = format!("/clinics/{address}");
    move |asked| !asked.is_read() && asked.path.ends_with(&path)
}

fn writes_below(clinic: &str) -> impl Fn(&Asked) -> bool + use<> {
    let path = format!("/clinics/{clinic}/");
    move |asked| !asked.is_read() && asked.path.contains(&path)
}

fn writes(system: &SecondSystem) -> Vec<Asked> {
    system.recording.take().into_iter().filter(|asked| !asked.is_read()).collect()
}

fn steps(clinics: &[(String, Vec<String>)]) -> usize {
    clinics.iter().map(|(_, addresses)| addresses.len()).sum()
}

#[test]
fn a_token_that_ends_in_the_middle_stops_everything_and_nothing_is_retried() {
    let (sandbox, system) = with_second_system();
    planned(&sandbox, &system);
    let written = AtomicUsize::new(0);
    system.follow(move |asked| match asked.is_read() || written.fetch_add(1, Ordering::Relaxed) < 2 {
        true => Act::Answer,
        false => Act::Refuse(401),
    });
    let run = sandbox.run(&["apply", "--yes", "--parallelism", "1"]);
    assert_exit(&run, 7);
    assert_eq!(writes(&system).len(), 3);
    assert!(run.stdout.contains("does not accept the token"), "{}", run.stdout);

    system.follow(|_| Act::Answer);
    assert_exit(&sandbox.run(&["apply", "--yes"]), 0);
    assert_exit(&sandbox.run(&["plan", "--detailed-exitcode"]), 0);
}

#[test]
fn somebody_elses_change_stops_its_clinic_alone() {
    let (sandbox, system) = with_second_system();
    let clinics = planned(&sandbox, &system);
    let (edited, addresses) = clinics[1].clone();
    let first = writes_to(&addresses[0]);
    system.follow(move |asked| if first(asked) { Act::EditBefore } else { Act::Answer });
    let run = sandbox.run(&["apply", "--yes"]);
    assert_exit(&run, 5);
    assert!(
        run.stdout.contains(&format!("conflict: {edited}")) && run.stdout.contains("somebody else"),
        "{}",
        run.stdout
    );
    let writes = writes(&system);
    assert_eq!(writes.iter().filter(|asked| writes_below(&edited)(asked)).count(), 1, "tried once");
    assert_eq!(writes.len(), steps(&clinics) - addresses.len() + 1, "all other clinics are done");
}

#[test]
fn where_one_clinic_conflicts_and_another_fails_the_failure_counts() {
    let (sandbox, system) = with_second_system();
    let clinics = planned(&sandbox, &system);
    let (edited, forbidden) = (writes_to(&clinics[0].1[0]), writes_below(&clinics[1].0));
    system.follow(move |asked| match (edited(asked), forbidden(asked)) {
        (true, _) => Act::EditBefore,
        (_, true) => Act::Refuse(403),
        (false, false) => Act::Answer,
    });
    assert_exit(&sandbox.run(&["apply", "--yes"]), 6);
}

#[test]
fn one_broken_clinic_does_not_keep_the_others_from_being_done() {
    for status in [500, 502, 503, 504, 403, 409, 415, 422, 429, 302] {
        let (sandbox, system) = with_second_system();
        let clinics = planned(&sandbox, &system);
        let (broken, addresses) = clinics[2].clone();
        let (below, first) = (writes_below(&broken), writes_to(&addresses[0]));
        let refused = writes_below(&broken);
        system.follow(move |asked| if refused(asked) { Act::Refuse(status) } else { Act::Answer });
        let run = sandbox.run(&["apply", "--yes", "--retry-budget", "0"]);
        assert_exit(&run, 6);
        assert!(run.stdout.contains("1 clinic stopped: 1 "), "{status}: {}", run.stdout);
        let sent = writes(&system);
        let (tried, others): (Vec<_>, Vec<_>) = sent.into_iter().partition(&below);
        assert_eq!(others.len(), steps(&clinics) - addresses.len(), "{status}");
        assert!(tried.len() == 1 && first(&tried[0]), "{status}: {tried:?}");

        system.follow(|_| Act::Answer);
        assert_exit(&sandbox.run(&["apply", "--yes"]), 0);
        let rest = writes(&system);
        assert!(rest.len() == addresses.len() && rest.iter().all(writes_below(&broken)), "{status}: {rest:?}");
    }
}

#[test]
fn a_saved_plan_that_cannot_be_checked_is_not_applied_and_not_called_stale() {
    let (sandbox, system) = with_second_system();
    let clinics = planned(&sandbox, &system);
    assert_exit(&sandbox.run(&["plan", "--out", "plan.json"]), 0);
    let (unread, moved) = (format!("/clinics/{}", clinics[0].0), writes_to(&clinics[1].1[0]));
    let broken = unread.clone();
    system.follow(move |asked| if asked.path.ends_with(&broken) { Act::Refuse(500) } else { Act::Answer });
    let run = sandbox.run(&["apply", "plan.json", "--yes"]);
    assert_exit(&run, 1);
    assert!(run.stderr.contains("cannot be checked") && run.stderr.contains(&clinics[0].0), "{}", run.stderr);
    assert!(writes(&system).is_empty());

    // Once another clinic has moved, the plan is stale, whatever else is wrong.
    system.follow(move |asked| if moved(asked) { Act::EditBefore } else { Act::Answer });
    assert_exit(&sandbox.run(&["apply", "--yes", "--clinic", &clinics[1].0]), 5);
    system.recording.take();
    system.follow(move |asked| if asked.path.ends_with(&unread) { Act::Refuse(500) } else { Act::Answer });
    assert_exit(&sandbox.run(&["apply", "plan.json", "--yes"]), 5);
    assert!(writes(&system).is_empty());
}

#[test]
fn a_reader_that_goes_away_does_not_stop_an_apply() {
    let (sandbox, system) = with_second_system();
    let clinics = planned(&sandbox, &system);
    let mut command = sandbox.command(&["apply", "--yes"]);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
    drop(process.stdout.take());
    assert_eq!(process.wait().expect("the process ends").code(), Some(0));
    assert_eq!(writes(&system).len(), steps(&clinics));
    assert_exit(&sandbox.run(&["plan", "--detailed-exitcode"]), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_an_error_and_a_conflict_stays_one() {
    for (edited, code) in [(false, 1), (true, 5)] {
        let (sandbox, system) = with_second_system();
        let clinics = planned(&sandbox, &system);
        let first = writes_to(&clinics[0].1[0]);
        system.follow(move |asked| if edited && first(asked) { Act::EditBefore } else { Act::Answer });
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a disk without room");
        let mut command = sandbox.command(&["apply", "--yes", "-o", "json"]);
        let output = command.stdout(full).stderr(Stdio::piped()).output().expect("the binary runs");
        assert_eq!(output.status.code(), Some(code));
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write to stdout"));
        assert!(writes(&system).len() > 1);
    }
    let (sandbox, system) = with_second_system();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a disk without room");
    let status = sandbox.command(&["apply", "--yes"]).stdout(full).stderr(Stdio::null()).status();
    assert_eq!(status.expect("the binary runs").code(), Some(1));
    assert!(writes(&system).is_empty(), "what nobody could read was not written");
}

/// A clinic whose last change is of this kind, with the address of that change.
fn ending_in(clinics: &[(String, Vec<String>)], messaging: bool) -> (String, String) {
    let fits = |addresses: &[String]| addresses.iter().any(|address| address.contains("/messaging/")) == messaging;
    let (clinic, addresses) = clinics.iter().find(|(_, addresses)| fits(addresses)).expect("such a clinic");
    (clinic.clone(), addresses.last().expect("a change").clone())
}

#[test]
fn the_read_back_knows_our_own_writes_from_those_of_others() {
    let cases = [
        (true, Act::EditAfter, 5, "somebody has changed it since: `messaging/"),
        (true, Act::Forget, 6, "though nobody wrote since"),
        (false, Act::EditAfter, 0, "0 stopped"),
        (false, Act::Forget, 6, "though nobody wrote since"),
    ];
    for (messaging, act, code, said) in cases {
        let (sandbox, system) = with_second_system();
        let (clinic, last) = ending_in(&planned(&sandbox, &system), messaging);
        let last = writes_to(&last);
        system.follow(move |asked| if last(asked) { act } else { Act::Answer });
        let run = sandbox.run(&["apply", "--yes"]);
        assert_exit(&run, code);
        let stopped = run.stdout.contains(&format!(": {clinic}: ")) && run.stdout.contains(said);
        assert_eq!(stopped, code != 0, "{act:?}: {}", run.stdout);
    }
}
