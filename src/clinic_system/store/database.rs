//! The two databases behind one interface: connections, and transactions on them.

use super::StoreError;
use super::open::TURN;
use super::statement::{Row, Statement};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Postgres, Sqlite, SqliteConnection};
use std::borrow::Cow;

/// A connection that may write.
#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// A transaction, or a savepoint in one. Dropped without a commit, it is taken back.
pub(super) enum Transaction<'c> {
    Sqlite(sqlx::Transaction<'c, Sqlite>),
    Postgres(sqlx::Transaction<'c, Postgres>),
}

/// Where statements run: on a connection, or on a transaction of it.
pub(crate) enum Database<'d> {
    Sqlite(&'d mut SqliteConnection),
    Postgres(&'d mut PgConnection),
}

impl Connection {
    /// To run statements on.
    pub(crate) const fn database(&mut self) -> Database<'_> {
        match self {
            Self::Sqlite(connection) => Database::Sqlite(connection),
            Self::Postgres(connection) => Database::Postgres(connection),
        }
    }

    /// Begins a transaction that will write. On SQLite it is alone from here on.
    pub(super) async fn begin_write(&mut self) -> Result<Transaction<'_>, StoreError> {
        let begun = match self {
            Self::Sqlite(connection) => connection.begin_with("BEGIN IMMEDIATE").await.map(Transaction::Sqlite),
            Self::Postgres(connection) => connection.begin().await.map(Transaction::Postgres),
        };
        begun.map_err(StoreError::Write)
    }

    /// Begins a transaction in which everything that is read was true at one moment.
    pub(super) async fn begin_snapshot(&mut self) -> Result<Transaction<'_>, StoreError> {
        let begun = match self {
            Self::Sqlite(connection) => connection.begin().await.map(Transaction::Sqlite),
            Self::Postgres(connection) => connection
                .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .await
                .map(Transaction::Postgres),
        };
        begun.map_err(StoreError::Read)
    }

    /// Whether it is still there. A file does not go away.
    pub(super) async fn lives(&mut self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(connection) => matches!(tokio::time::timeout(TURN, connection.ping()).await, Ok(Ok(()))),
        }
    }

    /// Says goodbye.
    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        }
    }
}

impl Transaction<'_> {
    /// To run statements on.
    pub(super) fn database(&mut self) -> Database<'_> {
        match self {
            Self::Sqlite(transaction) => Database::Sqlite(transaction),
            Self::Postgres(transaction) => Database::Postgres(transaction),
        }
    }

    /// Makes it so.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.end().await.map_err(StoreError::Commit)
    }

    /// Makes a savepoint a part of its transaction, with which it will be kept or taken back.
    pub(super) async fn release(self) -> Result<(), StoreError> {
        self.end().await.map_err(StoreError::Write)
    }

    async fn end(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Takes it back.
    pub(super) async fn rollback(self) -> Result<(), StoreError> {
        let taken_back = match self {
            Self::Sqlite(transaction) => transaction.rollback().await,
            Self::Postgres(transaction) => transaction.rollback().await,
        };
        taken_back.map_err(StoreError::Write)
    }
}

impl Database<'_> {
    /// Begins a transaction, or a savepoint if there is one already.
    pub(super) async fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        let begun = match self {
            Self::Sqlite(connection) => connection.begin().await.map(Transaction::Sqlite),
            Self::Postgres(connection) => connection.begin().await.map(Transaction::Postgres),
        };
        begun.map_err(StoreError::Write)
    }

    /// Every row that the statement finds.
    pub(crate) async fn all<T: Row>(&mut self, statement: Statement) -> Result<Vec<T>, StoreError> {
        let rows = match self {
            Self::Sqlite(connection) => {
                let arguments = statement.arguments::<Sqlite>().map_err(StoreError::Read)?;
                sqlx::query_as_with(AssertSqlSafe(statement.sql), arguments).fetch_all(&mut **connection).await
            }
            Self::Postgres(_) if statement.says_nul() => Ok(Vec::new()),
            Self::Postgres(connection) => {
                let arguments = statement.arguments::<Postgres>().map_err(StoreError::Read)?;
                sqlx::query_as_with(AssertSqlSafe(in_postgres(statement)), arguments).fetch_all(&mut **connection).await
            }
        };
        rows.map_err(StoreError::Read)
    }

    /// The first row that the statement finds.
    pub(crate) async fn one<T: Row>(&mut self, statement: Statement) -> Result<Option<T>, StoreError> {
        let row = match self {
            Self::Sqlite(connection) => {
                let arguments = statement.arguments::<Sqlite>().map_err(StoreError::Read)?;
                sqlx::query_as_with(AssertSqlSafe(statement.sql), arguments).fetch_optional(&mut **connection).await
            }
            Self::Postgres(_) if statement.says_nul() => Ok(None),
            Self::Postgres(connection) => {
                let arguments = statement.arguments::<Postgres>().map_err(StoreError::Read)?;
                let query = sqlx::query_as_with(AssertSqlSafe(in_postgres(statement)), arguments);
                query.fetch_optional(&mut **connection).await
            }
        };
        row.map_err(StoreError::Read)
    }

    /// Runs a statement that writes, and says how many rows it touched.
    pub(crate) async fn run(&mut self, statement: Statement) -> Result<u64, StoreError> {
        let touched = match self {
            Self::Sqlite(connection) => {
                let arguments = statement.arguments::<Sqlite>().map_err(StoreError::Write)?;
                let query = sqlx::query_with(AssertSqlSafe(statement.sql), arguments);
                query.execute(&mut **connection).await.map(|done| done.rows_affected())
            }
            Self::Postgres(connection) => {
                let arguments = statement.arguments::<Postgres>().map_err(StoreError::Write)?;
                let query = sqlx::query_with(AssertSqlSafe(in_postgres(statement)), arguments);
                query.execute(&mut **connection).await.map(|done| done.rows_affected())
            }
        };
        touched.map_err(StoreError::Write)
    }
}

/// The text of a statement for PostgreSQL, where rows are locked by name.
fn in_postgres(statement: Statement) -> Cow<'static, str> {
    if statement.locks { statement.sql + " FOR UPDATE" } else { statement.sql }
}
