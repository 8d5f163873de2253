//! A message of HTTP/1.1, taken out of its framing when it arrives and framed anew when it goes on.

use std::io;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// One request or answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// `PUT /path HTTP/1.1`, or `HTTP/1.1 200 OK`.
    pub(crate) first: String,
    /// The headers in their order, names in lower case, without those that only say how the body is framed.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// How long a body is that says nothing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsaid {
    /// A request: there is none.
    Empty,
    /// An answer: all until the connection ends.
    ToTheEnd,
}

impl Message {
    pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { first: format!("HTTP/1.1 {status} Scripted"), headers, body: body.into() }
    }

    /// A header's text; nothing where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }

    /// The method of a request.
    pub(crate) fn method(&self) -> &str {
        self.word(0)
    }

    /// The path of a request, with its query.
    pub(crate) fn path(&self) -> &str {
        self.word(1)
    }

    /// The status of an answer.
    pub(crate) fn status(&self) -> u16 {
        self.word(1).parse().unwrap_or_default()
    }

    fn word(&self, at: usize) -> &str {
        self.first.split(' ').nth(at).unwrap_or_default()
    }

    /// The revision in `ETag` or `If-Match`, where there is one.
    pub(crate) fn revision(&self, name: &str) -> Option<u64> {
        self.header(name).strip_prefix('"')?.strip_suffix('"')?.parse().ok()
    }

    /// Reads one message; nothing where the connection ends before it begins.
    pub(super) async fn read(from: &mut (impl AsyncBufRead + Unpin), unsaid: Unsaid) -> io::Result<Option<Self>> {
        let mut first = String::new();
        if from.read_line(&mut first).await? == 0 {
            return Ok(None);
        }
        let mut message = Self { first: first.trim_end().to_owned(), headers: Vec::new(), body: Vec::new() };
        loop {
            let mut line = String::new();
            from.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            message.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        message.body = message.body_of(from, unsaid).await?;
        message.headers.retain(|(name, _)| !matches!(name.as_str(), CHUNKED | LENGTH | "connection"));
        Ok(Some(message))
    }

    async fn body_of(&self, from: &mut (impl AsyncBufRead + Unpin), unsaid: Unsaid) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        if self.header(CHUNKED) == "chunked" {
            return dechunked(from).await;
        }
        match (self.header(LENGTH).parse(), unsaid) {
            (Ok(length), _) => {
                body.resize(length, 0);
                from.read_exact(&mut body).await?;
            }
            (Err(_), Unsaid::ToTheEnd) if self.status() != 204 => {
                from.read_to_end(&mut body).await?;
            }
            (Err(_), _) => {}
        }
        Ok(body)
    }

    /// The message as bytes, with its length said, and this further header.
    pub(super) fn bytes(&self, connection: Option<&str>) -> Vec<u8> {
        let mut text = format!("{}\r\n", self.first);
        let length = self.body.len().to_string();
        let framing = [(LENGTH, Some(length.as_str()).filter(|_| self.status() != 204)), ("connection", connection)];
        let framing = framing.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in headers.chain(framing) {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        [text.into_bytes(), self.body.clone()].concat()
    }
}

const CHUNKED: &str = "transfer-encoding";
const LENGTH: &str = "content-length";

async fn dechunked(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        from.read_line(&mut line).await?;
        let length = usize::from_str_radix(line.trim_end(), 16);
        let length = length.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let mut chunk = vec![0; length + 2];
        from.read_exact(&mut chunk).await?;
        body.extend_from_slice(&chunk[..length]);
        if length == 0 {
            return Ok(body);
        }
    }
}
