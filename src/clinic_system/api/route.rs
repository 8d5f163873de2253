//! What a route is: a row of the table.

use super::call::Call;
use super::problem::{Reason, Refusal};
use super::query::Parameter;
use crate::token::Scope;
use axum::http::Method;
use axum::response::Response;
use futures_util::future::BoxFuture;
use schemars::{Schema, SchemaGenerator};

/// What answers a request.
pub(crate) type Run = fn(Call) -> BoxFuture<'static, Result<Response, Refusal>>;
/// The schema of a body.
pub(crate) type Body = fn(&mut SchemaGenerator) -> Schema;

/// One route of the system: everything that the router and the OpenAPI document know of it.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub(crate) method: Verb,
    pub(crate) path: &'static str,
    pub(crate) scope: Option<Scope>,
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) query: &'static [Parameter],
    pub(crate) body: Option<Body>,
    pub(crate) answers: &'static [Answer],
    /// What it refuses beyond what every route of its kind does.
    pub(crate) refuses: &'static [Reason],
    pub(crate) run: Run,
}

/// The methods that routes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

/// One way in which a route succeeds.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) says: &'static str,
    /// Whether it carries the clinic's revision.
    pub(crate) etag: bool,
    /// The media type and the schema; absent if there is no body.
    pub(crate) body: Option<(&'static str, Body)>,
}

impl Route {
    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self.method {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Put => Method::PUT,
            Verb::Delete => Method::DELETE,
        }
    }

    /// The path, with its parameters in braces.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The scope that a token needs; `None` if no token is needed.
    #[must_use]
    pub const fn scope(&self) -> Option<Scope> {
        self.scope
    }

    /// Whether it changes a clinic's settings, and so needs the revision that the change is based on. What is posted
    /// changes nothing that is there already: it is added.
    pub(crate) const fn needs_revision(&self) -> bool {
        matches!(self.method, Verb::Put | Verb::Delete)
    }

    /// Whether it adds something, and so takes a key that makes doing it twice harmless.
    pub(crate) const fn adds(&self) -> bool {
        matches!(self.method, Verb::Post)
    }

    /// The names of the parameters of its path.
    pub(crate) fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')))
    }

    /// Everything that it refuses, each reason once.
    pub(crate) fn refusals(&self) -> Vec<Reason> {
        let mut all = vec![Reason::MalformedPath, Reason::MalformedQuery, Reason::Internal, Reason::Unavailable];
        all.extend(self.refuses);
        if self.scope.is_some() {
            all.extend([Reason::Unauthenticated, Reason::MissingScope]);
        }
        if self.path_parameters().any(|name| name == "clinic") {
            all.push(Reason::UnknownClinic);
        }
        if self.path_parameters().any(|name| name == "conversation") {
            all.push(Reason::UnknownConversation);
        }
        if self.adds() {
            all.extend([Reason::MalformedHeader, Reason::KeyReused, Reason::NotAllowed]);
        }
        if self.needs_revision() {
            all.extend([Reason::MalformedHeader, Reason::PreconditionRequired, Reason::RevisionMismatch]);
        }
        if self.body.is_some() {
            all.extend([Reason::MalformedJson, Reason::BodyTooSlow, Reason::BodyTooLarge]);
            all.extend([Reason::UnsupportedMediaType, Reason::InvalidBody]);
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}
