//! The writer's line to the database: kept while all goes well, given up after any failure, and made again, to the same
//! database and to no other.

use super::database::Connection;
use super::open::TURN;
use super::place::{Place, Standing};
use super::readers::Renewal;
use super::{Location, StoreError, migrations, open};
use std::sync::Arc;
use std::time::Duration;

/// How long a connection that is given up may take to say goodbye. One that is stuck is left behind.
const GOODBYE: Duration = Duration::from_secs(1);

/// A connection, and what is needed for the next one.
pub(super) struct Line {
    pub(super) connection: Option<Connection>,
    pub(super) location: Location,
    pub(super) busy: Duration,
    /// The id of the database.
    pub(super) id: String,
    pub(super) place: Arc<Place>,
    /// How readers learn that there is a new connection.
    pub(super) renewal: Arc<Renewal>,
}

impl Line {
    /// A connection that is still there, to the database that stands in its place. What is taken is given back, or
    /// given up.
    pub(super) async fn take(&mut self) -> Result<Connection, StoreError> {
        let Some(mut connection) = self.connection.take() else { return self.connect().await };
        if let Err(error) = self.place.can_be_used() {
            // The old file may be put back, or the rest of it taken away.
            self.connection = Some(connection);
            return Err(error);
        }
        if self.place.standing() == Standing::It && connection.lives().await {
            return Ok(connection);
        }
        give_up(connection).await;
        self.connect().await
    }

    /// For the next time, after all went well.
    pub(super) fn give_back(&mut self, connection: Connection) {
        self.connection = Some(connection);
    }

    /// Ends the line.
    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self.connection {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }

    async fn connect(&self) -> Result<Connection, StoreError> {
        self.place.can_be_used()?;
        let (found, another) = (self.place.file(), self.place.standing() == Standing::Another);
        let mut connection = open::connect(&self.location, self.busy).await?;
        self.is_the_same(&mut connection).await?;
        if another {
            // A copy may be older than this program.
            migrations::run(&mut connection).await?;
        }
        self.place.take(found)?;
        self.renewal.renew();
        Ok(connection)
    }

    async fn is_the_same(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let late = |_| StoreError::Connect(sqlx::Error::PoolTimedOut);
        let id = tokio::time::timeout(TURN, open::database_id(&mut connection.database())).await.map_err(late)?;
        let foreign = || StoreError::Foreign { location: self.location.clone() };
        match id {
            Ok(id) if id == self.id => Ok(()),
            // A file without our tables, a server where nothing was restored yet.
            Err(error) if error.trouble().is_some() => Err(error),
            Ok(_) | Err(_) => Err(foreign()),
        }
    }
}

/// Ends a connection whose state nobody knows: whatever is under way on it is taken back, and nothing is done on it any
/// more.
pub(super) async fn give_up(connection: Connection) {
    match tokio::time::timeout(GOODBYE, connection.close()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "a connection that was given up did not close cleanly"),
        Err(_) => tracing::debug!("a connection that was given up is stuck"),
    }
}
