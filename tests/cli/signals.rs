//! Ctrl-C and SIGTERM in the middle of an apply.

use super::second_system::assert_exit;
use super::second_system::with_second_system;
use crate::support::recording::Asked;
use crate::support::sandbox::Sandbox;
use crate::support::sandbox::signal;
use crate::support::second_system::Act;
use crate::support::second_system::SecondSystem;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::process::Child;
use std::process::ChildStderr;
use std::process::Stdio;

/// An apply whose first write the system holds.
struct Applying {
    process: Child,
    talk: BufReader<ChildStderr>,
}

impl Applying {
    fn start(sandbox: &Sandbox, system: &SecondSystem) -> Self {
        system.follow(|asked| if asked.is_read() { Act::Answer } else { Act::Hold });
        let mut command = sandbox.command(&["apply", "--yes", "--parallelism", "1"]);
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
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let (sandbox, system) = with_second_system();
        let mut applying = Applying::start(&sandbox, &system);
        applying.interrupt(name);
        system.release();
        let (ended, report) = applying.end();
        assert_eq!(ended, Some(code), "{report}");
        assert!(report.contains("Applied: ") && report.contains("the run was asked to stop"), "{report}");
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
