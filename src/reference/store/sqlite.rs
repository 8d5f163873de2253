//! What only SQLite needs: a file, and settings that make it safe and quick.

use super::open::TURN;
use sqlx::ConnectOptions;
use sqlx::SqliteConnection;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::sqlite::SqliteSynchronous;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Connections that read. A read is short, and on few cores more of them would only queue in another place.
const READERS: u32 = 4;

/// The file is made before SQLite sees it, because SQLite gives its files the mode of the first one.
pub(super) fn create(path: &Path) -> io::Result<()> {
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

/// A connection that may write.
pub(super) async fn connect(path: &Path, busy: Duration) -> Result<SqliteConnection, sqlx::Error> {
    options(path, busy).connect().await
}

/// Connections that can read only.
pub(super) fn readers(path: &Path, busy: Duration) -> SqlitePool {
    let options = options(path, busy).pragma("query_only", "ON");
    SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(TURN).connect_lazy_with(options)
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
