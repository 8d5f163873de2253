//! Connections that read: a few, used again and again. One that failed is not used again, and none is that is older
//! than the writer's: whatever the writer had to leave, they leave too.

use super::database::Database;
use super::location::Kind;
use super::open::{TURN, database_id};
use super::statement::{Row, Statement};
use super::{Location, StoreError, postgres, sqlite};
use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::{PgPool, SqlitePool};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Connections that read.
pub(super) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Since when connections count.
#[derive(Debug)]
pub(super) struct Renewal(Mutex<Instant>);

impl Renewal {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Instant::now()))
    }

    /// From here on, only newer ones do.
    pub(super) fn renew(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn counts(&self, age: Duration) -> bool {
        let since = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Instant::now().checked_sub(age).is_some_and(|made| made >= since)
    }
}

impl Readers {
    /// Those of the database with this id; none is made yet.
    pub(super) fn new(location: &Location, busy: Duration, id: &str, renewal: &Arc<Renewal>) -> Self {
        match location.kind() {
            Kind::File(path) => {
                let pool = pool::<sqlx::Sqlite>(sqlite::READERS, renewal);
                Self::Sqlite(pool.connect_lazy_with(sqlite::reading(path, busy)))
            }
            Kind::Postgres(options) => {
                let (pool, id) = (pool::<sqlx::Postgres>(postgres::READERS, renewal), id.to_owned());
                let pool = pool.after_connect(move |connection, _| {
                    let id = id.clone();
                    Box::pin(async move { is_of(Database::Postgres(connection), &id).await })
                });
                Self::Postgres(pool.connect_lazy_with(postgres::reading(options, busy)))
            }
        }
    }

    /// Every row that the statement finds.
    pub(super) async fn all<T: Row>(&self, statement: Statement) -> Result<Vec<T>, StoreError> {
        match self {
            Self::Sqlite(pool) => {
                let mut connection = pool.acquire().await.map_err(StoreError::Connect)?;
                let rows = Database::Sqlite(&mut connection).all(statement).await;
                given_back(connection, rows)
            }
            Self::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(StoreError::Connect)?;
                let rows = Database::Postgres(&mut connection).all(statement).await;
                given_back(connection, rows)
            }
        }
    }

    /// The first row that the statement finds.
    pub(super) async fn one<T: Row>(&self, statement: Statement) -> Result<Option<T>, StoreError> {
        match self {
            Self::Sqlite(pool) => {
                let mut connection = pool.acquire().await.map_err(StoreError::Connect)?;
                let row = Database::Sqlite(&mut connection).one(statement).await;
                given_back(connection, row)
            }
            Self::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(StoreError::Connect)?;
                let row = Database::Postgres(&mut connection).one(statement).await;
                given_back(connection, row)
            }
        }
    }

    /// Lets every connection go.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

fn pool<D: sqlx::Database>(most: u32, renewal: &Arc<Renewal>) -> PoolOptions<D> {
    let renewal = Arc::clone(renewal);
    PoolOptions::new().max_connections(most).acquire_timeout(TURN).before_acquire(move |_, connection| {
        let counts = renewal.counts(connection.age);
        Box::pin(async move { Ok(counts) })
    })
}

/// After an error nobody knows what state a connection is in.
fn given_back<D: sqlx::Database, T>(
    mut connection: PoolConnection<D>,
    read: Result<T, StoreError>,
) -> Result<T, StoreError> {
    if read.is_err() {
        connection.close_on_drop();
    }
    read
}

/// An address may lead to another server tomorrow, and that to another database.
async fn is_of(mut database: Database<'_>, id: &str) -> Result<(), sqlx::Error> {
    match database_id(&mut database).await {
        Ok(found) if found == id => Ok(()),
        Ok(_) => Err(sqlx::Error::Configuration("it is another database".into())),
        Err(StoreError::Read(error)) => Err(error),
        Err(error) => Err(sqlx::Error::Configuration(Box::new(error))),
    }
}
