//! Filling an empty database from a seed: one transaction, many rows a statement.

use super::database::{Connection, Database};
use super::log::{Head, NewEntry};
use super::statement::Statement;
use super::{StoreError, log};
use crate::clinic::ClinicState;
use crate::seed::{Seed, SeedChange, SeedClinic};
use clinic_wire::StaffItem;
use serde_json::Value;

/// Rows a statement. Each row has at most five parameters, and SQLite takes 32,766.
const ROWS: usize = 500;
/// The revision of a clinic that nobody has written yet.
const FIRST_REVISION: i64 = 1;

/// Fills the database, unless it holds clinics already: then it keeps them, and this is `false`.
pub(crate) async fn fill(connection: &mut Connection, seed: &Seed) -> Result<bool, StoreError> {
    let mut transaction = connection.begin_write().await?;
    let filled = fill_empty(&mut transaction.database(), seed).await?;
    transaction.commit().await?;
    Ok(filled)
}

async fn fill_empty(database: &mut Database<'_>, seed: &Seed) -> Result<bool, StoreError> {
    let head = log::locked_head(database).await?;
    if database.one::<(String,)>(Statement::new("SELECT clinic FROM clinics LIMIT 1")).await?.is_some() {
        return Ok(false);
    }
    database.run(Statement::new("UPDATE meta SET value = $1 WHERE key = 'system'").bind(&seed.system)).await?;
    for clinics in seed.clinics.chunks(ROWS) {
        database.run(insert_clinics(clinics)?).await?;
    }
    let staff: Vec<(&str, StaffItem)> = staff(seed);
    for staff in staff.chunks(ROWS) {
        database.run(insert_staff(staff)?).await?;
    }
    append_changes(database, head, seed).await?;
    Ok(true)
}

fn staff(seed: &Seed) -> Vec<(&str, StaffItem)> {
    let people = |clinic: &'_ SeedClinic| clinic.staff.iter().map(|person| person.shown()).collect::<Vec<_>>();
    seed.clinics
        .iter()
        .flat_map(|clinic| people(clinic).into_iter().map(|person| (clinic.clinic.as_str(), person)))
        .collect()
}

fn insert_clinics(clinics: &[SeedClinic]) -> Result<Statement, StoreError> {
    let row = |clinic: &SeedClinic| {
        let SeedClinic { clinic: key, name, hsa_id, .. } = clinic;
        let state = json(&clinic.state())?;
        Ok(vec![key.into(), name.into(), hsa_id.clone().into(), FIRST_REVISION.into(), state.into()])
    };
    let rows = clinics.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Statement::insert("INSERT INTO clinics (clinic, name, hsa_id, revision, state)", rows))
}

fn insert_staff(staff: &[(&str, StaffItem)]) -> Result<Statement, StoreError> {
    let row = |(clinic, person): &(&str, StaffItem)| {
        Ok(vec![(&person.id).into(), (*clinic).into(), searched(person).into(), json(person)?.into()])
    };
    let rows = staff.iter().map(row).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Statement::insert("INSERT INTO staff (id, clinic, search, document)", rows))
}

/// What a search looks through, in lower case; a line break keeps a search from running over the edge of a field.
fn searched(person: &StaffItem) -> String {
    let fields = [Some(&person.name), person.email.as_ref(), person.hsa_id.as_ref()];
    fields.into_iter().flatten().map(|field| field.to_lowercase()).collect::<Vec<_>>().join("\n")
}

async fn append_changes(database: &mut Database<'_>, mut head: Head, seed: &Seed) -> Result<(), StoreError> {
    let mut changes: Vec<NewEntry> = seed.clinics.iter().flat_map(history).collect();
    changes.sort_by(|one, other| one.at.cmp(&other.at));
    for change in changes {
        head = log::append(database, &head, change).await?;
    }
    log::set_head(database, &head).await
}

/// The history that a seed gives a clinic.
fn history(clinic: &SeedClinic) -> Vec<NewEntry> {
    let state: ClinicState = clinic.state();
    let entry = |change: &SeedChange| NewEntry {
        clinic: clinic.clinic.clone(),
        resource: change.resource.clone(),
        by: change.by.clone(),
        kind: change.kind,
        at: change.at.to_string(),
        reference: change.reference.clone(),
        before: change.before.clone().unwrap_or(Value::Null),
        after: change.after.clone().unwrap_or_else(|| clinic.said(&state, &change.resource)),
    };
    clinic.changes.iter().map(entry).collect()
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::Row)
}
