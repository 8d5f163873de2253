//! Which store the tests' systems keep their data in: files, or PostgreSQL where a test has said so to the tests that it
//! runs again.

use super::postgres;
use clinic_system::Location;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, PgConnection, SqliteConnection};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Set for tests that run again on PostgreSQL.
const ON_POSTGRESQL: &str = "CLINICCTL_TESTS_ON_POSTGRESQL";

/// The databases that stand for files.
static STANDING_IN: LazyLock<Mutex<HashMap<PathBuf, String>>> = LazyLock::new(Mutex::default);

/// This file, or the database that stands for it.
pub(crate) fn location(file: &Path) -> Location {
    stand_in(file).map_or_else(|| file.into(), |address| Location::parse(&address).expect("an address"))
}

fn stand_in(file: &Path) -> Option<String> {
    std::env::var_os(ON_POSTGRESQL)?;
    let mut standing_in = STANDING_IN.lock().unwrap_or_else(PoisonError::into_inner);
    Some(standing_in.entry(file.to_owned()).or_insert_with(postgres::database).clone())
}

/// Runs a statement behind a system's back, and says how many rows it touched.
pub(crate) async fn touch(file: &Path, statement: &'static str, values: &[&str]) -> u64 {
    let Some(address) = stand_in(file) else {
        let mut database = sqlite(file).await;
        let statement = values.iter().fold(sqlx::query(statement), |statement, value| statement.bind(*value));
        return statement.execute(&mut database).await.expect("it runs").rows_affected();
    };
    let mut database = postgresql(&address).await;
    let statement = values.iter().fold(sqlx::query(statement), |statement, value| statement.bind(*value));
    statement.execute(&mut database).await.expect("it runs").rows_affected()
}

/// The first column of the rows of a query.
pub(crate) async fn texts(file: &Path, query: &'static str) -> Vec<String> {
    match stand_in(file) {
        None => sqlx::query_scalar(query).fetch_all(&mut sqlite(file).await).await.expect("it runs"),
        Some(address) => sqlx::query_scalar(query).fetch_all(&mut postgresql(&address).await).await.expect("it runs"),
    }
}

async fn sqlite(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.expect("the database opens")
}

async fn postgresql(address: &str) -> PgConnection {
    PgConnectOptions::from_str(address).expect("an address").connect().await.expect("the database opens")
}

/// Runs the tests whose names begin so once more, on PostgreSQL, but for those that are left out.
pub(crate) fn again_on_postgresql(names: &[&str], but: &[&str]) -> usize {
    let mut tests = Command::new(std::env::current_exe().expect("the tests have a file"));
    tests.args(names).args(but.iter().flat_map(|name| ["--skip", name])).env(ON_POSTGRESQL, "1");
    let output = tests.output().expect("the tests run");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "on PostgreSQL: {said}");
    let passed = said.split("test result: ok. ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
    passed.expect("a count")
}
