//! The one writer of a server: everything that waits goes into one transaction and is answered after its commit.
//!
//! What fails is taken back to its savepoint, and the others of its batch go on; where the database itself is in
//! trouble, the whole batch is taken back, and its connection is given up. An answer leaves only after the commit,
//! refusals included: they were judged on the state that the commit makes true.

use super::database::{Connection, Database};
use super::error::WriteFailure;
use super::line::Line;
use super::log::Head;
use super::probe::probe;
use super::pulse::Heart;
use super::statement::Statement;
use super::trouble::Trouble;
use super::write::{Outcome, WriteRequest, write};
use super::{StoreError, line, log};
use std::io;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

/// The most writes in one transaction: enough to hide the cost of the `fsync`, few enough that nobody waits long.
const BATCH: usize = 256;
/// How long a transaction may take. A batch is a second's work at most; who is still waiting then waits for a server
/// that is not there any more.
const PATIENCE: Duration = Duration::from_secs(30);

/// What waits for the next transaction, and where its answer goes.
pub(super) enum Job {
    Write(WriteRequest, Reply<Outcome>),
    Statements(Vec<Statement>, Reply<Vec<u64>>),
    /// Nobody waits for it; the heart tells what became of it.
    Probe {
        thorough: bool,
    },
}

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, WriteFailure>>;

/// What became of a job.
#[derive(Debug, Clone)]
enum Done {
    Write(Outcome),
    Statements(Vec<u64>),
    Probe,
}

type Answers = Vec<Result<Done, WriteFailure>>;

/// A batch that was kept.
struct Kept {
    answers: Answers,
    /// Whether there was anything to keep. A transaction that changed nothing says nothing about the disk.
    changed: bool,
}

/// What writes.
pub(super) struct Writer {
    pub(super) line: Line,
    pub(super) heart: Heart,
}

impl Writer {
    /// Works until every sender is gone, and then closes the database.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                count = jobs.recv_many(&mut batch, BATCH) => if count == 0 { break },
                () = self.heart.asked() => batch.push(Job::Probe { thorough: self.heart.is_troubled() }),
            }
            let answers = self.judged(&batch).await;
            for (at, job) in batch.drain(..).enumerate() {
                let done = match &answers {
                    Ok(answers) => answers.get(at).cloned().unwrap_or(Err(WriteFailure::Failed)),
                    Err(failure) => Err(*failure),
                };
                job.answer(done);
            }
        }
        if let Err(error) = self.line.close().await {
            tracing::error!(%error, "the database did not close cleanly");
        }
    }

    /// A batch, and what it says about the database.
    async fn judged(&mut self, batch: &[Job]) -> Result<Answers, WriteFailure> {
        match self.transact(batch).await {
            Ok(Kept { answers, changed }) => {
                if changed {
                    self.heart.beat();
                }
                Ok(answers)
            }
            Err(error) => Err(self.heart.miss(&error)),
        }
    }

    /// The connection is given back only after a transaction that was kept. After any other nobody knows its state:
    /// SQLite, for one, may have taken the transaction back by itself, and its driver still counts it.
    async fn transact(&mut self, batch: &[Job]) -> Result<Kept, StoreError> {
        let end = Instant::now() + PATIENCE;
        let mut connection = timeout_at(end, self.line.take()).await.map_err(|_| StoreError::Connect(late()))??;
        match transaction(&mut connection, batch, end).await {
            Ok(kept) => {
                self.line.give_back(connection);
                // What was kept in a file that has just been moved away is not where it is looked for.
                self.line.place.holds().map_err(|_| StoreError::Commit(gone()))?;
                Ok(kept)
            }
            Err(error) => {
                line::give_up(connection).await;
                Err(error)
            }
        }
    }
}

impl Job {
    /// A caller who has gone away learns nothing; what was committed stays committed.
    fn answer(self, done: Result<Done, WriteFailure>) {
        match (self, done) {
            (Self::Probe { .. }, _) => {}
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
            Self::Probe { thorough } => probe(database, head, *thorough).await.map(|()| (Done::Probe, None)),
        }
    }

    /// Whether its failure is one of the whole batch: of the database, and not of this job alone.
    fn takes_all_along(&self, error: &StoreError) -> bool {
        match (self, error.trouble()) {
            (Self::Probe { .. }, _) => true,
            (Self::Write(..) | Self::Statements(..), trouble) => {
                trouble.is_some_and(|trouble| trouble != Trouble::Busy)
            }
        }
    }
}

impl Done {
    /// Whether it changed anything but settings, which the head of the log tells of.
    fn touched(&self) -> bool {
        match self {
            Self::Write(_) => false,
            Self::Statements(touched) => touched.iter().any(|rows| *rows > 0),
            Self::Probe => true,
        }
    }
}

/// Until the commit has begun, nothing can have been written.
async fn transaction(connection: &mut Connection, batch: &[Job], end: Instant) -> Result<Kept, StoreError> {
    let too_long = |_| StoreError::Write(late());
    let mut transaction = timeout_at(end, connection.begin_write()).await.map_err(too_long)??;
    let kept = timeout_at(end, attempt_all(&mut transaction.database(), batch)).await.map_err(too_long)??;
    timeout_at(end, transaction.commit()).await.map_err(|_| StoreError::Commit(late()))??;
    Ok(kept)
}

/// All jobs of a batch; an error ends all of them.
async fn attempt_all(database: &mut Database<'_>, batch: &[Job]) -> Result<Kept, StoreError> {
    let start = log::locked_head(database).await?;
    let mut head = start.clone();
    let mut answers = Vec::with_capacity(batch.len());
    for job in batch {
        answers.push(attempt(database, &mut head, job).await?);
    }
    if head != start {
        log::set_head(database, &head).await?;
    }
    let changed = head != start || answers.iter().flatten().any(Done::touched);
    Ok(Kept { answers, changed })
}

/// One job in a savepoint of its own. The outer error ends the whole batch.
async fn attempt(
    database: &mut Database<'_>,
    head: &mut Head,
    job: &Job,
) -> Result<Result<Done, WriteFailure>, StoreError> {
    let mut savepoint = database.begin().await?;
    match job.perform(&mut savepoint.database(), head).await {
        Ok((done, moved)) => {
            savepoint.release().await?;
            *head = moved.unwrap_or_else(|| head.clone());
            Ok(Ok(done))
        }
        Err(error) if job.takes_all_along(&error) => Err(error),
        Err(error) => match (savepoint.rollback().await, WriteFailure::from(&error)) {
            (Ok(()), failure) => {
                if failure == WriteFailure::Failed {
                    tracing::error!(error = &error as &dyn std::error::Error, "a write failed");
                }
                Ok(Err(failure))
            }
            // There is no savepoint to go back to where the database has taken everything back.
            (Err(_), WriteFailure::Now(_)) => Err(error),
            (Err(broken), WriteFailure::Unknown | WriteFailure::Failed) => Err(broken),
        },
    }
}

fn late() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::TimedOut.into())
}

fn gone() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::NotFound.into())
}
