//! The snapshot: every clinic a line, taken as it comes.

use super::exchange::{ExchangeError, broken, is_html};
use super::read::ReadError;
use super::refusal::said_by_head;
use super::retry::Tries;
use super::{Client, ObserveError};
use crate::domain::ClinicId;
use reqwest::{Response, StatusCode};
use std::io::BufRead;
use url::Url;

/// Bytes of lines that are handed on together: enough to keep all cores busy for some milliseconds, little beside what
/// a run may hold.
const BATCH: usize = 2 * 1024 * 1024;

/// A longer query is not sent, and every clinic is read instead: many servers refuse request lines beyond 8 KiB.
const LONGEST_QUERY: usize = 4096;

/// More clinics than any country has. What goes on longer than that goes on for ever.
const MOST_LINES: usize = 1_000_000;

/// A snapshot that is being read.
pub(super) struct Snapshot {
    response: Response,
    lines: Lines,
    taken: usize,
    /// Why there will be no more lines than those that are there.
    broken: Option<ExchangeError>,
}

/// Lines of at most `longest` bytes, cut out of chunks as they come.
struct Lines {
    whole: Vec<Vec<u8>>,
    bytes: usize,
    begun: Vec<u8>,
    longest: usize,
}

/// Some lines of a snapshot.
pub(super) struct Batch {
    /// The number of the first one, from 1.
    pub(super) first: usize,
    /// The lines.
    pub(super) lines: Vec<Vec<u8>>,
}

impl Client {
    /// Asks for the snapshot of these clinics. `None` if the system does not give it after all, so that single
    /// clinics have to be read, which also shows which clinics the token may read.
    /// `tries` are those of the whole reading.
    pub(super) async fn snapshot(
        &self,
        wanted: &[ClinicId],
        tries: &mut Tries,
    ) -> Result<Option<Snapshot>, ObserveError> {
        let response = self.head(self.http.get(self.snapshot_url(wanted)), tries).await.map_err(ReadError::from)?;
        match response.status() {
            StatusCode::OK if is_html(response.headers()) => Err(ReadError::WebPage.into()),
            StatusCode::OK => Ok(Some(Snapshot::new(response, self.limits.body))),
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => Ok(None),
            StatusCode::UNAUTHORIZED => Err(ObserveError::Unauthenticated),
            status => Err(ReadError::Status(said_by_head(status, response.headers(), tries.made())).into()),
        }
    }

    fn snapshot_url(&self, wanted: &[ClinicId]) -> Url {
        let mut url = self.url(["snapshot"]);
        url.query_pairs_mut().append_pair("include", "staff");
        let everything = url.clone();
        url.query_pairs_mut().extend_pairs(wanted.iter().map(|clinic| ("clinic", clinic.as_str())));
        if url.query().is_some_and(|query| query.len() <= LONGEST_QUERY) { url } else { everything }
    }

    /// The next lines of a snapshot; `None` at its end. No line may take longer than the limit for an answer. Where the
    /// snapshot breaks, the whole lines before the break come first.
    pub(super) async fn next_batch(&self, snapshot: &mut Snapshot) -> Result<Option<Batch>, ObserveError> {
        let whole = self.limits.whole;
        while snapshot.lines.bytes < BATCH && snapshot.broken.is_none() {
            let more = tokio::time::timeout(whole, snapshot.lines.fill(&mut snapshot.response)).await;
            match more.map_err(|_| ExchangeError::SlowAnswer(whole)).and_then(|more| more) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => snapshot.broken = Some(error),
            }
        }
        match (snapshot.take()?, snapshot.broken.take()) {
            (None, Some(error)) => Err(ObserveError::Exchange(error)),
            (batch, broken) => {
                snapshot.broken = broken;
                Ok(batch)
            }
        }
    }
}

impl Snapshot {
    fn new(response: Response, longest: usize) -> Self {
        let lines = Lines { whole: Vec::new(), bytes: 0, begun: Vec::new(), longest };
        Self { response, lines, taken: 0, broken: None }
    }

    fn take(&mut self) -> Result<Option<Batch>, ObserveError> {
        let (first, lines) = (self.taken + 1, std::mem::take(&mut self.lines.whole));
        self.lines.bytes = 0;
        self.taken += lines.len();
        if self.taken > MOST_LINES {
            return Err(ObserveError::Snapshot(format!("it has more than {MOST_LINES} lines")));
        }
        Ok((!lines.is_empty()).then_some(Batch { first, lines }))
    }
}

impl Lines {
    /// Reads on until one more line is whole; `false` at the end.
    async fn fill(&mut self, response: &mut Response) -> Result<bool, ExchangeError> {
        let before = self.whole.len();
        while self.whole.len() == before {
            let Some(chunk) = response.chunk().await.map_err(broken)? else {
                self.end();
                return Ok(false);
            };
            self.feed(&chunk)?;
        }
        Ok(true)
    }

    fn feed(&mut self, mut chunk: &[u8]) -> Result<(), ExchangeError> {
        while !chunk.is_empty() {
            // Reading from memory does not fail.
            chunk.read_until(b'\n', &mut self.begun).unwrap_or_default();
            if self.begun.len() > self.longest {
                return Err(ExchangeError::TooLong(self.longest));
            }
            if self.begun.ends_with(b"\n") {
                self.end();
            }
        }
        Ok(())
    }

    /// Ends the line that is begun. Blank lines are none.
    fn end(&mut self) {
        let line = std::mem::take(&mut self.begun);
        if !line.trim_ascii().is_empty() {
            self.bytes += line.len();
            self.whole.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use proptest::prelude::*;

    fn lines(longest: usize) -> Lines {
        Lines { whole: Vec::new(), bytes: 0, begun: Vec::new(), longest }
    }

    proptest! {
        #[test]
        fn lines_are_the_same_however_the_bytes_arrive(
            text in "[ab\n ]{0,60}",
            cuts in proptest::collection::vec(0..60usize, 0..8),
        ) {
            let mut fed = lines(100);
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            for range in cuts.windows(2) {
                prop_assert!(fed.feed(&text.as_bytes()[range[0]..range[1]]).is_ok());
            }
            fed.end();
            let expected: Vec<_> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
            let found: Vec<_> = fed.whole.iter().map(|line| String::from_utf8_lossy(line)).collect();
            let found: Vec<_> = found.iter().map(|line| line.trim_end_matches('\n')).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_line_without_end_is_not_collected() {
        let mut fed = lines(10);
        assert!(fed.feed(b"0123456789").is_ok());
        assert!(fed.feed(b"0").is_err());
    }
}
