//! The one writer: everything that waits goes into one transaction and is answered after its commit.
//!
//! A write that the state refuses changes nothing. A write that fails is taken back to its savepoint, and the others
//! of its batch go on. An answer leaves only after the commit, refusals included: they were judged on the state that
//! the commit makes true.

use super::ClinicRow;
use super::StoreError;
use super::database::Connection;
use super::database::Database;
use super::log;
use super::log::Head;
use super::log::NewEntry;
use super::statement::Statement;
use crate::reference::clinic::ClinicState;
use crate::reference::clinic::Objection;
use crate::reference::clinic::Write;
use crate::wire::Actor;
use crate::wire::FieldProblem;
use crate::wire::LastChange;
use crate::wire::StaffItem;
use serde_json::Value;
use std::collections::BTreeMap;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

/// The most writes in one transaction: enough to hide the cost of the `fsync`, few enough that nobody waits long.
const BATCH: usize = 256;

/// A write, and everything that is to be known about it.
#[derive(Debug, Clone)]
pub(crate) struct WriteRequest {
    pub(crate) clinic: String,
    /// The revision that the clinic must have; `None` for one that it cannot have.
    pub(crate) precondition: Option<u64>,
    pub(crate) write: Write,
    pub(crate) by: String,
    pub(crate) kind: Actor,
    pub(crate) reference: Option<String>,
}

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

/// What became of a write.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// It is so now, at this revision.
    Done {
        revision: u64,
        /// Whether the resource was not there before.
        created: bool,
        /// The resource as an answer shows it; null where it is gone.
        shown: Value,
    },
    /// There is no such clinic.
    UnknownClinic,
    /// The clinic is at another revision; the whole clinic as it is.
    Stale { revision: u64, current: Value },
    /// The clinic has no such button.
    UnknownButton,
    /// What the body says does not fit the clinic.
    Unfit(Vec<FieldProblem>),
}

/// Why it is not known that a write was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteFailure {
    /// Too much is waiting, or another process holds the database; it may work in a moment.
    Busy,
    /// The database failed.
    Failed,
}

/// Works until every sender is gone, and then closes the database.
pub(super) async fn run(mut connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::new();
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let outcomes = transact(&mut connection, &batch).await;
        for (at, job) in batch.drain(..).enumerate() {
            let done = match &outcomes {
                Ok(outcomes) => outcomes.get(at).cloned().unwrap_or(Err(WriteFailure::Failed)),
                Err(failure) => Err(*failure),
            };
            job.answer(done);
        }
    }
    if let Err(error) = connection.close().await {
        tracing::error!(%error, "the database did not close cleanly");
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
}

type Answers = Vec<Result<Done, WriteFailure>>;

