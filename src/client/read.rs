//! One GET, and why it gave nothing to work with.

use super::Client;
use super::decode::decode;
use super::exchange::{Answer, ExchangeError, Repeat};
use super::refusal::{Said, said};
use super::retry::Tries;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use url::Url;

/// Why reading one URL gave nothing to work with.
#[derive(Debug)]
pub enum ReadError {
    /// No whole answer.
    Exchange(ExchangeError),
    /// 401.
    Unauthenticated,
    /// 403.
    Forbidden,
    /// 404.
    Missing,
    /// Any other status than success.
    Status(Said),
    /// A page for people.
    WebPage,
    /// Not of the contract's shape; a sentence.
    Shape(String),
    /// Pages without an end; a sentence. Nothing else that this system sends can be trusted.
    Pages(String),
}

impl From<ExchangeError> for ReadError {
    fn from(error: ExchangeError) -> Self {
        if matches!(error, ExchangeError::TokenRefused) { Self::Unauthenticated } else { Self::Exchange(error) }
    }
}

impl ReadError {
    /// One line for a person.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Exchange(error) => error.sentence(),
            Self::Unauthenticated => "the system does not accept the token".to_owned(),
            Self::Forbidden => "the token may not read this".to_owned(),
            Self::Missing => "the system does not know it".to_owned(),
            Self::Status(said) => said.to_string(),
            Self::WebPage => "the system answered with a web page".to_owned(),
            Self::Pages(wrong) => wrong.clone(),
            Self::Shape(wrong) => format!("the answer does not have the agreed shape: {wrong}"),
        }
    }
}

impl Client {
    /// Reads a JSON document of at most `left` bytes, and takes its length off `left`.
    pub(super) async fn get<T: DeserializeOwned>(&self, url: Url, left: &mut usize) -> Result<T, ReadError> {
        let answer = self.exchange(self.http.get(url), *left, Repeat::Read, &mut Tries::default()).await?;
        *left = left.saturating_sub(answer.body.len());
        let mut read = document(&answer);
        if let Err(ReadError::Shape(wrong)) = &mut read {
            // The message names the values that are wrong.
            *wrong = self.redacted(wrong);
        }
        read
    }
}

/// The JSON document of an answer.
///
/// # Errors
/// [`ReadError`] if the answer is none of success or has another shape.
pub fn document<T: DeserializeOwned>(answer: &Answer) -> Result<T, ReadError> {
    check_status(answer)?;
    if answer.is_web_page() {
        return Err(ReadError::WebPage);
    }
    decode(&answer.body).map_err(ReadError::Shape)
}

fn check_status(answer: &Answer) -> Result<(), ReadError> {
    match answer.status {
        StatusCode::OK => Ok(()),
        StatusCode::UNAUTHORIZED => Err(ReadError::Unauthenticated),
        StatusCode::FORBIDDEN => Err(ReadError::Forbidden),
        StatusCode::NOT_FOUND => Err(ReadError::Missing),
        _ => Err(ReadError::Status(said(answer))),
    }
}
