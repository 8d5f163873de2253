//! Everything that went through the proxy, request by request.

use super::message::Message;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// One request, what the system said to it, and what the client heard.
#[derive(Debug, Clone)]
pub(crate) struct Taped {
    pub(crate) request: Message,
    /// When it arrived here: moments are counted, and no two things happen at one.
    pub(crate) arrived: usize,
    /// The system's answers, one each time that it got the request and answered it.
    pub(crate) answers: Vec<Message>,
    /// What the client was told whole, and when it was about to be told.
    pub(crate) told: Option<(Message, usize)>,
}

impl Taped {
    pub(crate) fn is_read(&self) -> bool {
        self.request.method() == "GET"
    }
}

impl fmt::Display for Taped {
    /// One line: what was asked, what the system answered, what the client heard.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |answer: &Message| format!("{} {}", answer.status(), answer.header("etag"));
        let answers: Vec<_> = self.answers.iter().map(said).collect();
        let told = self.told.as_ref().map_or_else(|| "nothing".to_owned(), |(answer, _)| said(answer));
        let (asked, under) = (&self.request.first, self.request.header("if-match"));
        write!(f, "{asked} {under} -> {}; heard: {told}", answers.join(" and "))
    }
}

/// The requests in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Tape(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    taped: Vec<Taped>,
    moments: usize,
    answered: usize,
}

impl Tape {
    /// Writes a request down, and gives its number.
    pub(super) fn arrived(&self, request: &Message) -> usize {
        self.with(|inner| {
            let arrived = inner.moment();
            inner.taped.push(Taped { request: request.clone(), arrived, answers: Vec::new(), told: None });
            inner.taped.len() - 1
        })
    }

    /// The system has answered.
    pub(super) fn answered(&self, number: usize, answer: &Message) {
        self.with(|inner| {
            inner.answered += 1;
            // A request that outlives its run belongs to no tape any more.
            if let Some(taped) = inner.taped.get_mut(number) {
                taped.answers.push(answer.clone());
            }
        });
    }

    /// The client is about to be told this.
    pub(super) fn told(&self, number: usize, answer: &Message) {
        self.with(|inner| {
            let moment = inner.moment();
            if let Some(taped) = inner.taped.get_mut(number) {
                taped.told = Some((answer.clone(), moment));
            }
        });
    }

    /// How many requests have arrived.
    pub(super) fn len(&self) -> usize {
        self.with(|inner| inner.taped.len())
    }

    /// How many answers the system has given.
    pub(super) fn answers(&self) -> usize {
        self.with(|inner| inner.answered)
    }

    /// Everything since the last time.
    pub(super) fn take(&self) -> Vec<Taped> {
        self.with(|inner| std::mem::take(inner).taped)
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    fn moment(&mut self) -> usize {
        self.moments += 1;
        self.moments
    }
}
