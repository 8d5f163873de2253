//! Filling an empty database from a seed: one transaction, many rows a statement.

use super::StoreError;
use super::log;
use super::log::NewEntry;
use crate::reference::clinic::ClinicState;
use crate::reference::seed::Seed;
use crate::reference::seed::SeedChange;
use crate::reference::seed::SeedClinic;
use crate::wire::StaffItem;
use serde_json::Value;
use sqlx::Connection;
use sqlx::QueryBuilder;
use sqlx::SqliteConnection;

/// Rows a statement. Each row has at most five parameters, and SQLite takes 32,766.
const ROWS: usize = 500;
/// The revision of a clinic that nobody has written yet.
const FIRST_REVISION: i64 = 1;

/// Fills the database, unless it holds clinics already: then it keeps them, and this is `false`.
pub(crate) async fn fill(database: &mut SqliteConnection, seed: &Seed) -> Result<bool, StoreError> {
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::Write)?;
    let there: i64 = sqlx::query_scalar("SELECT count(*) FROM clinics")
        .fetch_one(&mut *transaction)
        .await
        .map_err(StoreError::Read)?;
    if there > 0 {
        return Ok(false);
    }
    name_system(&mut transaction, &seed.system).await?;
    for clinics in seed.clinics.chunks(ROWS) {
        insert_clinics(&mut transaction, clinics).await?;
    }
    let staff: Vec<(&str, StaffItem)> = staff(seed);
    for staff in staff.chunks(ROWS) {
        insert_staff(&mut transaction, staff).await?;
    }
    append_changes(&mut transaction, seed).await?;
    transaction.commit().await.map_err(StoreError::Write)?;
    Ok(true)
}

fn staff(seed: &Seed) -> Vec<(&str, StaffItem)> {
    let people = |clinic: &'_ SeedClinic| clinic.staff.iter().map(|person| person.shown()).collect::<Vec<_>>();
    seed.clinics
        .iter()
        .flat_map(|clinic| people(clinic).into_iter().map(|person| (clinic.clinic.as_str(), person)))
        .collect()
}

async fn name_system(database: &mut SqliteConnection, name: &str) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE meta SET value = $1 WHERE key = 'system'").bind(name);
    update.execute(database).await.map(drop).map_err(StoreError::Write)
}

async fn insert_clinics(database: &mut SqliteConnection, clinics: &[SeedClinic]) -> Result<(), StoreError> {
    let states: Vec<String> = clinics.iter().map(|clinic| json(&clinic.state())).collect::<Result<_, _>>()?;
    let mut insert = QueryBuilder::new("INSERT INTO clinics (clinic, name, hsa_id, revision, state) ");
    insert.push_values(clinics.iter().zip(states), |mut row, (clinic, state)| {
        row.push_bind(&clinic.clinic).push_bind(&clinic.name).push_bind(&clinic.hsa_id);
        row.push_bind(FIRST_REVISION).push_bind(state);
    });
    insert.build().execute(database).await.map(drop).map_err(StoreError::Write)
}

async fn insert_staff(database: &mut SqliteConnection, staff: &[(&str, StaffItem)]) -> Result<(), StoreError> {
    let documents: Vec<String> = staff.iter().map(|(_, person)| json(person)).collect::<Result<_, _>>()?;
    let mut insert = QueryBuilder::new("INSERT INTO staff (id, clinic, search, document) ");
    insert.push_values(staff.iter().zip(documents), |mut row, ((clinic, person), document)| {
        row.push_bind(&person.id).push_bind(*clinic).push_bind(searched(person)).push_bind(document);
    });
    insert.build().execute(database).await.map(drop).map_err(StoreError::Write)
}

/// What a search looks through, in lower case; a line break keeps a search from running over the edge of a field.
fn searched(person: &StaffItem) -> String {
    let fields = [Some(&person.name), person.email.as_ref(), person.hsa_id.as_ref()];
    fields.into_iter().flatten().map(|field| field.to_lowercase()).collect::<Vec<_>>().join("\n")
}

async fn append_changes(database: &mut SqliteConnection, seed: &Seed) -> Result<(), StoreError> {
    let mut changes: Vec<NewEntry> = seed.clinics.iter().flat_map(history).collect();
    changes.sort_by(|one, other| one.at.cmp(&other.at));
    let mut head = log::head(database).await?;
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
