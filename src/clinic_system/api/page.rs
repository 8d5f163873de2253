//! Pages of lists. A cursor says which list it belongs to and the last key that was given; what is added or removed
//! between two pages moves nothing else.

use super::problem::Refusal;
use super::query::{Query, malformed};
use crate::hex;
use clinic_wire::Page;

const LIMIT_DEFAULT: usize = 100;
const LIMIT_MAX: usize = 500;

/// Which part of a list is asked for.
#[derive(Debug)]
pub(crate) struct Asked {
    list: &'static str,
    limit: usize,
    /// The last key of the page before; `None` for the first page.
    pub(crate) after: Option<String>,
}

impl Asked {
    /// Reads `limit` and `cursor`.
    pub(crate) fn read(query: &Query, list: &'static str) -> Result<Self, Refusal> {
        let limit = query.one("limit").map_or(Ok(LIMIT_DEFAULT), limit)?;
        let after = query.one("cursor").map(|cursor| key(cursor, list)).transpose()?;
        Ok(Self { list, limit, after })
    }

    /// How many rows to read: one more than asked for, to learn whether there is another page.
    pub(crate) fn rows(&self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    /// The page of these rows, of which `key` names each.
    pub(crate) fn page<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> String) -> Page<T> {
        let more = items.len() > self.limit;
        items.truncate(self.limit);
        let last = items.last().filter(|_| more).map(key);
        Page { items, next_cursor: last.map(|key| hex::encode(format!("{}:{key}", self.list).as_bytes())) }
    }
}

fn limit(text: &str) -> Result<usize, Refusal> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let limit = text.parse().ok().filter(|limit| plain && (1..=LIMIT_MAX).contains(limit));
    limit.ok_or_else(|| malformed(format!("`limit` is a number from 1 to {LIMIT_MAX}")))
}

fn key(cursor: &str, list: &str) -> Result<String, Refusal> {
    let text = hex::decode(cursor).and_then(|bytes| String::from_utf8(bytes).ok());
    let key = text.as_deref().and_then(|text| text.strip_prefix(list)).and_then(|rest| rest.strip_prefix(':'));
    // No key has one, and PostgreSQL keeps no NUL in a text.
    let key = key.filter(|key| !key.contains(char::is_control));
    key.map(str::to_owned).ok_or_else(|| malformed("`cursor` is not one that this list has given"))
}
