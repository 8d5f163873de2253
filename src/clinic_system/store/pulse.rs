//! Whether the database can be written: known by what the writer did last, and tried where that is too long ago.
//!
//! However many ask, one is tried for all of them, and not twice within the time for which an answer is good: who asks
//! a hundred times a second costs the disk no more than who asks once.

use super::StoreError;
use super::error::WriteFailure;
use super::trouble::Trouble;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

/// For how long an answer is good.
const GOOD_FOR: Duration = Duration::from_secs(1);
/// How long who asks is kept waiting. A writer that takes longer is no use to anybody.
const PATIENCE: Duration = Duration::from_secs(3);

/// Who asks.
#[derive(Debug)]
pub(super) struct Pulse {
    known: watch::Receiver<Known>,
    question: Arc<Question>,
}

/// Who knows: the writer.
#[derive(Debug)]
pub(super) struct Heart {
    known: watch::Sender<Known>,
    question: Arc<Question>,
}

/// What is asked, by however many.
#[derive(Debug, Default)]
struct Question {
    asked: Notify,
    /// Somebody has seen that what was good is not so any more.
    anew: AtomicBool,
}

/// What was found, and when; `None` where nothing was tried yet.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    at: Option<Instant>,
    trouble: Option<WriteFailure>,
}

/// Both ends.
pub(super) fn pulse() -> (Pulse, Heart) {
    let ((tell, known), question) = (watch::channel(Known::default()), Arc::<Question>::default());
    (Pulse { known, question: Arc::clone(&question) }, Heart { known: tell, question })
}

impl Pulse {
    /// Whether the database can be written.
    pub(super) async fn feel(&self) -> Result<(), WriteFailure> {
        let mut known = self.known.clone();
        let last = *known.borrow_and_update();
        if last.is_good() { last.verdict() } else { self.wait(known).await }
    }

    /// The same where something has happened since it was well.
    pub(super) async fn feel_anew(&self) -> Result<(), WriteFailure> {
        let mut known = self.known.clone();
        let last = *known.borrow_and_update();
        if last.is_good() && last.trouble.is_some() {
            return last.verdict();
        }
        self.question.anew.store(true, Ordering::Relaxed);
        self.wait(known).await
    }

    async fn wait(&self, mut known: watch::Receiver<Known>) -> Result<(), WriteFailure> {
        self.question.asked.notify_one();
        match tokio::time::timeout(PATIENCE, known.changed()).await {
            Ok(Ok(())) => known.borrow().verdict(),
            Ok(Err(_)) | Err(_) => Err(WriteFailure::Now(Trouble::Away)),
        }
    }
}

impl Heart {
    /// Waits until somebody wants to know what is not known.
    pub(super) async fn asked(&self) {
        loop {
            self.question.asked.notified().await;
            if self.question.anew.swap(false, Ordering::Relaxed) || !self.known.borrow().is_good() {
                return;
            }
        }
    }

    /// Whether the last try failed.
    pub(super) fn is_troubled(&self) -> bool {
        self.known.borrow().trouble.is_some()
    }

    /// Something was written and kept.
    pub(super) fn beat(&self) {
        if self.is_troubled() {
            tracing::warn!("the database can be written again");
        }
        self.tell(None);
    }

    /// Nothing could be written. A trouble that lasts is told once.
    pub(super) fn miss(&self, error: &StoreError) -> WriteFailure {
        let failure = WriteFailure::from(error);
        let told = self.known.borrow().trouble == Some(failure) && matches!(failure, WriteFailure::Now(_));
        if !told {
            tracing::error!(error = error as &dyn std::error::Error, "the database cannot be written");
        }
        self.tell(Some(failure));
        failure
    }

    fn tell(&self, trouble: Option<WriteFailure>) {
        self.known.send_replace(Known { at: Some(Instant::now()), trouble });
    }
}

impl Known {
    fn is_good(&self) -> bool {
        self.at.is_some_and(|at| at.elapsed() < GOOD_FOR)
    }

    fn verdict(&self) -> Result<(), WriteFailure> {
        self.trouble.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::pulse;
    use crate::store::error::WriteFailure;
    use crate::store::{StoreError, Trouble};
    use futures_util::future::{join, join_all};

    #[tokio::test]
    async fn one_is_tried_for_all_who_ask() {
        let (pulse, heart) = pulse();
        let mut tries = 0;
        let heart = async {
            heart.asked().await;
            tries += 1;
            heart.beat();
            // Nobody is asked again within the time for which the answer is good.
            assert!(tokio::time::timeout(std::time::Duration::ZERO, heart.asked()).await.is_err());
        };
        let asking = join_all((0..100).map(|_| pulse.feel()));
        let (answers, ()) = join(asking, heart).await;
        assert!(answers.iter().all(|answer| answer.is_ok()));
        assert_eq!(pulse.feel().await, Ok(()));
        assert_eq!(tries, 1);
    }

    #[tokio::test]
    async fn what_failed_is_known_until_something_is_written() {
        let (pulse, heart) = pulse();
        heart.miss(&StoreError::Write(sqlx::Error::WorkerCrashed));
        assert_eq!(pulse.feel().await, Err(WriteFailure::Now(Trouble::Away)));
        assert!(heart.is_troubled());
        heart.beat();
        assert_eq!(pulse.feel().await, Ok(()));
        assert!(!heart.is_troubled());
    }
}
