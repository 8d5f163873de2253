//! Hostile surroundings: what the machine does to a run that has done nothing wrong.

#![cfg(unix)]

use super::second_system::{assert_exit, with_second_system};
use crate::support::sandbox::{Run, Sandbox};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

/// Runs the binary below a shell that first does `prelude`.
fn after(sandbox: &Sandbox, prelude: &str, arguments: &[&str]) -> Run {
    let binary = env!("CARGO_BIN_EXE_clinicctl");
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("{prelude}; exec \"$0\" \"$@\""), binary]).args(arguments);
    let like = sandbox.command(&[]);
    shell.current_dir(like.get_current_dir().expect("a folder")).env_clear();
    shell.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell.output().expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn a_full_disk_leaves_the_plan_that_was_there() {
    let (sandbox, _system) = with_second_system();
    sandbox.write("plan.json", "an older plan");
    // Files may not grow beyond 4 KiB: to whoever writes one, the disk is full.
    let run = after(&sandbox, "trap '' XFSZ; ulimit -f 8", &["plan", "-q", "--out", "plan.json"]);
    assert_exit(&run, 1);
    assert!(run.stderr.contains("cannot write `plan.json`"), "{}", run.stderr);
    assert_eq!(sandbox.read("plan.json"), "an older plan");
    let left: Vec<_> =
        fs::read_dir(sandbox.path("")).expect("the folder").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(left.len(), 4, "clinics, schemas, examples and the plan, and nothing half-written: {left:?}");
}

#[test]
fn a_home_that_cannot_be_used_is_not_needed() {
    let (sandbox, _system) = with_second_system();
    let usual = sandbox.run(&["plan"]);
    for home in ["/dev/null", "/no/such/home", ""] {
        let run = with(&sandbox, "HOME", home, &["plan"]);
        assert_eq!((run.code, &run.stdout), (usual.code, &usual.stdout), "HOME={home}");
    }
}

#[test]
fn a_locale_changes_nothing() {
    let (sandbox, _system) = with_second_system();
    let usual = sandbox.run(&["plan"]);
    for locale in ["C", "POSIX", "sv_SE.ISO-8859-1", "no_SUCH.locale"] {
        let run = with(&sandbox, "LC_ALL", locale, &["plan"]);
        assert_eq!((run.code, &run.stdout), (usual.code, &usual.stdout), "LC_ALL={locale}");
    }
}

#[test]
fn a_terminal_of_twenty_columns_shows_everything() {
    let (sandbox, _system) = with_second_system();
    let usual = sandbox.run(&["plan"]);
    let binary = env!("CARGO_BIN_EXE_clinicctl");
    let run = after(
        &sandbox,
        &format!(
            "PATH=/usr/bin:/bin script -qec 'stty cols 20 rows 5; {binary} plan --color never' /dev/null </dev/null; exit"
        ),
        &[],
    );
    assert_eq!(run.code, Some(0), "{}", run.stdout);
    let shown: Vec<_> = run.stdout.split(['\r', '\n']).map(str::trim_end).collect();
    for line in usual.stdout.lines().filter(|line| !line.is_empty()) {
        assert!(shown.contains(&line.trim_end()), "{line:?} is not in\n{}", run.stdout);
    }
}

#[test]
fn names_that_are_not_text_are_taken_as_they_are_or_refused() {
    let sandbox = Sandbox::with_real_fleet();
    let folder = OsStr::from_bytes(b"cl\xffnics");
    fs::rename(sandbox.path("clinics"), sandbox.path("").join(folder)).expect("a new name");
    let output = sandbox.command(&["validate"]).arg(folder).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let output = sandbox.command(&["plan", "--clinic"]).arg(folder).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(64));
    assert!(String::from_utf8(output.stderr).expect("talk is text").contains("UTF-8"));
}

#[test]
fn a_hundred_thousand_files_are_read() {
    let sandbox = Sandbox::with_real_fleet();
    let folder = sandbox.path("clinics/many");
    fs::create_dir(&folder).expect("a folder");
    for number in 0..100_000 {
        fs::write(folder.join(format!("{number}.yaml")), format!("group: g-{number}\nmembers: []\n")).expect("a file");
    }
    let run = sandbox.run(&["validate"]);
    assert_exit(&run, 0);
    assert!(run.stdout.contains("in 100,02"), "{}", run.stdout);
}

/// A run in the same folder with another variable.
fn with(sandbox: &Sandbox, name: &str, value: &str, arguments: &[&str]) -> Run {
    let output = sandbox.command(arguments).env(name, value).output().expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}
