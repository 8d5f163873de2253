//! Whether a request is tried again, and when. Pure: time and jitter are arguments.
//!
//! One request is tried at most [`MOST_TRIES`] times, and no try begins later than its budget after the first one. One
//! run tries again at most [`RetryBudget::START`] times, and once more for every ten requests, so that a fleet of ten
//! thousand clinics costs a dying system a tenth more requests than a healthy one, and not three times more.

use super::retry_after::LONGEST;
use std::time::Duration;

/// A request that failed four times is not helped by a fifth try.
pub(super) const MOST_TRIES: u32 = 4;

/// The first wait after a failure that says nothing about time; each further one is twice as long. A connection that
/// was lost by accident is back by then, and a system that starts again gets three seconds and a half in all.
const FIRST: Duration = Duration::from_millis(500);

/// What a wait may gain by bounds, so that those who were refused together do not come back together. What the system
/// asked for is stretched less: it has done its own counting.
const STRETCH: f64 = 0.5;
const STRETCH_ASKED: f64 = 0.1;

/// The tries of one request.
#[derive(Debug, Default)]
pub struct Tries {
    made: u32,
    spent: Duration,
}

/// The limits within which a wait is chosen.
#[derive(Debug, Clone, Copy)]
pub struct WaitBounds {
    /// What the request may spend in all.
    pub budget: Duration,
    /// The random part, from 0 up to, but not including, 1.
    pub jitter: f64,
}

impl Tries {
    /// How many there were.
    pub(super) const fn made(&self) -> u32 {
        self.made
    }

    /// One more try was made and took this long.
    pub(super) fn tried(&mut self, took: Duration) {
        self.made += 1;
        self.waited(took);
    }

    /// This long was waited.
    pub(super) fn waited(&mut self, how_long: Duration) {
        self.spent = self.spent.saturating_add(how_long);
    }

    /// How long to wait before the next try; `None` if there is none.
    #[must_use]
    pub fn next(&self, asked: Option<Duration>, bounds: WaitBounds) -> Option<Duration> {
        if self.made >= MOST_TRIES {
            return None;
        }
        let (least, stretch) = match asked {
            Some(asked) => (asked, STRETCH_ASKED),
            None => (FIRST.saturating_mul(1 << self.made.saturating_sub(1)), STRETCH),
        };
        self.affords(least, bounds, stretch)
    }

    /// How long to wait while all requests wait at least this long; `None` if this request does not.
    pub(super) fn throttled(&self, least: Duration, bounds: WaitBounds) -> Option<Duration> {
        self.affords(least, bounds, STRETCH_ASKED)
    }

    /// Never shorter than `least`; longer by bounds, as far as the budget and one wait go.
    fn affords(&self, least: Duration, bounds: WaitBounds, stretch: f64) -> Option<Duration> {
        let left = bounds.budget.saturating_sub(self.spent);
        if least >= left || least > LONGEST {
            return None;
        }
        Some((least + least.mul_f64(stretch * bounds.jitter)).min(left).min(LONGEST))
    }
}

/// The retry budget of one run: each request deposits a tenth of a retry, each retry withdraws one.
#[derive(Debug, Default)]
pub(super) struct RetryBudget {
    requests: u64,
    taken: u64,
}

impl RetryBudget {
    /// Enough for a run of a few clinics through a bad minute.
    const START: u64 = 100;

    /// Deposits for one request that is sent for the first time.
    pub(super) fn deposit(&mut self) {
        self.requests += 1;
    }

    /// Withdraws one retry; `false` if none is left.
    pub(super) fn withdraw(&mut self) -> bool {
        let left = self.taken < Self::START + self.requests / 10;
        self.taken += u64::from(left);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, MOST_TRIES, RetryBudget, Tries, WaitBounds};
    use proptest::prelude::*;
    use std::time::Duration;

    fn bounds(budget: u64, jitter: f64) -> WaitBounds {
        WaitBounds { budget: Duration::from_secs(budget), jitter }
    }

    fn waits(asked: Option<Duration>, bounds: WaitBounds, took: Duration) -> Vec<Duration> {
        let mut tries = Tries::default();
        let mut waits = Vec::new();
        loop {
            tries.tried(took);
            let Some(wait) = tries.next(asked, bounds) else { return waits };
            tries.waited(wait);
            waits.push(wait);
        }
    }

    #[test]
    fn without_a_word_about_time_the_waits_double() {
        let milliseconds = |wait: Duration| wait.as_millis();
        let waits =
            |jitter| waits(None, bounds(60, jitter), Duration::ZERO).into_iter().map(milliseconds).collect::<Vec<_>>();
        assert_eq!(waits(0.0), [500, 1000, 2000]);
        assert_eq!(waits(0.8), [700, 1400, 2800]);
    }

    #[test]
    fn a_budget_of_nothing_means_no_second_try() {
        assert!(waits(None, bounds(0, 0.5), Duration::ZERO).is_empty());
        assert!(waits(Some(Duration::from_secs(1)), bounds(0, 0.5), Duration::ZERO).is_empty());
    }

    #[test]
    fn what_is_asked_for_is_waited_for_or_not_at_all() {
        for (asked, budget, waited) in [(59, 60, true), (60, 60, false), (600, 700, true), (601, 7000, false)] {
            let waits = waits(Some(Duration::from_secs(asked)), bounds(budget, 0.99), Duration::ZERO);
            assert_eq!(!waits.is_empty(), waited, "{asked} s of {budget} s");
        }
    }

    proptest! {
        #[test]
        fn tries_keep_to_their_number_and_their_budget_and_never_come_early(
            asked in proptest::option::of(0..700_000u64),
            budget in 0..1_000_000u64,
            jitter in 0.0..1.0f64,
            took in 0..20_000u64,
        ) {
            let (asked, took) = (asked.map(Duration::from_millis), Duration::from_millis(took));
            let bounds = WaitBounds { budget: Duration::from_millis(budget), jitter };
            let waits = waits(asked, bounds, took);
            prop_assert!(waits.len() < MOST_TRIES as usize);
            for (number, wait) in waits.iter().enumerate() {
                let least = asked.unwrap_or(Duration::from_millis(500 << number));
                prop_assert!(*wait >= least && *wait <= least.mul_f64(1.5), "{wait:?}");
                prop_assert!(asked.is_none_or(|asked| asked <= LONGEST));
            }
            let before_the_last: Duration = waits.iter().map(|wait| *wait + took).sum();
            prop_assert!(waits.is_empty() || before_the_last <= bounds.budget, "{before_the_last:?}");
        }

        #[test]
        fn a_run_tries_again_for_a_tenth_of_its_requests_and_a_hundred(requests in 0..5000u64) {
            let mut retries = RetryBudget::default();
            for _ in 0..requests {
                retries.deposit();
            }
            let taken = (0..1000).filter(|_| retries.withdraw()).count() as u64;
            prop_assert_eq!(taken, (100 + requests / 10).min(1000));
        }
    }
}
