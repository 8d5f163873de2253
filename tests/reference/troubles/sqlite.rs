//! Troubles of a file: another program holds it, it is gone, another one stands in its place.
#![expect(clippy::unwrap_used, reason = "a test whose store is not there has nothing more to say")]

use super::law::{System, Trouble};
use crate::reference::world::{SEED, World, config};
use clinic_system::{Limits, Seed, Server};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The endings of a database's files.
const FILES: [&str; 3] = ["", "-wal", "-shm"];

fn impatient() -> Limits {
    Limits { busy_time: Duration::from_millis(1), ..Limits::default() }
}

async fn keeps_the_law<T: Trouble>(make: impl AsyncFn(&World) -> T) {
    let world = World::with(SEED, impatient()).await;
    let (mut system, mut trouble) = (System::of(&world), make(&world).await);
    system.keeps_the_law(&mut trouble).await;
    system.keeps_the_law_unwritten(&mut trouble).await;
    system.log_must_hold_what_it_kept(&world.database).await;
}

/// Another program writes, and does not end.
struct Locked(SqliteConnection);

impl Trouble for Locked {
    async fn begin(&mut self) {
        sqlx::query("BEGIN IMMEDIATE").execute(&mut self.0).await.unwrap();
    }

    async fn end(&mut self) {
        sqlx::query("ROLLBACK").execute(&mut self.0).await.unwrap();
    }
}

#[tokio::test]
async fn p21_a_lock_of_another_program() {
    keeps_the_law(async |world| {
        let options = SqliteConnectOptions::new().filename(world.file());
        Locked(options.connect().await.unwrap())
    })
    .await;
}

/// Its file is moved away, alone or with what belongs to it, and what is there instead is copied into its place.
struct Elsewhere {
    file: PathBuf,
    moved: &'static [&'static str],
    instead: Option<PathBuf>,
}

impl Trouble for Elsewhere {
    const READS: bool = false;

    async fn begin(&mut self) {
        for ending in self.moved {
            fs::rename(with(&self.file, ending), with(&aside(&self.file), ending)).unwrap();
        }
        if let Some(instead) = &self.instead {
            fs::copy(instead, &self.file).unwrap();
        }
    }

    async fn end(&mut self) {
        for ending in self.moved {
            let _not_there = fs::remove_file(with(&self.file, ending));
            fs::rename(with(&aside(&self.file), ending), with(&self.file, ending)).unwrap();
        }
    }
}

fn with(file: &Path, ending: &str) -> PathBuf {
    format!("{}{ending}", file.display()).into()
}

fn aside(file: &Path) -> PathBuf {
    with(file, ".aside")
}

#[tokio::test]
async fn p21_a_file_that_is_gone_for_a_while() {
    keeps_the_law(async |world| Elsewhere { file: world.file(), moved: &FILES, instead: None }).await;
    keeps_the_law(async |world| Elsewhere { file: world.file(), moved: &FILES[..1], instead: None }).await;
}

#[tokio::test]
async fn p21_a_file_in_its_place_that_is_no_database() {
    for text in ["", "this is no database", "SQLite format 3\0 nor is this"] {
        keeps_the_law(async |world| {
            let instead = world.folder.path().join("instead");
            fs::write(&instead, text.repeat(200)).unwrap();
            Elsewhere { file: world.file(), moved: &FILES, instead: Some(instead) }
        })
        .await;
    }
}

#[tokio::test]
async fn p21_the_database_of_another_system_in_its_place() {
    for moved in [&FILES[..], &FILES[..1]] {
        keeps_the_law(async |world| {
            let instead = world.folder.path().join("another.db");
            let seed = Seed::parse(SEED).unwrap();
            let another = Server::start(config(&instead, Some(seed), Limits::default())).await.unwrap();
            another.shutdown().await;
            Elsewhere { file: world.file(), moved, instead: Some(instead) }
        })
        .await;
    }
}
