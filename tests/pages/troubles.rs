//! The console while the store cannot be written: whoever is signed in stays so and reads on, what cannot be kept is
//! said, and when the trouble is over all works as before.
#![expect(clippy::unwrap_used, reason = "a test whose store is not there has nothing more to say")]

use super::world::{Browser, PASSWORD, Page, ROOT, World};
use crate::support::postgres;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, SqliteConnection};
use std::str::FromStr;
use url::Url;

/// Another hand on the database of a system.
enum Hand {
    Sqlite(SqliteConnection),
    Postgres { hand: PgConnection, database: String },
}

impl Hand {
    /// Sessions were seen so long ago that the next page notes it.
    async fn some_time_passes(&mut self) {
        match self {
            Self::Sqlite(hand) => {
                let past = "UPDATE sessions SET seen = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 minutes')";
                sqlx::query(past).execute(hand).await.unwrap();
            }
            Self::Postgres { hand, .. } => {
                let past = "UPDATE sessions SET seen = to_char(now() AT TIME ZONE 'UTC' - interval '2 minutes',
                                                               'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
                sqlx::query(past).execute(hand).await.unwrap();
            }
        }
    }

    /// From here on nothing can be written.
    async fn begin(&mut self) {
        match self {
            Self::Sqlite(hand) => drop(sqlx::query("BEGIN IMMEDIATE").execute(hand).await.unwrap()),
            Self::Postgres { hand, database } => {
                let begin = format!(
                    "ALTER DATABASE {database} SET default_transaction_read_only = on;
                     SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                     WHERE datname = '{database}' AND pid <> pg_backend_pid()"
                );
                sqlx::raw_sql(AssertSqlSafe(begin)).execute(hand).await.unwrap();
            }
        }
    }

    async fn end(&mut self) {
        match self {
            Self::Sqlite(hand) => drop(sqlx::query("ROLLBACK").execute(hand).await.unwrap()),
            Self::Postgres { hand, database } => {
                let end = format!("ALTER DATABASE {database} RESET default_transaction_read_only");
                sqlx::raw_sql(AssertSqlSafe(end)).execute(hand).await.unwrap();
            }
        }
    }
}

/// Posts a form of `page`, and expects to be told to come back.
async fn told_to_come_back(browser: &Browser, page: &Page, path: &str, fields: &[(&str, &str)]) {
    let token = page.token();
    let fields = [&[("token", token.as_str())], fields].concat();
    let request = browser.request(reqwest::Method::POST, path).header("Origin", &browser.origin);
    let answer = super::world::with_form(request, &fields).send().await.unwrap();
    assert_eq!(answer.status(), 503, "{path}");
    assert!(answer.headers().contains_key("retry-after"), "{path}");
    let text = answer.text().await.unwrap();
    assert!(text.contains("Nothing was changed") || text.contains("Ingenting har ändrats"), "{path}: {text}");
}

async fn goes_on(world: World, mut hand: Hand) {
    let world = world.with_root().await;
    let mut root = world.sign_in(ROOT).await;
    let mut guest = world.browser();
    let (accounts, sign_in) = (root.get("/admin/accounts").await, guest.get("/sign-in").await);
    let anna = [("name", "Anna"), ("login", "anna@norrtull.example"), ("staff", "st-1")];
    hand.some_time_passes().await;
    hand.begin().await;
    for _ in 0..2 {
        assert!(root.is_signed_in().await);
        assert_eq!(root.get("/admin/accounts").await.status, 200);
        told_to_come_back(&root, &accounts, "/admin/accounts", &anna).await;
        told_to_come_back(&guest, &sign_in, "/sign-in", &[("login", ROOT), ("password", PASSWORD)]).await;
    }
    hand.end().await;
    assert_eq!(guest.submit(&sign_in, "/sign-in", &[("login", ROOT), ("password", PASSWORD)]).await.status, 303);
    assert_eq!(root.submit(&accounts, "/admin/accounts", &anna).await.status, 200);
    assert!(root.is_signed_in().await && guest.is_signed_in().await);
}

#[tokio::test]
async fn p21_people_stay_signed_in_while_another_program_holds_the_file() {
    let world = World::impatient().await;
    let hand = SqliteConnectOptions::new().filename(world.file()).connect().await.unwrap();
    goes_on(world, Hand::Sqlite(hand)).await;
}

#[tokio::test]
async fn p21_people_stay_signed_in_while_the_server_can_only_be_read() {
    let address = postgres::database();
    let hand = PgConnectOptions::from_str(&address).unwrap().connect().await.unwrap();
    let database = Url::parse(&address).unwrap().path().replace('/', "");
    goes_on(World::on_postgres(&address).await, Hand::Postgres { hand, database }).await;
}
