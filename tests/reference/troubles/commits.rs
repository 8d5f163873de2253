//! What fails at the very end: where the answer is certain it is given, and where nobody knows, that is said.
#![expect(clippy::unwrap_used, reason = "a test whose store is not there has nothing more to say")]

use super::law::System;
use crate::reference::world::{SEED, World};
use crate::support::postgres;
use clinic_system::Limits;
use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};
use std::str::FromStr;

/// A system in which this is done when a transaction that made the change log longer is about to be kept.
async fn at_the_end(what: &str) -> (World, System, PgConnection) {
    let address = postgres::database();
    let world = World::on_postgres(&address, SEED, Limits::default()).await;
    let mut hand = PgConnectOptions::from_str(&address).unwrap().connect().await.unwrap();
    let trigger = format!(
        "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what} RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER trouble AFTER INSERT ON changes DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION trouble()"
    );
    let system = System::of(&world);
    sqlx::raw_sql(AssertSqlSafe(trigger)).execute(&mut hand).await.unwrap();
    (world, system, hand)
}

async fn over(mut hand: PgConnection) {
    sqlx::raw_sql("DROP FUNCTION trouble CASCADE").execute(&mut hand).await.unwrap();
}

#[tokio::test]
async fn p21_a_commit_that_is_refused_has_written_nothing() {
    let (world, mut system, hand) = at_the_end("RAISE EXCEPTION 'on purpose' USING ERRCODE = '53100';").await;
    system.must_not_write().await;
    system.get("/readyz").await.assert_come_back();
    over(hand).await;
    system.must_write().await;
    system.must_be_ready().await;
    system.must_hold_what_it_kept().await;
    system.log_must_hold_what_it_kept(&world.database).await;
}

#[tokio::test]
async fn p21_a_commit_without_an_answer_is_called_unknown_and_the_next_write_works() {
    let (world, mut system, hand) = at_the_end("PERFORM pg_terminate_backend(pg_backend_pid());").await;
    let told = system.write().await;
    assert_eq!((told.status.as_u16(), &told.body["type"]), (500, &json!("internal")), "{told:?}");
    assert!(told.body["detail"].as_str().unwrap().starts_with("nobody knows whether it was written"), "{told:?}");
    over(hand).await;
    system.must_write().await;
    system.must_hold_what_it_kept().await;
    system.log_must_hold_what_it_kept(&world.database).await;
}
