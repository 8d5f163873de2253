//! The store: everything that outlives the server, and all of its SQL, which SQLite and PostgreSQL both read.
//!
//! Readers use a pool of connections that cannot write. All writes of this server go through one task (`writer`),
//! which puts everything that waits into one transaction: one `fsync` answers them all. Other processes may use the
//! same database. Nothing of it is remembered between two requests, so what one of them wrote is what all others read;
//! whoever meets another's lock for too long is told to come back.

mod accounts;
mod attempts;
mod backup;
mod conversations;
mod database;
mod error;
mod fill;
mod location;
mod log;
mod migrations;
mod open;
mod postgres;
mod read;
mod row;
mod sessions;
mod sqlite;
mod statement;
mod tokens;
mod verify;
mod write;
mod writer;

pub(crate) use accounts::{AccountRow, NewAccountRow};
pub use backup::{BackupError, backup};
pub(crate) use conversations::{Basis, Behind, Continuation, Listed, MessageRow, NewMessage, SummaryRow, moment};
pub use error::StoreError;
pub(crate) use fill::fill;
pub use location::{Location, LocationError};
pub(crate) use open::{database_id, open};
pub(crate) use read::SnapshotRow;
pub(crate) use row::ClinicRow;
pub(crate) use sessions::SessionRow;
pub(crate) use statement::{Row, Statement};
pub use tokens::TokenRow;
pub(crate) use tokens::{add_token, revoke_token, tokens};
pub use verify::{Broken, Verification, verify_log};
pub(crate) use write::{Outcome, WriteRequest};
pub(crate) use writer::WriteFailure;

use crate::reference::config::Limits;
use crate::reference::metrics::Writes;
use database::Connection;
use database::Readers;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use writer::Job;
use writer::Writer;

/// A database at work: its readers and its writer.
pub(crate) struct Store {
    readers: Readers,
    jobs: mpsc::Sender<Job>,
    writes: Writes,
}

/// The writer's task, to wait for after the last [`Store`] is gone.
pub(crate) type WriterTask = JoinHandle<()>;

impl Store {
    /// Puts an opened database to work.
    pub(crate) fn start(connection: Connection, location: &Location, limits: &Limits) -> (Self, WriterTask) {
        let (jobs, waiting) = mpsc::channel(limits.waiting_writes);
        let writer = Writer { connection: Some(connection), location: location.clone(), busy: limits.busy_time };
        let task = tokio::spawn(writer.run(waiting));
        (Self { readers: open::readers(location, limits.busy_time), jobs, writes: Writes::default() }, task)
    }

    /// Every row that a statement finds.
    pub(crate) async fn all<T: Row>(&self, statement: Statement) -> Result<Vec<T>, StoreError> {
        self.readers.all(statement).await
    }

    /// The first row that a statement finds.
    pub(crate) async fn one<T: Row>(&self, statement: Statement) -> Result<Option<T>, StoreError> {
        self.readers.one(statement).await
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
        self.jobs.try_send(job(reply)).map_err(|_| WriteFailure::Busy)?;
        answer.await.unwrap_or(Err(WriteFailure::Failed))
    }
}
