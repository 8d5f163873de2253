//! A restore under a running server: another file of the same system is put into the place of the one that is open.
#![expect(clippy::unwrap_used, reason = "a test whose store is not there has nothing more to say")]

use super::law::System;
use crate::reference::world::World;
use clinic_system::backup;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::fs;
use std::path::PathBuf;

fn beside(world: &World, ending: &str) -> PathBuf {
    format!("{}{ending}", world.file().display()).into()
}

/// A copy of the database as it is now.
async fn copy(world: &World) -> PathBuf {
    let copy = beside(world, ".copy");
    backup(world.file(), &copy).await.unwrap();
    copy
}

async fn database(file: PathBuf) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.unwrap()
}

/// Puts the copy into the place of the database, and takes away what was beside that one.
fn restore(world: &World, copy: PathBuf) {
    fs::rename(copy, world.file()).unwrap();
    for ending in ["-wal", "-shm"] {
        fs::remove_file(beside(world, ending)).unwrap();
    }
}

#[tokio::test]
async fn p21_what_is_written_after_a_restore_is_in_the_file_that_was_restored() {
    for first in ["write", "read", "ready"] {
        let world = World::start().await;
        let mut system = System::of(&world);
        system.must_write().await;
        system.must_be_ready().await;
        let before = copy(&world).await;
        let mut as_it_was = System::of(&world).having_kept(&system);
        system.must_write().await;
        restore(&world, before);
        match first {
            "write" => as_it_was.must_write().await,
            "read" => as_it_was.must_hold_what_it_kept().await,
            _ => as_it_was.must_become_ready().await,
        }
        as_it_was.must_write().await;
        as_it_was.must_hold_what_it_kept().await;
        as_it_was.must_be_ready().await;
        as_it_was.log_must_hold_what_it_kept(&world.database).await;
        let World { running, folder, database, .. } = world;
        running.shutdown().await;
        as_it_was.log_must_hold_what_it_kept(&database).await;
        drop(folder);
    }
}

#[tokio::test]
async fn p21_a_restored_file_is_not_touched_while_the_log_of_the_old_one_is_beside_it() {
    let world = World::start().await;
    let mut system = System::of(&world);
    system.must_write().await;
    let before = copy(&world).await;
    let restored = fs::read(&before).unwrap();
    let mut as_it_was = System::of(&world).having_kept(&system);
    system.must_write().await;
    fs::rename(before, world.file()).unwrap();
    for _ in 0..3 {
        as_it_was.must_not_write().await;
        as_it_was.get("/readyz").await.assert_come_back();
        as_it_was.get("/api/v1/clinics/vasa").await.assert_come_back();
    }
    assert!(fs::read(world.file()).unwrap() == restored, "it is as it was");
    for ending in ["-wal", "-shm"] {
        fs::remove_file(beside(&world, ending)).unwrap();
    }
    as_it_was.must_write().await;
    as_it_was.must_hold_what_it_kept().await;
    as_it_was.log_must_hold_what_it_kept(&world.database).await;
}

#[tokio::test]
async fn p21_a_restored_file_of_an_older_program_is_brought_to_todays_shape() {
    let world = World::start().await;
    let mut system = System::of(&world);
    let before = copy(&world).await;
    let mut older = database(before.clone()).await;
    for sql in [
        "DROP TRIGGER changes_are_never_edited",
        "DROP TRIGGER changes_are_never_removed",
        "DELETE FROM _sqlx_migrations WHERE version = 4",
    ] {
        assert!(sqlx::query(sql).execute(&mut older).await.is_ok(), "{sql}");
    }
    sqlx::Connection::close(older).await.unwrap();
    restore(&world, before);
    system.must_write().await;
    let refused = sqlx::query("DELETE FROM changes").execute(&mut database(world.file()).await).await.unwrap_err();
    assert!(refused.to_string().contains("append-only"), "{refused}");
}
