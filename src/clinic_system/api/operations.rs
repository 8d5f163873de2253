//! What those who run the system ask: is it alive, can its store be written, what has it counted, what does
//! it offer.

use super::call::Call;
use super::problem::{Reason, Refusal};
use super::{answer, openapi};
use crate::metrics::OPENMETRICS;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(super) async fn alive(_: Call) -> Result<Response, Refusal> {
    Ok(answer::json(&json!({"status": "ok"})))
}

pub(super) async fn ready(call: Call) -> Result<Response, Refusal> {
    if call.app.is_stopping() {
        return Err(Refusal::busy("the server is stopping"));
    }
    call.app.store.ready().await.map_err(Refusal::unable)?;
    Ok(answer::json(&json!({"status": "ready"})))
}

pub(super) async fn metrics(call: Call) -> Result<Response, Refusal> {
    let text = call.app.metrics.text(call.app.store.waiting());
    let text = text.map_err(|_| Refusal::new(Reason::Internal, "the counts cannot be written"))?;
    Ok(([(header::CONTENT_TYPE, OPENMETRICS)], text).into_response())
}

pub(super) async fn description(_: Call) -> Result<Response, Refusal> {
    let text = openapi::openapi().map_err(|_| Refusal::new(Reason::Internal, "the description cannot be written"))?;
    Ok(answer::json_text(text))
}
