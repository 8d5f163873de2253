//! The part of an address after the question mark: strict, because a mistyped parameter that is ignored gives an
//! answer to another question.

use super::problem::{Reason, Refusal};
use percent_encoding::percent_decode_str;

/// A parameter that a route knows.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) repeatable: bool,
    /// What it takes, as JSON Schema.
    pub(crate) schema: &'static str,
    pub(crate) says: &'static str,
}

/// The parameters of one request.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query, of which only `known` parameters may be used, each once unless it is repeatable.
    pub(crate) fn read(text: &str, known: &[Parameter]) -> Result<Self, Refusal> {
        let mut query = Self::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            let parameter =
                known.iter().find(|parameter| parameter.name == name).ok_or_else(|| unknown(&name, known))?;
            if !parameter.repeatable && query.one(&name).is_some() {
                return Err(malformed(format!("`{name}` stands twice")));
            }
            query.0.push((name, value));
        }
        let missing = known.iter().find(|parameter| parameter.required && query.one(parameter.name).is_none());
        missing.map_or(Ok(query), |parameter| Err(malformed(format!("`{}` is missing", parameter.name))))
    }

    /// The value of a parameter.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of a repeatable parameter.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A query that cannot be read, and why.
pub(crate) fn malformed(detail: impl Into<String>) -> Refusal {
    Refusal::new(Reason::MalformedQuery, detail)
}

fn unknown(name: &str, known: &[Parameter]) -> Refusal {
    let names: Vec<String> = known.iter().map(|parameter| format!("`{}`", parameter.name)).collect();
    let expected = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    malformed(format!("`{name}` is no parameter of this path; expected {expected}"))
}

fn decode(text: &str) -> Result<String, Refusal> {
    if !well_encoded(text) {
        return Err(malformed(format!("`{text}` is not percent-encoded UTF-8")));
    }
    Ok(percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned())
}

/// Whether every `%` begins a byte and the bytes are UTF-8.
pub(crate) fn well_encoded(text: &str) -> bool {
    let digits = |rest: &str| rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    text.split('%').skip(1).all(digits) && percent_decode_str(text).decode_utf8().is_ok()
}
