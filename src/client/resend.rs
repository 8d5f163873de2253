//! A write with an unknown outcome, which is sent once more after a read has shown that it
//! did not happen.
//!
//! Every time that it is sent counts among the tries of one request, whatever the reason was: so it keeps to their
//! number, to the budget, to the retries of the run, and to what the system asked for with its last answer.

use super::Client;
use super::events::WaitReason;
use super::exchange::{Answer, ExchangeError};
use super::gate::Verdict;
use super::retry::Tries;
use std::time::Duration;

/// The tries of one write, and how the last one went.
#[derive(Debug, Default)]
pub struct WriteTries {
    tries: Tries,
    last: Option<Last>,
}

/// What the last try says about the next one.
#[derive(Debug)]
struct Last {
    /// How long the system wanted to be left alone.
    asked: Option<Duration>,
    why: WaitReason,
    /// When that was.
    at: Duration,
}

impl WriteTries {
    /// For sending it, once more or for the first time.
    pub(super) const fn going_on(&mut self) -> &mut Tries {
        &mut self.tries
    }

    /// Why there is no answer, and after how many tries.
    pub(super) fn told(&self, error: &ExchangeError) -> String {
        match self.tries.made() {
            0 | 1 => error.sentence(),
            tries => format!("{}; tried {tries} times", error.sentence()),
        }
    }
}

impl Last {
    /// The verdict on the last try, so long after it.
    fn verdict(&self, passed: Duration) -> Verdict {
        // The read has waited as all requests do. What is over is not asked for again, and the usual wait begins.
        let asked = self.asked.map(|asked| asked.saturating_sub(passed)).filter(|left| !left.is_zero());
        let why = match (self.why, asked) {
            (WaitReason::Status(status), Some(_)) => WaitReason::Asked(status),
            (why, _) => why,
        };
        Verdict::TooMuch { asked, again: Some(why) }
    }
}

impl Client {
    /// Keeps what an answer, or none, says about sending a write once more.
    pub(super) fn remember(&self, answered: &Result<Answer, ExchangeError>, tries: &mut WriteTries) {
        let (asked, why) = match answered {
            Ok(answer) if answer.status.is_success() => (None, WaitReason::NoSense),
            Ok(answer) => (self.asked(&answer.headers), WaitReason::Status(answer.status.as_u16())),
            Err(ExchangeError::TooLong(_) | ExchangeError::Compressed) => (None, WaitReason::NoSense),
            Err(_) => (None, WaitReason::NoAnswer),
        };
        tries.last = Some(Last { asked, why, at: self.gate.clock().elapsed() });
    }

    /// Whether a write may be sent once more; if so, after the wait that this was.
    pub(super) async fn write_once_more(&self, WriteTries { tries, last }: &mut WriteTries) -> bool {
        let Some(last) = last.take() else { return false };
        let passed = self.gate.clock().elapsed().saturating_sub(last.at);
        tries.waited(passed);
        self.gate.once_more(last.verdict(passed), tries).await
    }
}