async fn transact(connection: &mut Connection, batch: &[Job]) -> Result<Answers, WriteFailure> {
    let mut transaction = connection.begin_write().await.map_err(|error| failure(&error))?;
    let answers = attempt_all(&mut transaction.database(), batch).await.map_err(|error| failure(&error))?;
    transaction.commit().await.map_err(|error| failure(&error))?;
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
    let done = match job {
        Job::Write(request, _) => perform(&mut savepoint.database(), head, request).await,
        Job::Statements(statements, _) => perform_all(&mut savepoint.database(), statements).await,
    };
    match done {
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

async fn perform_all(
    database: &mut Database<'_>,
    statements: &[Statement],
) -> Result<(Done, Option<Head>), StoreError> {
    let mut touched = Vec::with_capacity(statements.len());
    for statement in statements {
        touched.push(database.run(statement.clone()).await?);
    }
    Ok((Done::Statements(touched), None))
}

async fn perform(
    database: &mut Database<'_>,
    head: &Head,
    request: &WriteRequest,
) -> Result<(Done, Option<Head>), StoreError> {
    write(database, head, request).await.map(|(outcome, moved)| (Done::Write(outcome), moved))
}

/// Judges the write on the state that it meets and, where it changes something, makes it with its entry in the log.
/// Returns the new end of the log where there is one.
async fn write(
    database: &mut Database<'_>,
    head: &Head,
    request: &WriteRequest,
) -> Result<(Outcome, Option<Head>), StoreError> {
    let Some(row) = clinic(database, &request.clinic).await? else { return Ok((Outcome::UnknownClinic, None)) };
    if request.precondition != Some(row.revision()) {
        return Ok((Outcome::Stale { revision: row.revision(), current: row.value()? }, None));
    }
    let before = row.state()?;
    let unfit = unfit_people(database, request, &before).await?;
    if !unfit.is_empty() {
        return Ok((Outcome::Unfit(unfit), None));
    }
    let change = last_change(request);
    let after = match request.write.apply(before.clone(), change.clone()) {
        Ok(after) => after,
        Err(Objection::UnknownButton) => return Ok((Outcome::UnknownButton, None)),
        Err(Objection::Unfit(problems)) => return Ok((Outcome::Unfit(problems), None)),
    };
    let (said_before, said_after) = (request.write.said(&before), request.write.said(&after));
    if said_before == said_after {
        let shown = request.write.shown(&before);
        return Ok((Outcome::Done { revision: row.revision(), created: false, shown }, None));
    }
    save(database, &row, &after).await?;
    let created = said_before.is_null();
    let entry = entry(request, change, (said_before, said_after));
    let head = log::append(database, head, entry).await?;
    let shown = request.write.shown(&after);
    Ok((Outcome::Done { revision: row.revision() + 1, created, shown }, Some(head)))
}

/// The clinic, which nobody else may change until the transaction ends.
async fn clinic(database: &mut Database<'_>, clinic: &str) -> Result<Option<ClinicRow>, StoreError> {
    database.one(ClinicRow::of(clinic).locking()).await
}

async fn save(database: &mut Database<'_>, row: &ClinicRow, after: &ClinicState) -> Result<(), StoreError> {
    let state = serde_json::to_string(after).map_err(StoreError::Row)?;
    let update = Statement::new("UPDATE clinics SET revision = revision + 1, state = $2 WHERE clinic = $1");
    database.run(update.bind(&row.clinic).bind(state)).await.map(drop)
}

/// Whoever is added to a list must be an active healthcare professional of this clinic. Whoever stands in it already
/// may stay.
async fn unfit_people(
    database: &mut Database<'_>,
    request: &WriteRequest,
    state: &ClinicState,
) -> Result<Vec<FieldProblem>, StoreError> {
    let added = request.write.people_added(state);
    if added.is_empty() {
        return Ok(Vec::new());
    }
    let staff = staff(database, &request.clinic).await?;
    let problems = added.into_iter().filter_map(|(at, id)| {
        let pointer = format!("/accessible_to/{at}");
        unfit(id, staff.get(id)).map(|detail| FieldProblem { pointer, detail })
    });
    Ok(problems.collect())
}

/// The whole clinic in one statement: asking for each person by itself would let one long list hold up every writer.
async fn staff(database: &mut Database<'_>, clinic: &str) -> Result<BTreeMap<String, StaffItem>, StoreError> {
    let rows = Statement::new("SELECT document FROM staff WHERE clinic = $1").bind(clinic);
    let documents: Vec<(String,)> = database.all(rows).await?;
    let person =
        |(document,): &(String,)| serde_json::from_str(document).map(|person: StaffItem| (person.id.clone(), person));
    documents.iter().map(person).collect::<Result<_, _>>().map_err(StoreError::Row)
}

fn unfit(id: &str, person: Option<&StaffItem>) -> Option<String> {
    let Some(person) = person else { return Some(format!("`{id}` is nobody of this clinic")) };
    if !person.active {
        return Some(format!("`{id}` has left the clinic and cannot be added"));
    }
    let professional = person.roles.iter().any(|role| role == "healthcare_professional");
    (!professional).then(|| format!("`{id}` is no healthcare professional of this clinic and cannot be added"))
}

fn last_change(request: &WriteRequest) -> LastChange {
    let WriteRequest { clinic: _, precondition: _, write: _, by, kind, reference } = request;
    LastChange { by: by.clone(), kind: *kind, at: log::now(), reference: reference.clone() }
}

fn entry(request: &WriteRequest, change: LastChange, (before, after): (Value, Value)) -> NewEntry {
    let LastChange { by, kind, at, reference } = change;
    NewEntry {
        clinic: request.clinic.clone(),
        resource: request.write.resource(),
        by,
        kind,
        at,
        reference,
        before,
        after,
    }
}
