//! Opening a database: the file, its settings, its shape, its identity.

use super::StoreError;
use crate::reference::hex;
use sqlx::ConnectOptions;
use sqlx::SqliteConnection;
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::sqlite::SqliteSynchronous;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("src/reference/store/migrations");

/// Connections that read. A read is short, and on few cores more of them would only queue in another place.
const READERS: u32 = 4;
/// How long a read waits for its turn. Far longer than many reads take: who waits longer is better told.
const TURN: Duration = Duration::from_secs(5);
/// What a system without a seed is called.
const UNNAMED: &str = "Reference clinic system";

/// Opens a database for writing; creates the file (for its owner's eyes only) where there is none, and brings it to
/// today's shape.
pub(crate) async fn open(path: &Path, busy: Duration) -> Result<SqliteConnection, StoreError> {
    create(path).map_err(|source| StoreError::Create { path: path.to_owned(), source })?;
    let options = options(path, busy);
    let opened = options.connect().await;
    let mut database = opened.map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
    MIGRATIONS.run(&mut database).await.map_err(StoreError::Migrate)?;
    give_identity(&mut database).await?;
    Ok(database)
}

/// Connections that can read only.
pub(super) fn readers(path: &Path, busy: Duration) -> SqlitePool {
    let options = options(path, busy).pragma("query_only", "ON");
    SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(TURN).connect_lazy_with(options)
}

/// The id that was given to the database when it was created.
pub(crate) async fn database_id(database: &mut SqliteConnection) -> Result<String, StoreError> {
    meta(database, "database_id").await
}

/// What the system is called.
pub(crate) async fn system_name(database: &mut SqliteConnection) -> Result<String, StoreError> {
    meta(database, "system").await
}

async fn meta(database: &mut SqliteConnection, key: &str) -> Result<String, StoreError> {
    let value = sqlx::query_scalar("SELECT value FROM meta WHERE key = $1").bind(key);
    value.fetch_one(database).await.map_err(StoreError::Read)
}

/// The file is made before SQLite sees it, because SQLite gives its files the mode of the first one.
fn create(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// WAL so that readers and the writer do not wait for each other; `FULL` so that what was answered survives a crash.
fn options(path: &Path, busy: Duration) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(busy)
        .disable_statement_logging()
}

async fn give_identity(database: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(StoreError::Random)?;
    let id = hex::encode(&id);
    for (key, value) in [("database_id", id.as_str()), ("system", UNNAMED), ("log_length", "0"), ("log_head", "")] {
        let insert = sqlx::query("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        insert.bind(key).bind(value).execute(&mut *database).await.map_err(StoreError::Write)?;
    }
    Ok(())
}
