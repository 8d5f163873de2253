//! A write of a clinic's settings: judged on the state that it meets, and made together with its entry in the change
//! log. A write that the state refuses changes nothing.

use super::database::Database;
use super::log::{Head, NewEntry};
use super::statement::Statement;
use super::{ClinicRow, StoreError, log};
use crate::clinic::{ClinicState, Objection, Write};
use clinic_wire::{Actor, FieldProblem, LastChange, StaffItem};
use serde_json::Value;
use std::collections::BTreeMap;

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

/// What became of a write.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// It is so now, at this revision.
    Done {
        revision: u64,
        /// Whether the resource was not there before.
        created: bool,
        /// The resource as an answer shows it; null if it is gone.
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

/// Judges the write on the state that it meets and, where it changes something, makes it with its entry in the log.
/// Returns the new end of the log if there is one.
pub(super) async fn write(
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
