//! What only SQLite needs: a file, and settings that make it safe and quick.

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

/// Connections that read. A read is short, and on few cores more of them would only queue in another place.
pub(super) const READERS: u32 = 4;

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

/// A connection that can read only.
pub(super) fn reading(path: &Path, busy: Duration) -> SqliteConnectOptions {
    options(path, busy).pragma("query_only", "ON")
}

/// WAL so that readers and the writer do not wait for each other; `FULL` so that what was answered survives a crash. A
/// database may have come with a checkout: what its own triggers and views say is not trusted.
fn options(path: &Path, busy: Duration) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        .busy_timeout(busy)
        .disable_statement_logging()
}

#[cfg(test)]
mod tests {
    use super::{connect, create, reading};
    use sqlx::{ConnectOptions as _, Row as _};
    use std::time::Duration;

    #[tokio::test]
    async fn what_a_database_brings_along_is_not_trusted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("brought.db");
        create(&path).expect("a file");
        let mut writer = connect(&path, Duration::ZERO).await.expect("a connection");
        let asked = || sqlx::query("PRAGMA trusted_schema");
        let mut reader = reading(&path, Duration::ZERO).connect().await.expect("a connection");
        let trusted = [
            asked().fetch_one(&mut writer).await.expect("a row"),
            asked().fetch_one(&mut reader).await.expect("a row"),
        ];
        assert_eq!(trusted.map(|row| row.get::<i64, _>(0)), [0, 0]);
    }
}
