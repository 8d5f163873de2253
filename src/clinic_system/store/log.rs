//! The change log: every entry carries the hash of the one before, so that editing or removing one shows.

use super::StoreError;
use super::database::Database;
use super::open::meta;
use super::row::ChangeRow;
use super::statement::Statement;
use crate::hex;
use clinic_wire::Actor;
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What the writer knows of an entry; its place in the chain is given to it on the way in.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub(crate) clinic: String,
    pub(crate) resource: String,
    pub(crate) by: String,
    pub(crate) kind: Actor,
    pub(crate) at: String,
    pub(crate) reference: Option<String>,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

/// The end of the chain: how many entries it has, and the hash of the last one (empty if there is none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) length: i64,
    pub(crate) hash: String,
}

/// The present time, as the log writes it.
pub(crate) fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Where the chain ends. It is kept beside the chain, so that removing the newest entries shows as well.
pub(crate) async fn head(database: &mut Database<'_>) -> Result<Head, StoreError> {
    let length = meta(database, "log_length").await?;
    Ok(Head { length: length.parse().unwrap_or_default(), hash: meta(database, "log_head").await? })
}

/// Where the chain ends, for who may make it longer: first of all in a transaction, so that the transactions of
/// several servers stand in one line, and none of them waits for another that waits for it.
pub(crate) async fn locked_head(database: &mut Database<'_>) -> Result<Head, StoreError> {
    let lock = Statement::new("SELECT value FROM meta WHERE key = 'log_length'").locking();
    database.one::<(String,)>(lock).await?;
    head(database).await
}

/// Says where the chain ends.
pub(crate) async fn set_head(database: &mut Database<'_>, head: &Head) -> Result<(), StoreError> {
    for (key, value) in [("log_length", head.length.to_string()), ("log_head", head.hash.clone())] {
        database.run(Statement::new("UPDATE meta SET value = $2 WHERE key = $1").bind(key).bind(value)).await?;
    }
    Ok(())
}

/// Adds an entry behind `head` and returns the new end.
pub(crate) async fn append(database: &mut Database<'_>, head: &Head, entry: NewEntry) -> Result<Head, StoreError> {
    let row = link(head, entry);
    let head = Head { length: row.seq, hash: row.hash.clone() };
    let insert = Statement::new(
        "INSERT INTO changes (seq, clinic, resource, actor, kind, made_at, reference, before_json, after_json,
                              previous_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    let insert = insert.bind(row.seq).bind(row.clinic).bind(row.resource).bind(row.actor).bind(row.kind);
    let insert = insert.bind(row.made_at).bind(row.reference).bind(row.before_json).bind(row.after_json);
    database.run(insert.bind(row.previous_hash).bind(row.hash)).await?;
    Ok(head)
}

fn link(head: &Head, entry: NewEntry) -> ChangeRow {
    let NewEntry { clinic, resource, by, kind, at, reference, before, after } = entry;
    let mut row = ChangeRow {
        seq: head.length + 1,
        clinic,
        resource,
        actor: by,
        kind: super::row::kind_word(kind).to_owned(),
        made_at: at,
        reference,
        before_json: before.to_string(),
        after_json: after.to_string(),
        previous_hash: head.hash.clone(),
        hash: String::new(),
    };
    row.hash = hash_of(&row);
    row
}

/// The SHA-256 of an entry: of a JSON list of its columns as they are stored, the hash of the one before first. Two
/// different entries never have the same list, because JSON marks where a text ends.
pub(crate) fn hash_of(row: &ChangeRow) -> String {
    let ChangeRow {
        seq,
        clinic,
        resource,
        actor,
        kind,
        made_at,
        reference,
        before_json,
        after_json,
        previous_hash,
        hash: _,
    } = row;
    let columns = serde_json::json!([
        previous_hash,
        seq,
        clinic,
        resource,
        actor,
        kind,
        made_at,
        reference,
        before_json,
        after_json
    ]);
    hex::encode(&Sha256::digest(columns.to_string()))
}
