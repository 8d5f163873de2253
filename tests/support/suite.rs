//! The tests of this binary, by name.

use std::process::Command;

/// The full names of all tests, modules included.
pub(crate) fn names() -> Vec<String> {
    let this = std::env::current_exe().expect("this binary");
    let listed = Command::new(this).args(["--list", "--format", "terse"]).output().expect("its tests");
    let listed = String::from_utf8(listed.stdout).expect("text");
    listed.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}
