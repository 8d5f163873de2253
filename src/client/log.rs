//! The change log of a clinic: its newest entries, and what they say about some of its resources.
//!
//! Entries come newest first, so that reading ends as soon as every question is answered.

use super::pages::{LARGEST, Pages};
use super::read::ReadError;
use super::{Client, convert};
use crate::domain::{ClinicId, LogEntry, Resource};
use crate::plan::{Applied, Attribution, Logged};
use clinic_wire::{Actor, ChangeEntry};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::collections::BTreeSet;

/// Entries on a page, if it is not known how far back the answer lies: a year of a clinic that changes twice a week.
const USUAL: usize = 100;
/// The most pages that are read of one clinic to answer questions: decades of most clinics. Behind them lies either a
/// log without end, or an apply that happened too long ago to matter.
const MOST_PAGES: usize = 50;

/// What a clinic's change log is asked.
pub type Question = (ClinicId, BTreeSet<Resource>);

/// What a clinic's change log says, or why it says nothing.
pub type Told<T> = (ClinicId, Result<T, LogError>);

/// Why a change log gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// 401.
    #[error("the clinic system does not accept the token (401)")]
    Unauthenticated,
    /// 403.
    #[error("the token may not read the change log (403)")]
    Forbidden,
    /// 404.
    #[error("the system does not know the clinic, or keeps no change log of it (404)")]
    Missing,
    /// Anything else; a sentence.
    #[error("{0}")]
    Failed(String),
}

impl From<ReadError> for LogError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Unauthenticated => Self::Unauthenticated,
            ReadError::Forbidden => Self::Forbidden,
            ReadError::Missing => Self::Missing,
            error @ (ReadError::Exchange(_)
            | ReadError::Status(_)
            | ReadError::WebPage
            | ReadError::Shape(_)
            | ReadError::Pages(_)) => Self::Failed(error.sentence()),
        }
    }
}

impl Client {
    /// Reads the change logs of these clinics, several at a time; the answers come in no particular order.
    /// `each` is called for every answer.
    pub async fn attribution(&self, questions: Vec<Question>, each: impl Fn()) -> Vec<Told<Attribution>> {
        let ask = |(clinic, resources): Question| async move {
            let told = self.ask_log(&clinic, resources).await;
            (clinic, told)
        };
        self.ask_all(questions, ask, |(clinic, _)| clinic, each).await
    }

    /// The newest entries of each of these clinics, at most `most` of each and newest first; the clinics are in no
    /// particular order. `each` is called for every answer.
    pub async fn logs(&self, clinics: &[ClinicId], most: usize, each: impl Fn()) -> Vec<Told<Vec<LogEntry>>> {
        let read = |clinic: ClinicId| async move {
            let log = self.log(&clinic, most).await;
            (clinic, log)
        };
        self.ask_all(clinics.to_vec(), read, |clinic| clinic, each).await
    }

    /// Asks several at a time. Where as many refuse as are asked at a time and none answers, the rest is not asked:
    /// then it is the token or the system, and no clinic.
    async fn ask_all<Q, T, A: Future<Output = Told<T>>>(
        &self,
        questions: Vec<Q>,
        ask: impl Fn(Q) -> A,
        clinic_of: impl Fn(Q) -> ClinicId,
        each: impl Fn(),
    ) -> Vec<Told<T>> {
        let at_a_time = self.limits.in_flight.max(1);
        let mut waiting = questions.into_iter();
        let mut under_way = FuturesUnordered::new();
        let mut answers: Vec<Told<T>> = Vec::new();
        let mut answered = false;
        loop {
            let hopeless = !answered && answers.len() >= at_a_time;
            let room = if hopeless { 0 } else { at_a_time - under_way.len() };
            under_way.extend(waiting.by_ref().take(room).map(&ask));
            let Some((clinic, answer)) = under_way.next().await else { break };
            each();
            answered |= answer.is_ok();
            answers.push((clinic, answer));
        }
        let why = answers.iter().find_map(|(_, answer)| answer.as_ref().err().cloned());
        answers.extend(waiting.filter_map(|question| Some((clinic_of(question), Err(why.clone()?)))));
        answers
    }

    /// Reads a clinic's log until every one of `open` has the entry of a service, or the log ends.
    async fn ask_log(&self, clinic: &ClinicId, mut open: BTreeSet<Resource>) -> Result<Attribution, LogError> {
        let mut attribution = Attribution::new();
        let mut pages = self.log_pages(clinic, USUAL);
        let mut left = self.limits.body;
        for _ in 0..MOST_PAGES {
            let Some(page) = pages.next(self, &mut left).await? else { return Ok(attribution) };
            for entry in page {
                note(entry, &mut open, &mut attribution)?;
            }
            if open.is_empty() {
                return Ok(attribution);
            }
        }
        Err(LogError::Failed(format!("its newest {MOST_PAGES} pages do not tell")))
    }

    /// The newest entries of one clinic, newest first, at most `most` of them.
    async fn log(&self, clinic: &ClinicId, most: usize) -> Result<Vec<LogEntry>, LogError> {
        let mut entries = Vec::new();
        let mut pages = self.log_pages(clinic, most.clamp(1, LARGEST));
        let mut left = self.limits.body;
        while entries.len() < most
            && let Some(page) = pages.next(self, &mut left).await?
        {
            entries.extend(page.into_iter().take(most - entries.len()).map(|entry| log_entry(clinic, entry)));
        }
        Ok(entries)
    }

    fn log_pages(&self, clinic: &ClinicId, limit: usize) -> Pages<'static, ChangeEntry> {
        Pages::of(self.clinic_url(clinic, ["changes"]), "changes", limit)
    }
}

/// Takes what one entry says about the resources that are `open`, and closes those that it settles.
///
/// # Errors
/// Where the entry that settles a resource does not have the agreed shape.
pub fn note(entry: ChangeEntry, open: &mut BTreeSet<Resource>, attribution: &mut Attribution) -> Result<(), LogError> {
    let Some(resource) = Resource::parse(&entry.resource).filter(|resource| open.contains(resource)) else {
        return Ok(());
    };
    let ChangeEntry { seq: _, clinic: _, resource: _, by, kind, at, reference, before: _, after } = entry;
    let change = convert::last_change(clinic_wire::LastChange { by, kind, at, reference });
    let logged = attribution.entry(resource.clone()).or_insert(Logged { newest: change, applied: None });
    if kind == Actor::Service {
        let wrong = |wrong: convert::Malformed| LogError::from(ReadError::Shape(wrong.to_string()));
        let state = convert::logged_state(&resource, after).map_err(wrong)?;
        logged.applied = Some(state.map_or(Applied::Absent, Applied::Present));
        open.remove(&resource);
    }
    Ok(())
}

/// An entry of the log of this clinic.
#[must_use]
pub fn log_entry(clinic: &ClinicId, entry: ChangeEntry) -> LogEntry {
    let ChangeEntry { seq, clinic: _, resource, by, kind, at, reference, before, after } = entry;
    let change = convert::last_change(clinic_wire::LastChange { by, kind, at, reference });
    LogEntry { seq, clinic: clinic.clone(), resource, change, before, after }
}
