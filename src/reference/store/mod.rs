//! The store: everything that outlives the server, and all of its SQL.
//!
//! Readers use a pool of connections that cannot write. All writes go through one task (`writer`), which puts
//! everything that waits into one transaction: one `fsync` answers them all. Another process may use the same file;
//! whoever meets its lock for too long is told to come back.

mod error;
mod fill;
mod log;
mod open;
mod read;
mod row;
mod tokens;
mod verify;
mod writer;

pub use error::StoreError;
pub(crate) use fill::fill;
pub(crate) use open::{database_id, open, system_name};
pub(crate) use read::SnapshotRow;
pub(crate) use row::ClinicRow;
pub use tokens::TokenRow;
pub(crate) use tokens::{add_token, revoke_token, tokens};
pub use verify::{Broken, Verification, verify_log};
pub(crate) use writer::{Job, Outcome, WriteFailure, WriteRequest};

use crate::reference::config::Limits;
use sqlx::SqliteConnection;
use sqlx::SqlitePool;
use std::path::Path;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A database at work: its readers and its writer.
pub(crate) struct Store {
    readers: SqlitePool,
    jobs: mpsc::Sender<Job>,
}

/// The writer's task, to wait for after the last [`Store`] is gone.
pub(crate) type WriterTask = JoinHandle<()>;

impl Store {
    /// Puts an opened database to work.
    pub(crate) fn start(database: SqliteConnection, path: &Path, limits: &Limits) -> (Self, WriterTask) {
        let (jobs, waiting) = mpsc::channel(limits.waiting_writes);
        let task = tokio::spawn(writer::run(database, waiting));
        (Self { readers: open::readers(path, limits.busy_time), jobs }, task)
    }

    /// Makes a write, or says why not; what is `Ok` is committed, or was refused on the committed state.
    pub(crate) async fn write(&self, request: WriteRequest) -> Result<Outcome, WriteFailure> {
        let (reply, answer) = oneshot::channel();
        self.jobs.try_send(Job { request, reply }).map_err(|_| WriteFailure::Busy)?;
        answer.await.unwrap_or(Err(WriteFailure::Failed))
    }

    /// Ends the readers; the writer ends when the last store is gone.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
    }
}
