//! The shape of the database, step by step, each step once. The steps of `migrations/` are for both databases; what
//! the two say in different words stands in a folder for each.

use super::StoreError;
use super::database::Connection;
use sqlx::migrate::{MigrateError, Migration, Migrator};
use sqlx::{AssertSqlSafe, Connection as _, SqlSafeStr};

static SHARED: Migrator = sqlx::migrate!("store/migrations");
static SQLITE: Migrator = sqlx::migrate!("store/migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("store/migrations/postgres");

/// Brings the database to today's shape. Of several servers that start at once one does it, and the others wait.
///
/// (What `Migrator::run` makes cannot be sent to another thread, where the writer may be.)
pub(super) async fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let done = match connection {
        Connection::Sqlite(connection) => on_sqlite(connection).await,
        // The migrator takes a lock of the whole database.
        Connection::Postgres(connection) => on_postgres().run_direct(None, connection, false).await,
    };
    done.map_err(StoreError::Migrate)
}

/// On SQLite the migrator takes no lock of its own.
async fn on_sqlite(connection: &mut sqlx::SqliteConnection) -> Result<(), MigrateError> {
    let mut alone = connection.begin_with("BEGIN IMMEDIATE").await?;
    let steps = Migrator::with_migrations(SHARED.iter().chain(SQLITE.iter()).cloned().collect());
    steps.run_direct(None, &mut *alone, false).await?;
    Ok(alone.commit().await?)
}

/// Texts are compared byte by byte, as SQLite does, whatever language the server speaks: pages of lists are cut by
/// comparing keys.
fn on_postgres() -> Migrator {
    let shared = SHARED.iter().map(|step| {
        let Migration { version, description, migration_type, sql, checksum: _, no_tx } = step.clone();
        let sql = AssertSqlSafe(sql.as_str().replace(" TEXT", " TEXT COLLATE \"C\"")).into_sql_str();
        Migration::new(version, description, migration_type, sql, no_tx)
    });
    Migrator::with_migrations(shared.chain(POSTGRES.iter().cloned()).collect())
}
