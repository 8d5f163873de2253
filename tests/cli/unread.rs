//! Runs whose output nobody takes: what they do, and how they end, is as if somebody did.

use super::second_system::{assert_exit, with_second_system};
use crate::support::sandbox::Sandbox;
use std::io::PipeWriter;
use std::process::Stdio;

/// The end of a pipe to write to, of which nobody holds the other.
fn unread() -> PipeWriter {
    let (_reader, writer) = std::io::pipe().expect("a pipe");
    writer
}

/// How a run ends whose streams nobody takes.
fn unheard(sandbox: &Sandbox, arguments: &[&str]) -> Option<i32> {
    let mut command = sandbox.command(arguments);
    command.stdout(unread()).stderr(unread()).status().expect("the binary runs").code()
}

#[test]
fn an_apply_that_nobody_hears_writes_everything_and_reports_it() {
    let (sandbox, _system) = with_second_system();
    let arguments = ["apply", "--yes", "-vv", "--report", "json=report.json"];
    assert_eq!(unheard(&sandbox, &arguments), Some(0));
    let report: serde_json::Value = serde_json::from_str(&sandbox.read("report.json")).expect("JSON");
    assert_eq!(report["summary"]["clinics_done"], 9, "{report}");
    let said = sandbox.run(&["plan", "-vv", "--detailed-exitcode"]);
    assert_exit(&said, 0);
    assert!(said.stderr.contains("DEBUG"), "there was something to log: {}", said.stderr);
}

#[test]
fn results_that_nobody_reads_are_no_failures() {
    let sandbox = Sandbox::new();
    for arguments in [
        &["--help"][..],
        &["help", "plan"],
        &["plan", "--help"],
        &["--version"],
        &["man"],
        &["completions", "bash"],
        &["explain"],
        &["schema", "clinic"],
    ] {
        let mut command = sandbox.command(arguments);
        let output = command.stdout(unread()).stderr(Stdio::piped()).output().expect("the binary runs");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn what_is_wrong_decides_how_a_run_ends_and_not_who_hears_of_it() {
    let sandbox = Sandbox::with_real_fleet();
    assert_eq!(unheard(&sandbox, &["plann"]), Some(64));
    assert_eq!(unheard(&sandbox, &["plan", "--system", ""]), Some(64));
    sandbox.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    assert_eq!(unheard(&sandbox, &["plan", "--system", "embedded"]), Some(3));
}
