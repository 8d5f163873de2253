//! One request and its answer, within the limits of time and size.

use super::events::WaitReason;
use super::gate::Verdict;
use super::redact::redact;
use super::retry::Tries;
use super::retry_after::spelled;
use super::tls::TlsTrouble;
use super::{Client, retry_after};
use reqwest::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Body, Request, RequestBuilder, Response, StatusCode};
use std::error::Error;
use std::time::Duration;

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// How often the request was sent.
    pub tries: u32,
}

/// What may be sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// A read: whenever it gave nothing.
    Read,
    /// A write: only what was certainly not carried out.
    Write,
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
    /// Not sent: the system has refused the token.
    #[error("the system does not accept the token")]
    TokenRefused,
    /// Not sent: the system wants to be left alone for longer than the request may wait.
    #[error("nothing was sent, since the system asks to come back in {}", spelled(*.0))]
    Later(Duration),
    /// Not sent, or certainly not carried out and not sent again: the run was asked to stop; why.
    #[error("nothing was sent: {0}")]
    Interrupted(String),
}

impl ExchangeError {
    /// Whether the system may have received the request.
    pub(super) fn may_have_arrived(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Tls(_) | Self::TokenRefused | Self::Later(_) | Self::Interrupted(_) => false,
            Self::NoAnswer(_) | Self::SlowAnswer(_) | Self::Broken(_) | Self::TooLong(_) | Self::Compressed => true,
        }
    }

    /// What a failure says about trying again.
    pub(super) fn verdict(&self, repeat: Repeat) -> Verdict {
        let again = match self {
            Self::Unreachable(_) => Some(WaitReason::NoConnection),
            Self::NoAnswer(_) | Self::SlowAnswer(_) | Self::Broken(_) if repeat == Repeat::Read => {
                Some(WaitReason::NoAnswer)
            }
            Self::NoAnswer(_) | Self::SlowAnswer(_) | Self::Broken(_) => None,
            Self::Tls(_)
            | Self::TooLong(_)
            | Self::Compressed
            | Self::TokenRefused
            | Self::Later(_)
            | Self::Interrupted(_) => None,
        };
        Verdict::Trouble(again)
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
        if TlsTrouble::of(&error).is_some() { Self::Tls(error) } else { Self::Unreachable(error) }
    }
}

impl Client {
    /// Sends a request and reads at most `most` bytes of answer, again and again where that may help. `tries` go on
    /// where they were: a write may have been sent before.
    pub(super) async fn exchange(
        &self,
        request: RequestBuilder,
        most: usize,
        repeat: Repeat,
        tries: &mut Tries,
    ) -> Result<Answer, ExchangeError> {
        let request = self.authorized(request)?;
        loop {
            let permit = self.gate.enter(tries).await?;
            let tried = self.exchange_once(copy(&request), most).await;
            let verdict = match &tried {
                Ok(answer) => self.verdict(answer.status, &answer.headers, repeat),
                Err(error) => error.verdict(repeat),
            };
            if self.gate.again(permit, verdict, tries).await {
                continue;
            }
            return match self.gate.interrupted().filter(|_| repeat == Repeat::Write && verdict.may_be_tried_again()) {
                // Certainly not carried out, and only the end of the run keeps it from being sent once more.
                Some(reason) => Err(ExchangeError::Interrupted(reason)),
                None => tried.map(|answer| Answer { tries: tries.made(), ..answer }),
            };
        }
    }

    /// Sends a read and waits for the head of the answer, again and again where that may help. `tries` are those of the
    /// whole read, which may go on after the head.
    pub(super) async fn head(&self, request: RequestBuilder, tries: &mut Tries) -> Result<Response, ExchangeError> {
        let request = self.authorized(request)?;
        loop {
            let permit = self.gate.enter(tries).await?;
            let tried = self.head_once(copy(&request)).await;
            let verdict = match &tried {
                Ok(response) => self.verdict(response.status(), response.headers(), Repeat::Read),
                Err(error) => error.verdict(Repeat::Read),
            };
            if !self.gate.again(permit, verdict, tries).await {
                return tried;
            }
        }
    }

