//! Troubles of a server: it can only be read, has no room, throws us out, is away, is another one.
#![expect(clippy::unwrap_used, reason = "a test whose store is not there has nothing more to say")]

use super::law::{System, Trouble};
use crate::reference::door::{Door, Way};
use crate::reference::world::{SEED, World};
use crate::support::postgres;
use clinic_system::Limits;
use futures_util::future::join_all;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};
use std::str::FromStr;
use url::Url;

async fn hand(address: &str) -> PgConnection {
    PgConnectOptions::from_str(address).unwrap().connect().await.unwrap()
}

async fn run(hand: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(hand).await.unwrap();
}

async fn keep_the_law<T: Trouble>(through: &str, trouble: &mut T) {
    let world = World::on_postgres(through, SEED, Limits::default()).await;
    let mut system = System::of(&world);
    system.keeps_the_law(trouble).await;
    system.keeps_the_law_unwritten(trouble).await;
    system.log_must_hold_what_it_kept(&world.database).await;
}

/// What is said to the server at the beginning, and at the end. At both, everybody is thrown out of the database.
struct Said {
    /// It is connected to another database.
    hand: PgConnection,
    begin: String,
    end: String,
}

impl Said {
    async fn to(begin: String, end: String) -> Self {
        Self { hand: hand(&postgres::database()).await, begin, end }
    }
}

impl Trouble for Said {
    async fn begin(&mut self) {
        let Self { hand, begin, .. } = self;
        run(hand, begin).await;
    }

    async fn end(&mut self) {
        let Self { hand, end, .. } = self;
        run(hand, end).await;
    }
}

/// The name of the database at this address.
fn name(address: &str) -> String {
    Url::parse(address).unwrap().path().replace('/', "")
}

/// Ends every connection to this database.
fn out(database: &str) -> String {
    format!("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'")
}

#[tokio::test]
async fn p21_a_standby_after_a_failover() {
    let address = postgres::database();
    let database = name(&address);
    let (set, out) = (format!("ALTER DATABASE {database}"), out(&database));
    let begin = format!("{set} SET default_transaction_read_only = on; {out}");
    let mut trouble = Said::to(begin, format!("{set} RESET default_transaction_read_only")).await;
    keep_the_law(&address, &mut trouble).await;
}

/// A disk without room, a query that was cancelled, memory that ran out, a disk that fails, the end of the connection in
/// the middle of a transaction: whatever the change log meets when it becomes longer.
#[tokio::test]
async fn p21_whatever_is_met_in_the_middle_of_a_write() {
    let fails = ["53100", "57014", "53200", "53300", "58030", "42501"];
    let fails = fails.map(|code| format!("RAISE EXCEPTION 'on purpose' USING ERRCODE = '{code}';"));
    let whatever = fails.into_iter().chain(["PERFORM pg_terminate_backend(pg_backend_pid());".to_owned()]);
    join_all(whatever.map(|what| async move {
        let address = postgres::database();
        let begin = format!(
            "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what} RETURN NEW; END $$;
             CREATE TRIGGER trouble BEFORE INSERT ON changes FOR EACH ROW EXECUTE FUNCTION trouble()"
        );
        let end = "DROP FUNCTION trouble CASCADE".to_owned();
        let world = World::on_postgres(&address, SEED, Limits::default()).await;
        let (mut system, mut trouble) = (System::of(&world), Said { hand: hand(&address).await, begin, end });
        system.keeps_the_law(&mut trouble).await;
        system.log_must_hold_what_it_kept(&world.database).await;
    }))
    .await;
}

/// A trouble in which nothing can be read either, at once or after a while.
struct Unread(Said);

impl Trouble for Unread {
    const READS: bool = false;
    const MEETINGS: usize = 1;

    async fn begin(&mut self) {
        self.0.begin().await;
    }

    async fn end(&mut self) {
        self.0.end().await;
    }
}

#[tokio::test]
async fn p21_a_server_that_lets_nobody_in() {
    let address = postgres::database();
    let database = name(&address);
    let (set, out) = (format!("ALTER DATABASE {database} ALLOW_CONNECTIONS"), out(&database));
    let trouble = Said::to(format!("{set} false; {out}"), format!("{set} true")).await;
    keep_the_law(&address, &mut Unread(trouble)).await;
}

#[tokio::test]
async fn p21_the_database_of_another_system_at_its_address() {
    let (address, another) = (postgres::database(), postgres::database());
    World::on_postgres(&another, SEED, Limits::default()).await.running.shutdown().await;
    let (ours, theirs) = (name(&address), name(&another));
    let rename = |from: &str, to: &str| format!("{}; ALTER DATABASE {from} RENAME TO {to}", out(from));
    let aside = format!("{ours}_aside");
    let begin = format!("{}; {}", rename(&ours, &aside), rename(&theirs, &ours));
    let end = format!("{}; {}", rename(&ours, &theirs), rename(&aside, &ours));
    keep_the_law(&address, &mut Unread(Said::to(begin, end).await)).await;
}

/// Every connection is cut, and no new one comes about.
struct Cut {
    door: Option<Door>,
    way: Option<Way>,
}

impl Trouble for Cut {
    const READS: bool = false;
    const MEETINGS: usize = 1;

    async fn begin(&mut self) {
        self.way = Some(self.door.take().unwrap().shut().await);
    }

    async fn end(&mut self) {
        self.door = Some(self.way.take().unwrap().open().await);
    }
}

#[tokio::test]
async fn p21_a_server_that_is_away() {
    let (door, through) = Door::to(&postgres::database()).await;
    keep_the_law(&through, &mut Cut { door: Some(door), way: None }).await;
}
