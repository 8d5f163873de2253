//! The router of everything: the API and the pages, and what holds for all of their answers.

use crate::api::App;
use crate::observe::observed;
use crate::{api, pages};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use std::sync::Arc;
use tower_http::set_header::SetResponseHeaderLayer;

/// The router of all routes.
pub(crate) fn router(app: &Arc<App>) -> Router {
    let router = api::router(app).merge(pages::router(app));
    let (missing, unreadable) = (Arc::clone(app), Arc::clone(app));
    let router = router
        .fallback(move |request: Request| missing_one(missing, request))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            readable(Arc::clone(&unreadable), request, next)
        }))
        // Files that carry their content's digest in their name say otherwise.
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    let router = pages::HEADERS.into_iter().fold(router, |router, (name, value)| router.layer(always(name, value)));
    let app = Arc::clone(app);
    router.layer(middleware::from_fn(move |request: Request, next: Next| observed(Arc::clone(&app), request, next)))
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

async fn missing_one(app: Arc<App>, request: Request) -> Response {
    if for_a_person(&request) {
        return pages::missing(app, request).await;
    }
    api::unknown().into_response()
}

/// Refuses paths whose percent-encoding cannot be read, before anything looks at their parts.
async fn readable(app: Arc<App>, request: Request, next: Next) -> Response {
    if api::well_encoded(request.uri().path()) {
        return next.run(request).await;
    }
    if for_a_person(&request) {
        return pages::missing(app, request).await;
    }
    api::unreadable().into_response()
}

/// Whether a page is a better answer than a problem document: the API's paths never get one, whoever asks.
fn for_a_person(request: &Request) -> bool {
    !request.uri().path().starts_with("/api/") && accepts_html(request.headers())
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().any(|value| value.to_str().is_ok_and(|text| text.contains("text/html")))
}
