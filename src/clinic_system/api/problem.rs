//! Refusals: one table of reasons, each with its status and the sentence that never changes.

use crate::conversations::Forbidden;
use crate::store::{StoreError, Trouble, WriteFailure};
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use clinic_wire::{FieldProblem, PROBLEM_JSON, Problem};
use serde_json::Value;

/// The most field problems in one answer: a body of a megabyte can have a hundred thousand, and nobody reads them.
const MOST_ERRORS: usize = 100;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    MalformedPath,
    MalformedQuery,
    MalformedHeader,
    MalformedJson,
    Unauthenticated,
    MissingScope,
    NotAllowed,
    UnknownRoute,
    UnknownClinic,
    UnknownButton,
    UnknownConversation,
    MethodNotAllowed,
    BodyTooSlow,
    KeyReused,
    ConversationFull,
    RevisionMismatch,
    BodyTooLarge,
    UnsupportedMediaType,
    InvalidBody,
    PreconditionRequired,
    Internal,
    Unavailable,
}

impl Reason {
    /// The stable slug, the status, and the sentence.
    pub(crate) const fn row(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::MalformedPath => ("malformed-path", 400, "The path cannot be read"),
            Self::MalformedQuery => ("malformed-query", 400, "The query cannot be read"),
            Self::MalformedHeader => ("malformed-header", 400, "A header cannot be read"),
            Self::MalformedJson => ("malformed-json", 400, "The body is no JSON document"),
            Self::Unauthenticated => ("unauthenticated", 401, "A valid token is needed"),
            Self::MissingScope => ("missing-scope", 403, "The token does not allow this"),
            Self::NotAllowed => ("not-allowed", 403, "The clinic does not allow this"),
            Self::UnknownRoute => ("unknown-route", 404, "There is nothing at this path"),
            Self::UnknownClinic => ("unknown-clinic", 404, "There is no such clinic"),
            Self::UnknownButton => ("unknown-button", 404, "The clinic has no such button"),
            Self::UnknownConversation => ("unknown-conversation", 404, "The clinic has no such conversation"),
            Self::MethodNotAllowed => ("method-not-allowed", 405, "This path does not answer to this method"),
            Self::BodyTooSlow => ("body-too-slow", 408, "The body did not arrive in time"),
            Self::KeyReused => ("key-reused", 409, "The key was used for something else"),
            Self::ConversationFull => ("conversation-full", 409, "The conversation takes no more messages"),
            Self::RevisionMismatch => ("revision-mismatch", 412, "The clinic has changed"),
            Self::BodyTooLarge => ("body-too-large", 413, "The body is too large"),
            Self::UnsupportedMediaType => ("unsupported-media-type", 415, "The body must be JSON"),
            Self::InvalidBody => ("invalid-body", 422, "The body says something that cannot be"),
            Self::PreconditionRequired => ("precondition-required", 428, "A write needs the revision it is based on"),
            Self::Internal => ("internal", 500, "The system failed"),
            Self::Unavailable => ("unavailable", 503, "The system cannot do this now; try again"),
        }
    }

    /// The header that always comes with this refusal.
    pub(crate) fn header(self) -> Option<&'static str> {
        let with = [
            (Self::Unauthenticated, "WWW-Authenticate"),
            (Self::MissingScope, "WWW-Authenticate"),
            (Self::MethodNotAllowed, "Allow"),
            (Self::RevisionMismatch, "ETag"),
            (Self::Unavailable, "Retry-After"),
        ];
        with.into_iter().find(|(reason, _)| *reason == self).map(|(_, header)| header)
    }

    fn status(self) -> StatusCode {
        StatusCode::from_u16(self.row().1).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// A refusal on its way out.
#[derive(Debug)]
pub(crate) struct Refusal {
    reason: Reason,
    detail: String,
    errors: Vec<FieldProblem>,
    current: Option<Box<Value>>,
    forbidden: Option<Box<Forbidden>>,
    headers: Vec<(HeaderName, String)>,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into(), errors: Vec::new(), current: None, forbidden: None, headers: Vec::new() }
    }

    /// A body that says what cannot be.
    pub(crate) fn fields(mut errors: Vec<FieldProblem>) -> Self {
        let count = errors.len();
        errors.truncate(MOST_ERRORS);
        let detail = match count {
            1 => "one thing in the body is wrong".to_owned(),
            0..=MOST_ERRORS => format!("{count} things in the body are wrong"),
            _ => format!("{count} things in the body are wrong; the first {MOST_ERRORS} are listed"),
        };
        Self { errors, ..Self::new(Reason::InvalidBody, detail) }
    }

    /// A write on a revision that is no more, with the clinic as it is.
    pub(crate) fn stale(revision: u64, current: Value) -> Self {
        let detail = format!("the clinic is at revision {revision}");
        let refusal = Self { current: Some(Box::new(current)), ..Self::new(Reason::RevisionMismatch, detail) };
        refusal.with(header::ETAG, format!("\"{revision}\""))
    }

    /// What the settings or the directory of a clinic do not allow.
    pub(crate) fn not_allowed(forbidden: Forbidden) -> Self {
        let refusal = Self::new(Reason::NotAllowed, forbidden.detail());
        Self { forbidden: Some(Box::new(forbidden)), ..refusal }
    }

    pub(crate) fn unknown_clinic(clinic: &str) -> Self {
        Self::new(Reason::UnknownClinic, format!("no clinic has the key `{clinic}`"))
    }

    /// Somewhere else, or in a moment, the same may be answered.
    pub(super) fn busy(detail: &str) -> Self {
        Self::come_back(detail, Trouble::Busy)
    }

    /// What the database cannot do now.
    pub(super) fn unable(trouble: Trouble) -> Self {
        Self::come_back(trouble.says(), trouble)
    }

    fn come_back(detail: impl Into<String>, trouble: Trouble) -> Self {
        let refusal = Self::new(Reason::Unavailable, detail);
        refusal.with(header::RETRY_AFTER, trouble.come_back().as_secs().to_string())
    }

    /// With one more header.
    pub(crate) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if let Some(trouble) = error.trouble() {
            return Self::unable(trouble);
        }
        tracing::error!(error = &error as &dyn std::error::Error, "a read failed");
        WriteFailure::Failed.into()
    }
}

impl From<WriteFailure> for Refusal {
    fn from(failure: WriteFailure) -> Self {
        match failure {
            WriteFailure::Now(trouble) => Self::come_back(format!("{}; nothing was written", trouble.says()), trouble),
            WriteFailure::Unknown => {
                let detail = "nobody knows whether it was written: read it again, and compare. The cause stands in the \
                              system's own log";
                Self::new(Reason::Internal, detail)
            }
            WriteFailure::Failed => Self::new(Reason::Internal, "the cause stands in the system's own log"),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self { reason, detail, errors, current, forbidden, headers } = self;
        let (kind, status, title) = reason.row();
        let problem = Problem {
            kind: kind.to_owned(),
            title: title.to_owned(),
            status: Some(status),
            detail: Some(detail),
            errors,
            current: current.map(|current| *current),
            reason: forbidden.as_ref().map(|forbidden| forbidden.why.slug().to_owned()),
            setting: forbidden.as_ref().and_then(|forbidden| forbidden.why.setting()),
            clinic: forbidden.map(|forbidden| forbidden.clinic),
        };
        let mut response = (reason.status(), Json(problem)).into_response();
        let into = response.headers_mut();
        into.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        for (name, value) in headers {
            into.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
        }
        response
    }
}
