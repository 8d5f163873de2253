//! A request as a route sees it: authorised, its query checked, its body still to come.

use super::app::App;
use super::problem::{Reason, Refusal};
use super::query::Query;
use super::route::Route;
use crate::token::{Caller, Scope};
use crate::{clinic, token};
use axum::body::Body;
use axum::extract::RawPathParams;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use clinic_wire::{CHANGE_REFERENCE, CHANGE_REFERENCE_MAX};
use std::sync::Arc;

/// One request.
pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    /// Who asks; absent on routes that need no token.
    pub(crate) caller: Option<Caller>,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Query,
    /// On what a write is based; absent on reads.
    pub(crate) basis: Option<Basis>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// What a write says about itself in its head.
pub(crate) struct Basis {
    /// The revision that it is based on; `None` stands for a tag that is well-formed and that no clinic can have.
    pub(crate) revision: Option<u64>,
    /// The commit or pull request behind it.
    pub(crate) reference: Option<String>,
}

impl Call {
    /// Checks everything about a request that does not need its body or the state of a clinic.
    pub(crate) async fn read(
        app: Arc<App>,
        route: &Route,
        path: &RawPathParams,
        parts: &Parts,
    ) -> Result<Self, Refusal> {
        let headers = parts.headers.clone();
        let caller = match route.scope {
            None => None,
            Some(scope) => Some(authorised(&app, &headers, scope).await?),
        };
        let query = Query::read(parts.uri.query().unwrap_or_default(), route.query)?;
        let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let basis = route.needs_revision().then(|| Basis::read(&headers)).transpose()?;
        Ok(Self { app, caller, path, query, basis, headers, body: Body::empty() })
    }

    /// The clinic of the path. A text outside the alphabet of keys names no clinic.
    pub(crate) fn clinic(&self) -> Result<String, Refusal> {
        let clinic = self.segment("clinic");
        if clinic::is_slug(clinic) { Ok(clinic.to_owned()) } else { Err(Refusal::unknown_clinic(clinic)) }
    }

    /// The conversation of the path. A text that cannot be a key is no conversation's.
    pub(crate) fn conversation(&self) -> Result<String, Refusal> {
        let conversation = self.segment("conversation");
        let unknown = || Refusal::new(Reason::UnknownConversation, "no conversation has such a key");
        clinic::is_slug(conversation).then(|| conversation.to_owned()).ok_or_else(unknown)
    }

    /// The button of the path.
    pub(crate) fn button(&self) -> Result<String, Refusal> {
        let button = self.segment("button");
        let detail =
            "a button's id has 1 to 63 letters `a` to `z`, digits and hyphens, and does not start with a hyphen";
        clinic::is_slug(button).then(|| button.to_owned()).ok_or_else(|| Refusal::new(Reason::MalformedPath, detail))
    }

    fn segment(&self, name: &str) -> &str {
        self.path.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl Basis {
    fn read(headers: &HeaderMap) -> Result<Self, Refusal> {
        Ok(Self { revision: precondition(headers)?, reference: reference(headers)? })
    }
}

fn precondition(headers: &HeaderMap) -> Result<Option<u64>, Refusal> {
    let missing = || {
        let detail = "say the clinic's `ETag` in `If-Match`, as in `If-Match: \"42\"`";
        Refusal::new(Reason::PreconditionRequired, detail)
    };
    let text = once(headers, &header::IF_MATCH)?.ok_or_else(missing)?;
    let tag = text.trim().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let tag = tag.filter(|tag| !tag.contains('"')).ok_or_else(|| malformed_tag(text))?;
    Ok(tag.parse().ok().filter(|revision: &u64| revision.to_string() == tag))
}

/// An empty reference is none.
fn reference(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let text = once(headers, &HeaderName::from_static(CHANGE_REFERENCE))?.filter(|text| !text.is_empty());
    let Some(text) = text else { return Ok(None) };
    let length = text.len();
    if length > CHANGE_REFERENCE_MAX {
        let detail = format!("`Change-Reference` has {length} bytes, at most {CHANGE_REFERENCE_MAX} are allowed");
        return Err(malformed_header(detail));
    }
    if text.contains(char::is_control) {
        return Err(malformed_header("`Change-Reference` has a control character"));
    }
    Ok(Some(text.to_owned()))
}

/// The text of a header that may stand once.
pub(super) fn once<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(malformed_header(format!("`{name}` stands twice")));
    }
    let text = first.map(|value| std::str::from_utf8(value.as_bytes())).transpose();
    text.map_err(|_| malformed_header(format!("`{name}` is not UTF-8")))
}

fn malformed_header(detail: impl Into<String>) -> Refusal {
    Refusal::new(Reason::MalformedHeader, detail)
}

fn malformed_tag(text: &str) -> Refusal {
    let what = match text.trim() {
        "*" => "`*` would overwrite changes that were never seen",
        weak if weak.starts_with("W/") => "a weak tag cannot stand in `If-Match`",
        list if list.contains(',') => "one tag is enough: a clinic has one revision",
        _ => "a tag stands in double quotes",
    };
    malformed_header(format!("`If-Match` takes the clinic's `ETag`, as in `If-Match: \"42\"`: {what}"))
}

async fn authorised(app: &App, headers: &HeaderMap, scope: Scope) -> Result<Caller, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(unauthenticated("no `Authorization` header was sent", ""));
    };
    let presented = value.to_str().ok().and_then(bearer).and_then(token::present);
    let caller = match presented {
        None => None,
        Some(presented) => app.caller(&presented).await?,
    };
    let caller = caller.ok_or_else(|| unauthenticated("the token is not one that this system accepts", INVALID))?;
    if caller.scopes.contains(&scope) { Ok(caller) } else { Err(missing_scope(&caller, scope)) }
}

const INVALID: &str = ", error=\"invalid_token\"";
const REALM: &str = "Bearer realm=\"clinic-settings\"";

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unauthenticated(detail: &str, error: &str) -> Refusal {
    Refusal::new(Reason::Unauthenticated, detail).with(header::WWW_AUTHENTICATE, format!("{REALM}{error}"))
}

/// A token that is good and does not allow this.
pub(crate) fn missing_scope(caller: &Caller, scope: Scope) -> Refusal {
    let detail = format!("the token `{}` does not have the scope `{scope}`", caller.name);
    let challenge = format!("{REALM}, error=\"insufficient_scope\", scope=\"{scope}\"");
    Refusal::new(Reason::MissingScope, detail).with(header::WWW_AUTHENTICATE, challenge)
}
