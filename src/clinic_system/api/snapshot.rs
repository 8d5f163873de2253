//! The snapshot: every clinic, one line of JSON each, read a few at a time while the client takes them. No more than
//! one piece is in memory, and no connection to the database is held between two pieces.

use super::app::App;
use super::call;
use super::call::Call;
use super::problem::Refusal;
use super::query::malformed;
use crate::clinic;
use crate::store::{SnapshotRow, Store, StoreError};
use crate::token::Scope;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use clinic_wire::NDJSON;
use futures_util::{StreamExt, stream};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Clinics a piece: about 300 KiB with thirty people each.
const PIECE: i64 = 64;

pub(super) async fn snapshot(call: Call) -> Result<Response, Refusal> {
    let staff = with_staff(&call)?;
    let chosen: BTreeSet<String> = call.query.all("clinic").map(str::to_owned).collect();
    let left = if chosen.is_empty() { Left::After(String::new()) } else { Left::Chosen(chosen) };
    // The first piece is read before the answer begins, so that a database that does not answer is a refusal.
    let (first, reading) = Reading { app: call.app, staff, left }.piece().await?;
    let rest = stream::try_unfold(reading, |reading| async move {
        match reading.left {
            Left::Nothing => Ok::<_, StoreError>(None),
            Left::After(_) | Left::Chosen(_) => reading.piece().await.map(Some),
        }
    });
    let pieces = stream::iter([Ok(first)]).chain(rest);
    Ok(([(header::CONTENT_TYPE, NDJSON)], Body::from_stream(pieces)).into_response())
}

fn with_staff(call: &Call) -> Result<bool, Refusal> {
    match (call.query.one("include"), &call.caller) {
        (None, _) => Ok(false),
        (Some("staff"), Some(caller)) if caller.scopes.contains(&Scope::DirectoryRead) => Ok(true),
        (Some("staff"), Some(caller)) => Err(call::missing_scope(caller, Scope::DirectoryRead)),
        (Some(_), _) => Err(malformed("`include` can only be `staff`")),
    }
}

/// How far a snapshot has come.
struct Reading {
    app: Arc<App>,
    staff: bool,
    left: Left,
}

/// What is still to be read.
enum Left {
    /// All clinics after this key.
    After(String),
    /// Those of these that exist.
    Chosen(BTreeSet<String>),
    Nothing,
}

impl Reading {
    async fn piece(self) -> Result<(String, Self), StoreError> {
        let Self { app, staff, left } = self;
        let (rows, left) = match left {
            Left::After(after) => following(&app.store, staff, &after).await?,
            Left::Chosen(chosen) => chosen_ones(&app.store, staff, chosen).await?,
            Left::Nothing => (Vec::new(), Left::Nothing),
        };
        let lines = rows.iter().map(|row| row.line(staff) + "\n").collect();
        Ok((lines, Self { app, staff, left }))
    }
}

async fn following(store: &Store, staff: bool, after: &str) -> Result<(Vec<SnapshotRow>, Left), StoreError> {
    let rows = store.snapshot(staff, after, PIECE).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|count| count == PIECE);
    let last = rows.last().filter(|_| more).map(|row| row.clinic.clinic.clone());
    Ok((rows, last.map_or(Left::Nothing, Left::After)))
}

async fn chosen_ones(
    store: &Store,
    staff: bool,
    mut chosen: BTreeSet<String>,
) -> Result<(Vec<SnapshotRow>, Left), StoreError> {
    let mut rows = Vec::new();
    for _ in 0..PIECE {
        let Some(clinic) = chosen.pop_first() else { return Ok((rows, Left::Nothing)) };
        // A text outside the alphabet of keys names no clinic.
        if clinic::is_slug(&clinic) {
            rows.extend(store.snapshot_of(staff, &clinic).await?);
        }
    }
    Ok((rows, Left::Chosen(chosen)))
}
