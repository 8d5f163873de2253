//! Which store the tests' systems keep their data in: files, or PostgreSQL where a test has said so to the tests that it
//! runs again.

use super::postgres;
use clinicctl::reference::Location;
use std::collections::HashMap;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Set for tests that run again on PostgreSQL.
const ON_POSTGRESQL: &str = "CLINICCTL_TESTS_ON_POSTGRESQL";

/// The databases that stand for files.
static STANDING_IN: LazyLock<Mutex<HashMap<PathBuf, String>>> = LazyLock::new(Mutex::default);

/// This file, or the database that stands for it.
pub(crate) fn location(file: &Path) -> Location {
    if std::env::var_os(ON_POSTGRESQL).is_none() {
        return file.into();
    }
    let mut standing_in = STANDING_IN.lock().unwrap_or_else(PoisonError::into_inner);
    let address = standing_in.entry(file.to_owned()).or_insert_with(postgres::database);
    Location::parse(address).expect("an address")
}

/// Runs the tests whose names begin so once more, on PostgreSQL, but for those that open the file themselves.
pub(crate) fn again_on_postgresql(names: &[&str], but: &[&str]) -> usize {
    let mut tests = Command::new(std::env::current_exe().expect("the tests have a file"));
    tests.args(names).args(but.iter().flat_map(|name| ["--skip", name])).env(ON_POSTGRESQL, "1");
    let output = tests.output().expect("the tests run");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "on PostgreSQL: {said}");
    let passed = said.split("test result: ok. ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
    passed.expect("a count")
}
