//! The store: everything that outlives the server, and all of its SQL, which SQLite and PostgreSQL both read.
//!
//! Readers use a pool of connections that cannot write. All writes of this server go through one task (`writer`),
//! which puts everything that waits into one transaction: one `fsync` answers them all. Other processes may use the
//! same database. Nothing of it is remembered between two requests, so what one of them wrote is what all others read;
//! whoever meets another's lock for too long is told to come back.
//!
//! What a database cannot do now is a `trouble`. It leaves nothing behind: a connection on which anything failed is not
//! used again (`line`, `readers`), and the next one leads to the same database, in the file that stands there then
//! (`place`). Whether it can be written is known by writing (`pulse`, `probe`).

mod accounts;
mod attempts;
mod backup;
mod conversations;
mod database;
mod error;
mod fill;
mod line;
mod location;
mod log;
mod migrations;
mod open;
mod place;
mod postgres;
mod probe;
mod pulse;
mod read;
mod readers;
mod row;
mod sessions;
mod sqlite;
mod statement;
mod tokens;
mod trouble;
mod verify;
mod write;
mod writer;

pub(crate) use accounts::{AccountRow, NewAccountRow};
pub use backup::{BackupError, backup};
pub(crate) use conversations::{Basis, Behind, Continuation, Listed, MessageRow, NewMessage, SummaryRow, moment};
pub use error::StoreError;
pub(crate) use error::WriteFailure;
pub(crate) use fill::fill;
pub use location::{Location, LocationError};
pub(crate) use open::{database_id, open};
pub(crate) use read::SnapshotRow;
pub(crate) use row::ClinicRow;
pub(crate) use sessions::SessionRow;
pub(crate) use statement::{Row, Statement};
pub use tokens::TokenRow;
pub(crate) use tokens::{add_token, revoke_token, tokens};
pub(crate) use trouble::Trouble;
pub use verify::{Broken, Verification, verify_log};
pub(crate) use write::{Outcome, WriteRequest};

use crate::config::Limits;
use crate::metrics::Writes;
use database::Connection;
use line::Line;
use place::Place;
use pulse::Pulse;
use readers::{Readers, Renewal};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use writer::{Job, Writer};

/// How long the question whether the database can be used may take. Who asks has others to ask.
const READY: Duration = Duration::from_secs(4);

/// A database at work: its readers and its writer.
pub(crate) struct Store {
    readers: Readers,
    place: Arc<Place>,
    pulse: Pulse,
    jobs: mpsc::Sender<Job>,
    writes: Writes,
}

/// The writer's task, to wait for after the last [`Store`] is gone.
pub(crate) type WriterTask = JoinHandle<()>;

impl Store {
    /// Puts an opened database with this id to work.
    pub(crate) fn start(connection: Connection, location: &Location, id: &str, limits: &Limits) -> (Self, WriterTask) {
        let (jobs, waiting) = mpsc::channel(limits.waiting_writes);
        let (place, renewal) = (Arc::new(Place::of(location)), Arc::new(Renewal::new()));
        let readers = Readers::new(location, limits.busy_time, id, &renewal);
        let line = Line {
            connection: Some(connection),
            location: location.clone(),
            busy: limits.busy_time,
            id: id.to_owned(),
            place: Arc::clone(&place),
            renewal,
        };
        let (pulse, heart) = pulse::pulse();
        let task = tokio::spawn(Writer { line, heart }.run(waiting));
        (Self { readers, place, pulse, jobs, writes: Writes::default() }, task)
    }

    /// Whether the database can be written and read. It is written for this at most once a second, and who asks is
    /// answered within [`READY`].
    pub(crate) async fn ready(&self) -> Result<(), Trouble> {
        let asking = async {
            self.pulse.feel().await.map_err(WriteFailure::trouble)?;
            self.system_name().await.map_err(|error| error.trouble().unwrap_or(Trouble::Failing))
        };
        tokio::time::timeout(READY, asking).await.unwrap_or(Err(Trouble::Away)).map(drop)
    }

    /// Every row that a statement finds.
    pub(crate) async fn all<T: Row>(&self, statement: Statement) -> Result<Vec<T>, StoreError> {
        self.in_its_place().await?;
        self.readers.all(statement).await
    }

    /// The first row that a statement finds.
    pub(crate) async fn one<T: Row>(&self, statement: Statement) -> Result<Option<T>, StoreError> {
        self.in_its_place().await?;
        self.readers.one(statement).await
    }

    /// Nothing is read from a file that was moved away, nor from a new one before the writer has looked at it.
    async fn in_its_place(&self) -> Result<(), StoreError> {
        if self.place.holds().is_ok() {
            return Ok(());
        }
        // Whatever keeps the writer from it, the place will tell.
        let _looked = self.pulse.feel_anew().await;
        self.place.holds()
    }

    /// Runs the statements in their order in one savepoint of the writer's next transaction, all or none, and says how
    /// many rows each one touched; what is `Ok` is committed.
    pub(crate) async fn run(&self, statements: Vec<Statement>) -> Result<Vec<u64>, WriteFailure> {
        self.ask(|reply| Job::Statements(statements, reply)).await
    }

    /// Makes a write, or says why not; what is `Ok` is committed, or was refused on the committed state.
    pub(crate) async fn write(&self, request: WriteRequest) -> Result<Outcome, WriteFailure> {
        let outcome = self.ask(|reply| Job::Write(request, reply)).await;
        self.writes.count(match &outcome {
            Ok(Outcome::Done { .. }) => "accepted",
            Ok(_) => "refused",
            Err(_) => "failed",
        });
        outcome
    }

    /// The writes of settings, counted.
    pub(crate) const fn writes(&self) -> &Writes {
        &self.writes
    }

    /// How many jobs wait for the writer.
    pub(crate) fn waiting(&self) -> usize {
        self.jobs.max_capacity() - self.jobs.capacity()
    }

    /// Ends the readers; the writer ends when the last store is gone.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
    }

    async fn ask<T>(&self, job: impl FnOnce(writer::Reply<T>) -> Job) -> Result<T, WriteFailure> {
        let (reply, answer) = oneshot::channel();
        self.jobs.try_send(job(reply)).map_err(|_| WriteFailure::Now(Trouble::Busy))?;
        // A writer that is gone has told nobody how far it came.
        answer.await.unwrap_or(Err(WriteFailure::Unknown))
    }
}
