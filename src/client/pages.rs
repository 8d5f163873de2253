//! Lists of the contract, page by page.

use super::Client;
use super::read::ReadError;
use clinic_wire::Page;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::marker::PhantomData;
use url::Url;

/// The largest page that the contract allows.
pub(super) const LARGEST: usize = 500;

/// A list that is being read.
pub(super) struct Pages<'a, T> {
    list: Url,
    name: &'a str,
    cursors: BTreeSet<String>,
    next: Next,
    items: PhantomData<T>,
}

/// What is read next.
enum Next {
    First,
    At(String),
    End,
}

impl<'a, T: DeserializeOwned> Pages<'a, T> {
    /// The list at this address, in pages of at most `limit` items; `name` is what messages call it.
    pub(super) fn of(mut list: Url, name: &'a str, limit: usize) -> Self {
        list.query_pairs_mut().append_pair("limit", &limit.to_string());
        Self { list, name, cursors: BTreeSet::new(), next: Next::First, items: PhantomData }
    }

    /// The next page; `None` behind the last one. `left` bounds the bytes of all pages together, so that even pages
    /// without end come to one.
    pub(super) async fn next(&mut self, client: &Client, left: &mut usize) -> Result<Option<Vec<T>>, ReadError> {
        let mut url = self.list.clone();
        match &self.next {
            Next::End => return Ok(None),
            Next::First => {}
            Next::At(cursor) => drop(url.query_pairs_mut().append_pair("cursor", cursor)),
        }
        let Page { items, next_cursor } = client.get::<Page<T>>(url, left).await?;
        self.next = match next_cursor {
            None => Next::End,
            Some(_) if items.is_empty() => {
                return Err(ReadError::Pages(format!("a page of `{}` is empty and names a next one", self.name)));
            }
            Some(cursor) if let Some(host) = client.elsewhere(&cursor) => {
                return Err(ReadError::Pages(format!("a page of `{}` names a next one at `{host}`", self.name)));
            }
            Some(cursor) if !self.cursors.insert(cursor.clone()) => {
                return Err(ReadError::Pages(format!("the pages of `{}` lead in a circle", self.name)));
            }
            Some(cursor) => Next::At(cursor),
        };
        Ok(Some(items))
    }
}

impl Client {
    /// Reads all pages of a list.
    pub(super) async fn pages<T: DeserializeOwned>(
        &self,
        list: Url,
        name: &str,
        left: &mut usize,
    ) -> Result<Vec<T>, ReadError> {
        let mut pages = Pages::of(list, name, LARGEST);
        let mut items = Vec::new();
        while let Some(page) = pages.next(self, left).await? {
            items.extend(page);
        }
        Ok(items)
    }

    /// The host of a cursor that is a whole address, if that is not the system's. A cursor may be any text, and no
    /// address is ever followed; but a system that sends its readers to another one is not the one that was configured.
    fn elsewhere(&self, cursor: &str) -> Option<String> {
        let url = Url::parse(cursor).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        (url.origin() != self.url([]).origin()).then(|| url.host_str().unwrap_or_default().to_owned())
    }
}
