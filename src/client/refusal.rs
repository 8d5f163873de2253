//! Responses other than success, and what they mean.

use super::exchange::{Answer, header};
use super::retry_after;
use super::retry_after::{ComeBack, spelled};
use crate::domain::Revision;
use crate::execute::PerformError;
use clinic_wire::Problem;
use reqwest::StatusCode;
use reqwest::header::{ETAG, HeaderMap, LOCATION};
use std::fmt;

/// A status other than success, with whatever the system says about it. Texts are raw: rendering escapes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub(super) status: StatusCode,
    pub(super) detail: Option<String>,
    pub(super) location: Option<String>,
    /// When the system wants to be asked again.
    come_back: Option<ComeBack>,
    /// How often it was asked.
    tries: u32,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the system answered {}", self.status.as_u16())?;
        if let Some(detail) = &self.detail {
            write!(f, ": {detail}")?;
        }
        if let Some(location) = &self.location {
            write!(f, ", a redirect to `{location}`, which is never followed")?;
        }
        match &self.come_back {
            Some(ComeBack::In(time)) => write!(f, "; it asks to come back in {}", spelled(*time))?,
            Some(ComeBack::At(_, date)) => write!(f, "; it asks to come back at `{date}`")?,
            None => {}
        }
        if self.tries > 1 { write!(f, "; tried {} times", self.tries) } else { Ok(()) }
    }
}

/// What `answer` says about a request that was not done.
pub(super) fn said(answer: &Answer) -> Said {
    let problem = problem(answer);
    let detail = problem.and_then(|problem| problem.detail.or((!problem.title.is_empty()).then_some(problem.title)));
    Said { detail, ..said_by_head(answer.status, &answer.headers, answer.tries) }
}

/// The same from the head of an answer alone, after so many tries.
pub(super) fn said_by_head(status: StatusCode, headers: &HeaderMap, tries: u32) -> Said {
    let text = |name| header(headers, name).map(str::to_owned);
    let location = status.is_redirection().then(|| text(&LOCATION).map(|to| without_query(&to))).flatten();
    Said { status, detail: None, location, come_back: retry_after::come_back(headers), tries }
}

/// Login portals put one-time secrets into the query.
fn without_query(location: &str) -> String {
    location.split(['?', '#']).next().unwrap_or_default().to_owned()
}

fn problem(answer: &Answer) -> Option<Problem> {
    serde_json::from_slice(&answer.body).ok()
}

/// What an answer other than success means for a write.
pub(super) fn refusal(answer: &Answer, deletes: bool) -> PerformError {
    match answer.status {
        StatusCode::UNAUTHORIZED => PerformError::Unauthenticated,
        StatusCode::FORBIDDEN => PerformError::Forbidden,
        StatusCode::NOT_FOUND if deletes => PerformError::Gone,
        StatusCode::NOT_FOUND => PerformError::Missing,
        StatusCode::PRECONDITION_FAILED => PerformError::Conflict { current: current(answer) },
        StatusCode::UNPROCESSABLE_ENTITY => refused(answer),
        // The system, or a gateway before it, may have failed after the write was done. That goes for 503 too: it
        // should mean that the request was not taken, and gateways send it when they no longer know.
        status if status.is_server_error() => PerformError::Unknown(said(answer).to_string()),
        _ => PerformError::Failed(said(answer).to_string()),
    }
}

fn refused(answer: &Answer) -> PerformError {
    let Some(problem) = problem(answer) else {
        return PerformError::Refused { detail: said(answer).to_string(), fields: Vec::new() };
    };
    let fields = problem.errors.into_iter().map(|field| (field.pointer, field.detail)).collect();
    PerformError::Refused { detail: problem.detail.unwrap_or(problem.title), fields }
}

/// The revision that the clinic is at: in the problem's `current`, in the body itself, or in the `ETag`.
fn current(answer: &Answer) -> Option<Revision> {
    let body: Option<serde_json::Value> = serde_json::from_slice(&answer.body).ok();
    let at = |pointer| body.as_ref().and_then(|body| body.pointer(pointer)).and_then(serde_json::Value::as_u64);
    at("/current/revision").or_else(|| at("/revision")).map(Revision).or_else(|| etag(answer))
}

/// The revision in a strong, quoted `ETag`, if it is spelled as `If-Match` will spell it: a system may compare texts.
#[must_use]
pub fn etag(answer: &Answer) -> Option<Revision> {
    let quoted = answer.header(&ETAG)?.strip_prefix('"')?.strip_suffix('"')?;
    quoted.parse().ok().map(Revision).filter(|revision| revision.to_string() == quoted)
}
