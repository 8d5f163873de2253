//! Answers of pages: a page, or the way to another one.

use super::refusal::Refusal;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// A page.
pub(crate) fn html<T: Template>(page: &T) -> Result<Response, Refusal> {
    html_with(StatusCode::OK, page)
}

/// A page that goes with another status than 200: a form that was refused, say (422).
pub(crate) fn html_with<T: Template>(status: StatusCode, page: &T) -> Result<Response, Refusal> {
    let text = page.render().map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Refusal::Failed
    })?;
    Ok((status, Html(text)).into_response())
}

/// The way to another page of this system, after a form has done what it should (303).
pub(crate) fn see_other(path: &str) -> Response {
    match HeaderValue::try_from(path) {
        Ok(path) => (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The same answer with one more cookie.
pub(crate) fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
