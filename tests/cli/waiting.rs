//! Waits of the real binary: they are told, they end on a signal, and nobody hears of them who wants quiet.

use super::second_system::assert_exit;
use super::tiny_system::{TinySystem, tiny_fleet};
use crate::client::raw::{Reply, http};
use crate::support::sandbox::{Sandbox, signal};
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

/// Longer than any test lasts, and within the budget.
fn wait_long() -> Reply {
    http(429, "retry-after: 59\r\n", "")
}

fn sandbox(system: &TinySystem) -> Sandbox {
    tiny_fleet().env("CLINICCTL_TOKEN", "canary").env("CLINICCTL_SYSTEM", &system.address)
}

/// A run that waits, with what it says after that.
fn waiting(sandbox: &Sandbox, arguments: &[&str]) -> (Child, BufReader<ChildStderr>) {
    let mut command = sandbox.command(arguments);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let mut talk = BufReader::new(process.stderr.take().expect("stderr is piped"));
    let mut said = String::new();
    while !said.contains("waiting 6") && !said.contains("waiting 59 s: the system asked for it (429)") {
        assert_ne!(talk.read_line(&mut said).expect("UTF-8"), 0, "the run ended: {said}");
    }
    (process, talk)
}

#[test]
fn a_signal_ends_a_wait_while_reading_at_once() {
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        for verb in [&["plan", "-v"][..], &["apply", "--yes", "-v"]] {
            let system = TinySystem::start(|_| Some(wait_long()));
            let sandbox = sandbox(&system);
            let (mut process, talk) = waiting(&sandbox, verb);
            signal(&process, name);
            assert_eq!(process.wait().expect("the process ends").code(), Some(code));
            let said: Vec<_> = talk.lines().map(|line| line.expect("UTF-8")).collect();
            assert_eq!(said, ["error: the run was asked to stop; nothing was written"]);
            assert_eq!(system.take().len(), 1);
        }
    }
}

#[test]
fn a_signal_ends_a_wait_while_writing_and_the_report_says_what_is_not_done() {
    let system = TinySystem::start(|request| request.starts_with("PUT").then(wait_long));
    let sandbox = sandbox(&system);
    let arguments = ["apply", "--yes", "-v", "--parallelism", "1", "--accept", "clinics_changed"];
    let (process, _talk) = waiting(&sandbox, &arguments);
    signal(&process, "INT");
    let output = process.wait_with_output().expect("the process ends");
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(130), "{report}");
    assert!(
        report.contains("Applied: 0 added, 0 changed") && report.contains("2 clinics stopped: 2 skipped."),
        "{report}"
    );
    assert_eq!(system.take().iter().filter(|request| request.starts_with("PUT")).count(), 1);
}

#[test]
fn a_wait_is_told_to_whoever_wants_to_hear_it_and_to_nobody_else() {
    for (flag, told) in [("-v", true), ("-q", false)] {
        let first = AtomicBool::new(true);
        let fault = move |_: &str| first.swap(false, Ordering::Relaxed).then(|| http(429, "retry-after: 1\r\n", ""));
        let system = TinySystem::start(fault);
        let run = sandbox(&system).run(&["plan", flag]);
        assert_exit(&run, 0);
        assert_eq!(run.stderr.contains("waiting 2 s: the system asked for it (429)"), told, "{}", run.stderr);
        assert!(told || run.stderr.is_empty(), "{}", run.stderr);
        assert_eq!(system.take().len(), 6);
    }
}
