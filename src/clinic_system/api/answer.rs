//! Answers that are no refusals.

use super::problem::{Reason, Refusal};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// 200 with a JSON body.
pub(super) fn json<T: Serialize>(body: &T) -> Response {
    Json(body).into_response()
}

/// A JSON text that is there already.
pub(super) fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// 204.
pub(super) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// With the revision of a clinic as its entity tag.
pub(super) fn with_revision(mut response: Response, revision: u64) -> Result<Response, Refusal> {
    let tag = HeaderValue::try_from(format!("\"{revision}\""));
    let tag = tag.map_err(|_| Refusal::new(Reason::Internal, "the revision cannot be written as a tag"))?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}
