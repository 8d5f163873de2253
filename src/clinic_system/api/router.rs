//! The router of the API, built from the table of routes.

use super::app::App;
use super::body;
use super::call::Call;
use super::problem::{Reason, Refusal};
use super::route::{Route, Verb};
use super::table::routes;
use axum::Router;
use axum::extract::{RawPathParams, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The router of the API's routes.
pub(crate) fn router(app: &Arc<App>) -> Router {
    let mut paths: BTreeMap<&str, MethodRouter> = BTreeMap::new();
    for route in routes() {
        let app = Arc::clone(app);
        let answering = move |path: RawPathParams, request: Request| answer(route, app, path, request);
        let router = on(filter(route.method), answering);
        let known = paths.remove(route.path).unwrap_or_default();
        paths.insert(route.path, known.merge(router));
    }
    paths.into_iter().fold(Router::new(), |router, (path, methods)| {
        router.route(path, methods.fallback(async move |request: Request| other_method(path, request.method())))
    })
}

/// The refusal of a path whose percent-encoding cannot be read.
pub(crate) fn unreadable() -> Refusal {
    Refusal::new(Reason::MalformedPath, "the path is not percent-encoded UTF-8")
}

/// The refusal of a path that leads nowhere.
pub(crate) fn unknown() -> Refusal {
    Refusal::new(Reason::UnknownRoute, "`/openapi.json` lists what there is")
}

const fn filter(verb: Verb) -> MethodFilter {
    match verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Put => MethodFilter::PUT,
        Verb::Delete => MethodFilter::DELETE,
    }
}

async fn answer(route: &'static Route, app: Arc<App>, path: RawPathParams, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match Call::read(Arc::clone(&app), route, &path, &parts).await {
        Ok(call) => (route.run)(Call { body, ..call }).await.unwrap_or_else(IntoResponse::into_response),
        Err(refusal) => {
            body::let_it_end(&app, &parts.headers, body).await;
            refusal.into_response()
        }
    }
}

/// Another method than the path has: `OPTIONS` is answered, everything else is refused; both say what is allowed.
fn other_method(path: &str, method: &Method) -> Response {
    let allowed = allowed(path);
    if method == Method::OPTIONS {
        return (StatusCode::NO_CONTENT, [(header::ALLOW, allowed)]).into_response();
    }
    let detail = format!("`{method}` is not one of {allowed}");
    Refusal::new(Reason::MethodNotAllowed, detail).with(header::ALLOW, allowed).into_response()
}

fn allowed(path: &str) -> String {
    let verbs = routes().iter().filter(|route| route.path == path).map(|route| match route.method {
        Verb::Get => "GET, HEAD",
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Delete => "DELETE",
    });
    verbs.chain(["OPTIONS"]).collect::<Vec<_>>().join(", ")
}
