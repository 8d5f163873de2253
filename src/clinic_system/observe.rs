//! Each request counted, timed and logged: by the pattern of its route, never by its path, and with nothing else that
//! it said.

use crate::api::App;
use crate::metrics::Asked;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// What stands in the place of a route where a path leads nowhere.
const NOWHERE: &str = "none";

/// Answers a request, and tells what it was.
pub(crate) async fn observed(app: Arc<App>, request: Request, next: Next) -> Response {
    let method = word(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or(NOWHERE, MatchedPath::as_str).to_owned();
    let begun = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    tracing::info!(method, route, status, milliseconds = took.as_secs_f64() * 1000.0, "a request was answered");
    app.metrics.answered(Asked { method, route }, status, took);
    response
}

/// The methods that routes know; any other could be any text.
fn word(method: &Method) -> &'static str {
    match method.as_str() {
        "DELETE" => "DELETE",
        "GET" => "GET",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "POST" => "POST",
        "PUT" => "PUT",
        _ => "other",
    }
}
