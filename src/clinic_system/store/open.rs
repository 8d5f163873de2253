//! Opening a database: its settings, its shape, its identity.

use super::database::{Connection, Database};
use super::location::Kind;
use super::statement::Statement;
use super::{Location, StoreError, migrations, postgres, sqlite};
use crate::config::Limits;
use crate::hex;
use std::time::Duration;

/// How long a read waits for its turn. Far longer than many reads take: who waits longer is better told.
pub(super) const TURN: Duration = Duration::from_secs(5);
/// What a system without a seed is called.
const UNNAMED: &str = "Reference clinic system";

/// Opens a database for writing; creates a file (for its owner's eyes only) if there is none, and brings the
/// database to today's shape.
pub(crate) async fn open(location: &Location, busy: Duration) -> Result<Connection, StoreError> {
    if let Kind::File(path) = location.kind() {
        sqlite::create(path).map_err(|source| StoreError::Create { path: path.clone(), source })?;
    }
    let mut connection = connect(location, busy).await?;
    migrations::run(&mut connection).await?;
    give_identity(&mut connection.database()).await?;
    Ok(connection)
}

/// Opens a database that is there, as it is: nothing is made, and nothing is changed.
pub(super) async fn open_as_it_is(location: &Location) -> Result<Connection, StoreError> {
    connect(location, Limits::default().busy_time).await
}

/// A connection that may write, to a database that has today's shape.
pub(super) async fn connect(location: &Location, busy: Duration) -> Result<Connection, StoreError> {
    let connected = match location.kind() {
        Kind::File(path) => sqlite::connect(path, busy).await.map(Connection::Sqlite),
        Kind::Postgres(options) => postgres::connect(options, busy).await.map(Connection::Postgres),
    };
    connected.map_err(|source| StoreError::Open { location: location.clone(), source })
}

/// The id that was given to the database when it was created.
pub(crate) async fn database_id(database: &mut Database<'_>) -> Result<String, StoreError> {
    meta(database, "database_id").await
}

/// What the database knows about itself under this key.
pub(super) async fn meta(database: &mut Database<'_>, key: &str) -> Result<String, StoreError> {
    let value = database.one(Statement::new("SELECT value FROM meta WHERE key = $1").bind(key)).await?;
    value.map(|(value,)| value).ok_or(StoreError::Read(sqlx::Error::RowNotFound))
}

/// Who comes first gives it; with several servers at once, the others find it.
async fn give_identity(database: &mut Database<'_>) -> Result<(), StoreError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(StoreError::Random)?;
    let id = hex::encode(&id);
    for (key, value) in [("database_id", id.as_str()), ("system", UNNAMED), ("log_length", "0"), ("log_head", "")] {
        let insert = Statement::new("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        database.run(insert.bind(key).bind(value)).await?;
    }
    Ok(())
}
