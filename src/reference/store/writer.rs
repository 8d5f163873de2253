//! The one writer of a server: everything that waits goes into one transaction and is answered after its commit.
//!
//! What fails is taken back to its savepoint, and the others of its batch go on. An answer leaves only after the
//! commit, refusals included: they were judged on the state that the commit makes true.

use super::Location;
use super::StoreError;
use super::database::Connection;
use super::database::Database;
use super::log;
use super::log::Head;
use super::open;
use super::statement::Statement;
use super::write::Outcome;
use super::write::WriteRequest;
use super::write::write;
use std::io;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

/// The most writes in one transaction: enough to hide the cost of the `fsync`, few enough that nobody waits long.
const BATCH: usize = 256;
/// How long a transaction may take. A batch is a second's work at most; who is still waiting then waits for a server
/// that is not there any more.
const PATIENCE: Duration = Duration::from_secs(30);

/// What waits for the next transaction, and where its answer goes.
pub(super) enum Job {
    Write(WriteRequest, Reply<Outcome>),
    Statements(Vec<Statement>, Reply<Vec<u64>>),
}

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, WriteFailure>>;

/// What became of a job.
#[derive(Debug, Clone)]
enum Done {
    Write(Outcome),
    Statements(Vec<u64>),
}

type Answers = Vec<Result<Done, WriteFailure>>;

/// Why it is not known that a write was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteFailure {
    /// Too much is waiting, another process holds the database, or it is away; it may work in a moment.
    Busy,
    /// The database failed.
    Failed,
}

/// What writes: a connection, and where to find another one.
pub(super) struct Writer {
    pub(super) connection: Option<Connection>,
    pub(super) location: Location,
    pub(super) busy: Duration,
}

impl Writer {
    /// Works until every sender is gone, and then closes the database.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut batch = Vec::new();
        while jobs.recv_many(&mut batch, BATCH).await > 0 {
            let answers = self.transact(&batch).await.map_err(|error| failure(&error));
            for (at, job) in batch.drain(..).enumerate() {
                let done = match &answers {
                    Ok(answers) => answers.get(at).cloned().unwrap_or(Err(WriteFailure::Failed)),
                    Err(failure) => Err(*failure),
                };
                job.answer(done);
            }
        }
        let Some(connection) = self.connection else { return };
        if let Err(error) = connection.close().await {
            tracing::error!(%error, "the database did not close cleanly");
        }
    }

    /// The connection is given back only when the transaction has ended, one way or the other.
    async fn transact(&mut self, batch: &[Job]) -> Result<Answers, StoreError> {
        let mut connection = self.living().await?;
        let answers = tokio::time::timeout(PATIENCE, transaction(&mut connection, batch)).await;
        let answers = answers.map_err(|_| StoreError::Commit(sqlx::Error::Io(io::ErrorKind::TimedOut.into())))?;
        self.connection = Some(connection);
        answers
    }

    /// A connection that is still there: a server may have gone, and come back, since the last batch.
    async fn living(&mut self) -> Result<Connection, StoreError> {
        if let Some(mut connection) = self.connection.take()
            && connection.lives().await
        {
            return Ok(connection);
        }
        open::connect(&self.location, self.busy).await
    }
}

impl Job {
    /// A caller who has gone away learns nothing; what was committed stays committed.
    fn answer(self, done: Result<Done, WriteFailure>) {
        match (self, done) {
            (Self::Write(_, reply), Ok(Done::Write(outcome))) => drop(reply.send(Ok(outcome))),
            (Self::Statements(_, reply), Ok(Done::Statements(touched))) => drop(reply.send(Ok(touched))),
            (Self::Write(_, reply), done) => drop(reply.send(Err(done.err().unwrap_or(WriteFailure::Failed)))),
            (Self::Statements(_, reply), done) => drop(reply.send(Err(done.err().unwrap_or(WriteFailure::Failed)))),
        }
    }

    async fn perform(&self, database: &mut Database<'_>, head: &Head) -> Result<(Done, Option<Head>), StoreError> {
        match self {
            Self::Write(request, _) => {
                write(database, head, request).await.map(|(outcome, moved)| (Done::Write(outcome), moved))
            }
            Self::Statements(statements, _) => {
                let mut touched = Vec::with_capacity(statements.len());
                for statement in statements {
                    touched.push(database.run(statement.clone()).await?);
                }
                Ok((Done::Statements(touched), None))
            }
        }
    }
}

async fn transaction(connection: &mut Connection, batch: &[Job]) -> Result<Answers, StoreError> {
    let mut transaction = connection.begin_write().await?;
    let answers = attempt_all(&mut transaction.database(), batch).await?;
    transaction.commit().await?;
    Ok(answers)
}

/// All jobs of a batch; an error ends all of them.
async fn attempt_all(database: &mut Database<'_>, batch: &[Job]) -> Result<Answers, StoreError> {
    let start = log::locked_head(database).await?;
    let mut head = start.clone();
    let mut answers = Vec::with_capacity(batch.len());
    for job in batch {
        answers.push(attempt(database, &mut head, job).await?);
    }
    if head != start {
        log::set_head(database, &head).await?;
    }
    Ok(answers)
}

/// One job in a savepoint of its own. The outer error ends the whole batch: the savepoint itself failed.
async fn attempt(
    database: &mut Database<'_>,
    head: &mut Head,
    job: &Job,
) -> Result<Result<Done, WriteFailure>, StoreError> {
    let mut savepoint = database.begin().await?;
    match job.perform(&mut savepoint.database(), head).await {
        Ok((done, moved)) => {
            savepoint.commit().await?;
            *head = moved.unwrap_or_else(|| head.clone());
            Ok(Ok(done))
        }
        Err(error) => {
            savepoint.rollback().await?;
            Ok(Err(failure(&error)))
        }
    }
}

fn failure(error: &StoreError) -> WriteFailure {
    if error.passes() {
        return WriteFailure::Busy;
    }
    tracing::error!(error = error as &dyn std::error::Error, "a write failed");
    WriteFailure::Failed
}
