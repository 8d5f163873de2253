//! Writing: each route makes a [`Write`] of its path and body, and hands it to the store.

use super::call::{Basis, Call};
use super::problem::{Reason, Refusal};
use super::{answer, body, shape};
use crate::clinic::{Direction, Write};
use crate::store::{Outcome, WriteRequest};
use axum::http::StatusCode;
use axum::response::Response;

pub(super) async fn direction(mut call: Call, direction: Direction) -> Result<Response, Refusal> {
    call.clinic()?;
    let body = shape::direction(&body::json(&mut call).await?).map_err(Refusal::fields)?;
    perform(call, Write::Direction(direction, body)).await
}

pub(super) async fn put_button(mut call: Call) -> Result<Response, Refusal> {
    call.clinic()?;
    let button = call.button()?;
    let body = shape::button(&body::json(&mut call).await?).map_err(Refusal::fields)?;
    perform(call, Write::PutButton(button, body)).await
}

pub(super) async fn delete_button(call: Call) -> Result<Response, Refusal> {
    let button = call.button()?;
    perform(call, Write::DeleteButton(button)).await
}

pub(super) async fn order(mut call: Call) -> Result<Response, Refusal> {
    call.clinic()?;
    let body = shape::order(&body::json(&mut call).await?).map_err(Refusal::fields)?;
    perform(call, Write::Order(body)).await
}

async fn perform(call: Call, write: Write) -> Result<Response, Refusal> {
    let clinic = call.clinic()?;
    let (Some(caller), Some(basis)) = (call.caller, call.basis) else {
        return Err(Refusal::new(Reason::Internal, "the route is not one for writes"));
    };
    let Basis { revision: precondition, reference } = basis;
    let (by, kind) = (caller.name, caller.kind);
    let request = WriteRequest { clinic: clinic.clone(), precondition, write, by, kind, reference };
    match call.app.store.write(request).await? {
        Outcome::Done { revision, created, shown } => done(revision, created, &shown),
        Outcome::UnknownClinic => Err(Refusal::unknown_clinic(&clinic)),
        Outcome::Stale { revision, current } => Err(Refusal::stale(revision, current)),
        Outcome::UnknownButton => Err(Refusal::new(Reason::UnknownButton, "it is gone, or was never there")),
        Outcome::Unfit(problems) => Err(Refusal::fields(problems)),
    }
}

fn done(revision: u64, created: bool, shown: &serde_json::Value) -> Result<Response, Refusal> {
    if shown.is_null() {
        return answer::with_revision(answer::nothing(), revision);
    }
    let mut response = answer::json(shown);
    if created {
        *response.status_mut() = StatusCode::CREATED;
    }
    answer::with_revision(response, revision)
}
