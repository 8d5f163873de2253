//! Asking whether the store can be written costs little, and is answered in time.

use super::law::System;
use crate::reference::world::{SEED, World};
use clinic_system::Limits;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::fs;
use std::time::{Duration, Instant};

#[tokio::test]
async fn p21_a_writer_that_is_stuck_is_not_ready_and_nobody_waits_for_it() {
    let limits = Limits { busy_time: Duration::from_secs(60), ..Limits::default() };
    let world = World::with(SEED, limits).await;
    let mut system = System::of(&world);
    let mut other = SqliteConnectOptions::new().filename(world.file()).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let begun = Instant::now();
    system.get("/readyz").await.assert_come_back();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    system.must_write().await;
    system.must_be_ready().await;
}

#[tokio::test]
async fn p21_whoever_asks_again_and_again_does_not_wear_the_disk_out() {
    let world = World::start().await;
    let system = System::of(&world);
    system.must_be_ready().await;
    let log = world.folder.path().join("clinics.db-wal");
    let size = || fs::metadata(&log).unwrap().len();
    let (before, begun) = (size(), Instant::now());
    for _ in 0..300 {
        system.must_be_ready().await;
    }
    let (written, tries) = (size() - before, begun.elapsed().as_secs() + 1);
    assert!(written <= tries * 100_000, "{written} bytes in {tries} s");
}