    fn authorized(&self, request: RequestBuilder) -> Result<Request, ExchangeError> {
        request.header(AUTHORIZATION, self.authorization.clone()).build().map_err(ExchangeError::sending)
    }

    /// What a status says about trying again.
    fn verdict(&self, status: StatusCode, headers: &HeaderMap, repeat: Repeat) -> Verdict {
        let asked = || self.asked(headers);
        let why = |asked: Option<_>| {
            asked.map_or(WaitReason::Status(status.as_u16()), |_| WaitReason::Asked(status.as_u16()))
        };
        match (status, repeat) {
            (StatusCode::UNAUTHORIZED, _) => Verdict::TokenRefused,
            (StatusCode::TOO_MANY_REQUESTS, _) | (StatusCode::SERVICE_UNAVAILABLE, Repeat::Read) => {
                let asked = asked();
                Verdict::TooMuch { asked, again: Some(why(asked)) }
            }
            // The outcome of the write is unknown. The next request waits.
            (StatusCode::SERVICE_UNAVAILABLE, Repeat::Write) => Verdict::TooMuch { asked: asked(), again: None },
            (StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT, Repeat::Read) => Verdict::Trouble(Some(why(None))),
            _ => Verdict::Over,
        }
    }

    /// How long the system asks to be left alone.
    pub(super) fn asked(&self, headers: &HeaderMap) -> Option<Duration> {
        retry_after::asked(headers, self.gate.clock().now())
    }

    async fn exchange_once(&self, request: Request, most: usize) -> Result<Answer, ExchangeError> {
        let response = self.head_once(request).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let whole = self.limits.whole;
        let body = tokio::time::timeout(whole, read_body(response, most)).await;
        let mut body = body.map_err(|_| ExchangeError::SlowAnswer(whole))??;
        if !status.is_success() {
            self.hide_token(&mut body);
        }
        Ok(Answer { status, headers, body, tries: 1 })
    }

    async fn head_once(&self, request: Request) -> Result<Response, ExchangeError> {
        let asked = format!("{} {}", request.method(), request.url().path());
        tracing::debug!("asks {asked}");
        let first_byte = self.limits.first_byte;
        let response = tokio::time::timeout(first_byte, self.http.execute(request)).await;
        let mut response =
            response.map_err(|_| ExchangeError::NoAnswer(first_byte))?.map_err(ExchangeError::sending)?;
        tracing::debug!("{asked} is answered with {}", response.status().as_u16());
        if header(response.headers(), &CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
            return Err(ExchangeError::Compressed);
        }
        self.hide_token_in(response.headers_mut());
        Ok(response)
    }

    /// The headers that are shown to people.
    fn hide_token_in(&self, headers: &mut HeaderMap) {
        for name in [LOCATION, RETRY_AFTER] {
            let Some(value) = headers.get_mut(name) else { continue };
            let mut bytes = value.as_bytes().to_vec();
            self.hide_token(&mut bytes);
            // Visible characters in the place of visible characters.
            *value = HeaderValue::from_bytes(&bytes).unwrap_or_else(|_| HeaderValue::from_static(""));
        }
    }

    /// A text without the token.
    pub(super) fn redacted(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        self.hide_token(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Takes the token out of what is shown to people.
    fn hide_token(&self, text: &mut [u8]) {
        redact(self.authorization.as_bytes().strip_prefix(b"Bearer ").unwrap_or_default(), text);
    }
}

/// The same request once more. Ours have whole bodies, which can be copied.
fn copy(request: &Request) -> Request {
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    *copy.body_mut() = request.body().and_then(Body::as_bytes).map(|bytes| Body::from(bytes.to_vec()));
    copy
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
    /// A header as text, if it is one.
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
