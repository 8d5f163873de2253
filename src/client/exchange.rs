//! One request and its answer, within the limits of time and size.

use super::Client;
use reqwest::RequestBuilder;
use reqwest::Response;
use reqwest::StatusCode;
use reqwest::header::AUTHORIZATION;
use reqwest::header::CONTENT_ENCODING;
use reqwest::header::CONTENT_TYPE;
use reqwest::header::HeaderMap;
use reqwest::header::HeaderName;
use std::error::Error;
use std::io;
use std::time::Duration;

/// A whole answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Why there is no whole answer. The causes never hold a URL or a header.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// No connection; nothing was sent.
    #[error("no connection to the system")]
    Unreachable(#[source] reqwest::Error),
    /// No secure connection; nothing was sent.
    #[error("no secure connection to the system")]
    Tls(#[source] reqwest::Error),
    /// Sent, and no answer in time.
    #[error("the system did not answer within {0:?}")]
    NoAnswer(Duration),
    /// The answer began and did not end in time.
    #[error("the answer did not end within {0:?}")]
    SlowAnswer(Duration),
    /// The connection ended too early.
    #[error("the connection broke before the answer was complete")]
    Broken(#[source] reqwest::Error),
    /// The answer is longer than a clinic can be.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    /// The answer is compressed.
    #[error("the answer is compressed, which was not asked for")]
    Compressed,
}

impl ExchangeError {
    /// Whether the system may have received the request.
    pub(super) fn may_have_arrived(&self) -> bool {
        !matches!(self, Self::Unreachable(_) | Self::Tls(_))
    }

    /// One line: what failed, and the innermost cause, which is the one that says something to a person.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut cause = self.source();
        while let Some(inner) = cause.and_then(Error::source) {
            cause = Some(inner);
        }
        cause.map_or_else(|| self.to_string(), |cause| format!("{self}: {cause}"))
    }

    fn sending(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if !error.is_connect() && !error.is_builder() {
            return Self::Broken(error);
        }
        if is_tls(&error) { Self::Tls(error) } else { Self::Unreachable(error) }
    }
}

/// Whether a TLS error stands somewhere in the chain of causes. I/O errors hide theirs from the chain.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let hidden = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    error.is::<rustls::Error>() || hidden.is_some_and(|inner| is_tls(inner)) || error.source().is_some_and(is_tls)
}

impl Client {
    /// Sends a request and reads at most `most` bytes of answer.
    pub(super) async fn exchange(&self, request: RequestBuilder, most: usize) -> Result<Answer, ExchangeError> {
        let response = self.head(request).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let whole = self.limits.whole;
        let body = tokio::time::timeout(whole, read_body(response, most)).await;
        let mut body = body.map_err(|_| ExchangeError::SlowAnswer(whole))??;
        if !status.is_success() {
            self.hide_token(&mut body);
        }
        Ok(Answer { status, headers, body })
    }

    /// Sends a request and waits for the head of the answer.
    pub(super) async fn head(&self, request: RequestBuilder) -> Result<Response, ExchangeError> {
        let request = request.header(AUTHORIZATION, self.authorization.clone()).build();
        let request = request.map_err(ExchangeError::sending)?;
        let asked = format!("{} {}", request.method(), request.url().path());
        tracing::debug!("asks {asked}");
        let first_byte = self.limits.first_byte;
        let response = tokio::time::timeout(first_byte, self.http.execute(request)).await;
        let response = response.map_err(|_| ExchangeError::NoAnswer(first_byte))?.map_err(ExchangeError::sending)?;
        tracing::debug!("{asked} is answered with {}", response.status().as_u16());
        if header(response.headers(), &CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
            return Err(ExchangeError::Compressed);
        }
        Ok(response)
    }

    /// Some gateways repeat the request in their refusal, and what a refusal says is shown to people.
    fn hide_token(&self, body: &mut [u8]) {
        let token = self.authorization.as_bytes().strip_prefix(b"Bearer ").unwrap_or_default();
        let here = |at: &usize| body[*at..].starts_with(token);
        let places: Vec<_> = (0..body.len()).filter(here).collect();
        for at in places {
            body[at..at + token.len()].fill(b'*');
        }
    }
}

async fn read_body(mut response: Response, most: usize) -> Result<Vec<u8>, ExchangeError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > most {
            return Err(ExchangeError::TooLong(most));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

pub(super) fn broken(error: reqwest::Error) -> ExchangeError {
    ExchangeError::Broken(error.without_url())
}

impl Answer {
    /// A header as text, where it is one.
    pub(super) fn header(&self, name: &HeaderName) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Whether the body is a page for people: what a login portal or a gateway answers in the system's place.
    pub(super) fn is_web_page(&self) -> bool {
        is_html(&self.headers) || self.body.trim_ascii_start().starts_with(b"<")
    }
}

pub(super) fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

pub(super) fn is_html(headers: &HeaderMap) -> bool {
    header(headers, &CONTENT_TYPE).is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"))
}
