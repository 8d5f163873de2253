//! Ctrl-C and SIGTERM in the middle of an apply.

use super::second_system::{assert_exit, with_second_system};
use crate::support::recording::Asked;
use crate::support::sandbox::{Sandbox, signal};
use crate::support::second_system::{Act, SecondSystem};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, Instant};

/// What a pipe of Linux takes before it is full (pipe(7)).
const PIPE: usize = 65_536;

/// An apply whose first write the system holds.
struct Applying {
    process: Child,
    talk: BufReader<ChildStderr>,
}

impl Applying {
    fn start(sandbox: &Sandbox, system: &SecondSystem) -> Self {
        system.follow(|asked| if asked.is_read() { Act::Answer } else { Act::Hold });
        let report = ["--report", "json=report.json"];
        let mut command = sandbox.command(&[&["apply", "--yes", "--parallelism", "1"], &report[..]].concat());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let talk = BufReader::new(process.stderr.take().expect("stderr is piped"));
        system.wait_until_held();
        Self { process, talk }
    }

    /// Sends a signal and returns when the run has said what it does about it.
    fn interrupt(&mut self, name: &str) {
        signal(&self.process, name);
        let said = self.talk.by_ref().lines().map(|line| line.expect("UTF-8")).find(|line| line.contains("Stopping"));
        assert!(said.is_some(), "the run says that it stops");
    }

    fn end(self) -> (Option<i32>, String) {
        let output = self.process.wait_with_output().expect("the process ends");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    }
}

fn writes(system: &SecondSystem) -> usize {
    system.recording.take().iter().filter(|asked| !asked.is_read()).count()
}

#[test]
fn the_first_signal_finishes_the_request_under_way_and_a_new_run_finishes_the_rest() {
    for (name, code, told) in [("INT", 130, "interrupted"), ("TERM", 143, "terminated")] {
        let (sandbox, system) = with_second_system();
        let mut applying = Applying::start(&sandbox, &system);
        applying.interrupt(name);
        system.release();
        let (ended, report) = applying.end();
        assert_eq!(ended, Some(code), "{report}");
        assert!(report.contains("Applied: ") && report.contains("the run was asked to stop"), "{report}");
        let document: Value = serde_json::from_str(&sandbox.read("report.json")).expect("a document");
        assert_eq!((&document["ended"], &document["exit"]), (&json!(told), &json!(code)));
        assert_eq!(writes(&system), 1, "the one under way was finished and no other begun");

        system.follow(|_| Act::Answer);
        assert_exit(&sandbox.run(&["apply", "--yes"]), 0);
        assert!(writes(&system) > 0);
        assert_exit(&sandbox.run(&["plan", "--detailed-exitcode"]), 0);
    }
}

#[test]
fn the_second_signal_ends_the_run_at_once() {
    for (first, second, code) in [("INT", "INT", 130), ("INT", "TERM", 143), ("TERM", "INT", 130)] {
        let (sandbox, system) = with_second_system();
        let mut applying = Applying::start(&sandbox, &system);
        applying.interrupt(first);
        signal(&applying.process, second);
        // The system still holds the write: nothing but the signal can have ended the run.
        let (ended, report) = applying.end();
        assert_eq!(ended, Some(code));
        let unknown: Vec<_> = report.lines().filter(|line| line.trim_start().starts_with("unknown ")).collect();
        assert_eq!(unknown.len(), 1, "what is unknown is named: {report}");
        assert!(report.contains("it is unknown whether the write happened"), "{report}");
        assert_eq!(system.recording.take().iter().filter(|asked| !Asked::is_read(asked)).count(), 1);
    }
}

/// How the process ends, or that it does not.
fn ended(process: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if let Some(status) = process.try_wait().expect("a child") {
            return status.code();
        }
        std::thread::yield_now();
    }
    process.kill().expect("it is killed");
    panic!("the run goes on after a signal");
}

#[test]
fn a_run_whose_result_nobody_reads_ends_at_a_signal_with_its_reports_written() {
    for (verb, said, name, code) in [
        (&["plan"][..], "clinicctl-plan/1", "INT", 130),
        (&["apply", "--yes"], "\"by_itself\"", "TERM", 143),
        (&["apply", "--yes"], "\"by_itself\"", "INT", 130),
    ] {
        let sandbox = Sandbox::with_real_fleet();
        // The signal comes while the second report is made, when nothing waits for signals any more.
        let reports = ["--report", "json=report.json", "--report", "html=page.html"];
        let more = [&["--system", "embedded", "-o", "html"][..], &reports].concat();
        let mut command = sandbox.command(&[verb, &more].concat());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
        // The page is larger than a pipe takes, and is printed after the reports are written.
        while !fs::read_to_string(sandbox.path("report.json")).is_ok_and(|report| report.contains(said)) {
            std::thread::yield_now();
        }
        signal(&process, name);
        assert_eq!(ended(&mut process), Some(code), "{verb:?}");
        // A plan that is interrupted has written nothing that anybody needs.
        if verb[0] == "apply" {
            assert!(sandbox.read("page.html").trim_end().ends_with("</html>"), "the reports that are left are written");
        }
    }
}

#[test]
fn a_run_whose_talk_nobody_reads_is_ended_by_two_signals_too() {
    let (sandbox, system) = with_second_system();
    system.follow(|asked| if asked.is_read() { Act::Answer } else { Act::Hold });
    let (_unread, mut full) = std::io::pipe().expect("a pipe");
    full.write_all(&[b'x'; PIPE]).expect("it takes as much");
    let mut command = sandbox.command(&["apply", "--yes", "--parallelism", "1"]);
    let mut process = command.stdout(Stdio::piped()).stderr(full).spawn().expect("the binary runs");
    drop(command);
    system.wait_until_held();
    // Two of a kind may arrive as one, and which of these is heard last is the system's choice.
    signal(&process, "INT");
    signal(&process, "TERM");
    assert!(matches!(ended(&mut process), Some(130 | 143)));
    let mut report = String::new();
    process.stdout.take().expect("stdout is piped").read_to_string(&mut report).expect("UTF-8");
    assert!(report.contains("it is unknown whether the write happened"), "{report}");
}
