//! The router of the pages, built from their table; and everything that happens to each request before and after its
//! page's function.

use super::call::Call;
use super::cookies::Cookies;
use super::fields::Fields;
use super::language::Language;
use super::refusal::Refusal;
use super::route::{PageRoute, Verb, Verdict};
use super::table::pages;
use super::viewer::{Browser, Viewer};
use super::{address, answer, cookies, origin};
use crate::api::{App, let_it_end};
use crate::identity;
use crate::identity::Secret;
use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What every answer of the system says about how it may be used.
///
/// `Referrer-Policy` is not `no-referrer`, because browsers then send `Origin: null` with our own forms.
pub(crate) const HEADERS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The router of all pages.
pub(crate) fn router(app: &Arc<App>) -> Router {
    let mut paths: BTreeMap<&str, MethodRouter> = BTreeMap::new();
    for route in pages() {
        let app = Arc::clone(app);
        let answering = move |path: RawPathParams, request: Request| answer(route, app, path, request);
        let known = paths.remove(route.path).unwrap_or_default();
        paths.insert(route.path, known.merge(on(filter(route.verb), answering)));
    }
    paths.into_iter().fold(Router::new(), |router, (path, methods)| {
        let app = Arc::clone(app);
        let other = move |request: Request| refuse(app, request, Refusal::OtherMethod);
        let other = async move |request: Request| with_allow(other(request).await, path);
        router.route(path, methods.fallback(other))
    })
}

/// The page for an address that leads nowhere.
pub(crate) async fn missing(app: Arc<App>, request: Request) -> Response {
    refuse(app, request, Refusal::UnknownPage).await
}

const fn filter(verb: Verb) -> MethodFilter {
    match verb {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
    }
}

async fn refuse(app: Arc<App>, request: Request, refusal: Refusal) -> Response {
    let (parts, body) = request.into_parts();
    let_it_end(&app, &parts.headers, body).await;
    match seen(&app, &parts, true).await {
        Ok(viewer) => refusal.page(&viewer),
        Err(refusal) => refusal.without_page(),
    }
}

fn with_allow(mut response: Response, path: &str) -> Response {
    let verbs = pages().filter(|route| route.path == path).map(|route| match route.verb {
        Verb::Get => "GET, HEAD",
        Verb::Post => "POST",
    });
    let allowed = verbs.collect::<Vec<_>>().join(", ");
    response.headers_mut().extend(allowed.parse().ok().map(|allowed| (header::ALLOW, allowed)));
    response
}

async fn answer(route: &'static PageRoute, app: Arc<App>, path: RawPathParams, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let viewer = match seen(&app, &parts, route.needs.without_session()).await {
        Ok(viewer) => viewer,
        Err(refusal) => {
            tracing::debug!(?refusal, "a request came when nobody could be recognised");
            return refusal.without_page();
        }
    };
    let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answered = match admitted(route, app, viewer.clone(), path, (&parts, body)).await {
        Ok(call) => (route.run)(call).await,
        Err(refusal) => Err(refusal),
    };
    remembered(answered.unwrap_or_else(|refusal| refusal.page(&viewer)), &viewer)
}

/// Who looks. A session that has ended is none.
async fn seen(app: &App, parts: &Parts, without_session: bool) -> Result<Viewer, Refusal> {
    let cookies = Cookies::read(&parts.headers);
    let mut viewer = Viewer::read(parts, &cookies, without_session)?;
    if let Some(secret) = cookies.one(cookies::SESSION).and_then(Secret::parse) {
        viewer.person = identity::signed_in(&app.store, &secret).await?;
        viewer.session = viewer.person.is_some().then_some(secret);
    }
    Ok(viewer)
}

/// The call, if the reader may make it: the one place where this is decided.
async fn admitted(
    route: &PageRoute,
    app: Arc<App>,
    viewer: Viewer,
    path: Vec<(String, String)>,
    (parts, body): (&Parts, Body),
) -> Result<Call, Refusal> {
    let clinic = path.iter().find(|(name, _)| name == "clinic").map(|(_, value)| value.as_str());
    let refused = match route.needs.judge(viewer.person.as_ref(), clinic) {
        Verdict::SignInFirst => Some(Refusal::SignInFirst),
        Verdict::Forbidden => Some(Refusal::Forbidden),
        Verdict::Allowed => {
            (route.verb == Verb::Post && !origin::is_ours(&parts.headers)).then_some(Refusal::OtherSite)
        }
    };
    if let Some(refusal) = refused {
        let_it_end(&app, &parts.headers, body).await;
        return Err(refusal);
    }
    let form = match route.verb {
        Verb::Get => Fields::default(),
        Verb::Post => form(&app, &viewer, parts, body).await?,
    };
    let address = address::of(parts, &app.limits.proxies);
    let query = viewer.query.clone();
    let origin =
        parts.headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or_default().to_owned();
    Ok(Call { app, viewer, origin, address, path, query, form })
}

/// The fields of a form that carries the token of its reader.
async fn form(app: &App, viewer: &Viewer, parts: &Parts, body: Body) -> Result<Fields, Refusal> {
    let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let_it_end(app, &parts.headers, body).await;
        return Err(Refusal::UnreadableForm);
    }
    let reading = axum::body::to_bytes(body, app.limits.body_bytes);
    let read = tokio::time::timeout(app.limits.body_time, reading).await;
    let bytes = read.ok().and_then(Result::ok).ok_or(Refusal::UnreadableForm)?;
    let form = Fields::read(&bytes);
    let right = identity::same_text(form.one("token").unwrap_or_default(), &viewer.form_token());
    if right { Ok(form) } else { Err(Refusal::OldForm) }
}

/// Gives a page its cookies: the browser's where it had none, the language if another one was asked for. Redirects
/// and files get none.
fn remembered(mut response: Response, viewer: &Viewer) -> Response {
    let html =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if !html {
        return response;
    }
    if let Browser::New(secret) = &viewer.browser {
        response = answer::with_cookie(response, cookies::patient(secret.as_str()));
    }
    match viewer.query.one("lang").and_then(Language::of_tag) {
        Some(language) => answer::with_cookie(response, cookies::language(language.tag())),
        None => response,
    }
}
