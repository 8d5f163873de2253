//! How many requests are under way at the same time. A pure state machine: additive growth, halving.
//!
//! It starts at [`START`] and grows to `most` while answers are quick: by one for each quick answer until the system
//! complains for the first time, and by one for each round of quick answers after that. An answer of 429 or 503 halves
//! it, once for all requests that were under way together. Where such an answer says for how long, nobody is let in
//! before. Where the time is longer than any request waits, the request fails alone; but three such answers in a row,
//! with no other between them, close the door for everybody until then: that is the system's wish, and no longer one
//! clinic's trouble.

use std::time::Duration;

/// Requests under way at the beginning: a modest number, which a quick system has left behind after six answers.
const START: usize = 4;

/// Answers that come later are no reason to ask for more at a time. A healthy system needs a thirtieth of it.
const QUICK: Duration = Duration::from_secs(1);

/// After so many responses in a row that ask for a longer wait than the budget allows, nothing is sent any more.
const MOST_RETRY_LATERS: u32 = 3;

/// Limits how many requests are under way.
#[derive(Debug)]
pub(super) struct ConcurrencyLimit {
    most: usize,
    allowed: usize,
    under_way: usize,
    growth: Growth,
    round: u64,
    throttled_until: Duration,
    retry_laters: u32,
    closed_until: Duration,
}

/// How the allowed number grows.
#[derive(Debug, Clone, Copy)]
enum Growth {
    /// With each quick answer.
    Fast,
    /// With each round; so many quick answers of this one are there.
    Slow(usize),
}

/// The answer to a request that asks for room.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum GateAnswer {
    /// Now.
    Go(Ticket),
    /// When another request is done.
    Full,
    /// Not before this time is over.
    Throttled(Duration),
    /// Not in this run; in this time again.
    Closed(Duration),
}

/// One request that is under way; it is given back when the request ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// What came of a request, as far as the concurrency goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completion {
    /// An answer, after this time.
    Answer(Duration),
    /// None.
    Nothing,
    /// 429 or 503; no request may be sent before this time is over.
    TooMuch(Duration),
    /// The same with a time that is longer than the request waits.
    RetryLater(Duration),
}

impl ConcurrencyLimit {
    /// At most `most` requests at a time; 0 counts as 1.
    pub(super) fn new(most: usize) -> Self {
        let most = most.max(1);
        Self {
            most,
            allowed: START.min(most),
            under_way: 0,
            growth: Growth::Fast,
            round: 0,
            throttled_until: Duration::ZERO,
            retry_laters: 0,
            closed_until: Duration::ZERO,
        }
    }

    /// Admits one request, or answers when it may ask again.
    pub(super) fn enter(&mut self, now: Duration) -> GateAnswer {
        if now < self.closed_until {
            return GateAnswer::Closed(self.closed_until - now);
        }
        if now < self.throttled_until {
            return GateAnswer::Throttled(self.throttled_until - now);
        }
        if self.under_way >= self.allowed {
            return GateAnswer::Full;
        }
        self.under_way += 1;
        GateAnswer::Go(Ticket(self.round))
    }

    /// Takes one back; returns how many more may be admitted.
    pub(super) fn leave(&mut self, ticket: Ticket, completion: Completion, now: Duration) -> usize {
        self.under_way = self.under_way.saturating_sub(1);
        match completion {
            Completion::Answer(took) => self.answered(took),
            Completion::Nothing => {}
            Completion::TooMuch(wait) => {
                self.halve(ticket);
                self.throttled_until = self.throttled_until.max(now.saturating_add(wait));
            }
            Completion::RetryLater(wait) => {
                self.halve(ticket);
                self.retry_later(now.saturating_add(wait));
            }
        }
        self.allowed.saturating_sub(self.under_way)
    }

    fn answered(&mut self, took: Duration) {
        self.retry_laters = 0;
        if took > QUICK {
            return;
        }
        let grows = match &mut self.growth {
            Growth::Fast => true,
            Growth::Slow(quick) => {
                *quick += 1;
                let whole = *quick >= self.allowed;
                *quick = if whole { 0 } else { *quick };
                whole
            }
        };
        self.allowed = self.most.min(self.allowed + usize::from(grows));
    }

    /// Requests that were under way together are refused together; one halving answers them all.
    fn halve(&mut self, Ticket(round): Ticket) {
        self.growth = Growth::Slow(0);
        if round == self.round {
            self.round += 1;
            self.allowed = (self.allowed / 2).max(1);
        }
    }

    fn retry_later(&mut self, until: Duration) {
        self.retry_laters += 1;
        if self.retry_laters >= MOST_RETRY_LATERS {
            self.closed_until = self.closed_until.max(until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Completion, ConcurrencyLimit, Duration, GateAnswer, START, Ticket};
    use proptest::prelude::*;

    const NOW: Duration = Duration::from_secs(1000);
    const QUICK: Completion = Completion::Answer(Duration::from_millis(30));
    const BUSY: Completion = Completion::TooMuch(Duration::ZERO);

    /// Lets in as many as go.
    fn fill(concurrency: &mut ConcurrencyLimit) -> Vec<Ticket> {
        std::iter::from_fn(|| match concurrency.enter(NOW) {
            GateAnswer::Go(ticket) => Some(ticket),
            GateAnswer::Full | GateAnswer::Throttled(_) | GateAnswer::Closed(_) => None,
        })
        .collect()
    }

    fn empty(concurrency: &mut ConcurrencyLimit, tickets: Vec<Ticket>, completion: Completion) {
        for ticket in tickets {
            concurrency.leave(ticket, completion, NOW);
        }
    }

    /// How many go at a time, round after round.
    fn rounds(concurrency: &mut ConcurrencyLimit, completion: Completion, count: usize) -> Vec<usize> {
        let mut round = || {
            let tickets = fill(concurrency);
            let width = tickets.len();
            empty(concurrency, tickets, completion);
            width
        };
        (0..count).map(|_| round()).collect()
    }

    #[test]
    fn it_doubles_until_the_first_complaint_and_then_grows_by_one_a_round() {
        let mut concurrency = ConcurrencyLimit::new(20);
        assert_eq!(rounds(&mut concurrency, QUICK, 5), [4, 8, 16, 20, 20]);
        assert_eq!(rounds(&mut concurrency, BUSY, 5), [20, 10, 5, 2, 1]);
        assert_eq!(rounds(&mut concurrency, BUSY, 2), [1, 1]);
        assert_eq!(rounds(&mut concurrency, QUICK, 5), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn slow_answers_and_lost_ones_are_no_reason_to_ask_for_more() {
        let mut concurrency = ConcurrencyLimit::new(20);
        assert_eq!(rounds(&mut concurrency, Completion::Answer(Duration::from_secs(3)), 3), [START; 3]);
        assert_eq!(rounds(&mut concurrency, Completion::Nothing, 3), [START; 3]);
    }

    #[test]
    fn what_was_refused_together_halves_once() {
        let mut concurrency = ConcurrencyLimit::new(16);
        rounds(&mut concurrency, QUICK, 3);
        let mut together = fill(&mut concurrency);
        assert_eq!(together.len(), 16);
        let late = together.split_off(8);
        empty(&mut concurrency, together, BUSY);
        assert!(fill(&mut concurrency).is_empty(), "eight are still under way");
        empty(&mut concurrency, late, BUSY);
        assert_eq!(fill(&mut concurrency).len(), 8);
    }

    #[test]
    fn a_wait_that_the_system_asked_for_holds_back_everybody() {
        let mut concurrency = ConcurrencyLimit::new(4);
        let mut tickets = fill(&mut concurrency);
        let (first, second) = (tickets.pop().expect("one"), tickets.pop().expect("two"));
        concurrency.leave(first, Completion::TooMuch(Duration::from_secs(12)), NOW);
        concurrency.leave(second, Completion::TooMuch(Duration::from_secs(5)), NOW);
        assert_eq!(concurrency.enter(NOW), GateAnswer::Throttled(Duration::from_secs(12)), "the longer one counts");
        assert_eq!(concurrency.enter(NOW + Duration::from_secs(11)), GateAnswer::Throttled(Duration::from_secs(1)));
        empty(&mut concurrency, tickets, QUICK);
        assert!(matches!(concurrency.enter(NOW + Duration::from_secs(12)), GateAnswer::Go(_)));
    }

    #[test]
    fn one_clinic_is_dismissed_alone_and_three_in_a_row_close_the_door() {
        let hour = Duration::from_secs(3600);
        let retry_later = Completion::RetryLater(hour);
        let mut concurrency = ConcurrencyLimit::new(1);
        for completion in [retry_later, retry_later, QUICK, retry_later, retry_later] {
            assert_eq!(rounds(&mut concurrency, completion, 1), [1]);
        }
        assert_eq!(rounds(&mut concurrency, retry_later, 2), [1, 0]);
        assert_eq!(concurrency.enter(NOW), GateAnswer::Closed(hour));
        assert!(matches!(concurrency.enter(NOW + hour), GateAnswer::Go(_)));
    }

    fn anything() -> impl Strategy<Value = Completion> {
        prop_oneof![
            (0..3000u64).prop_map(|ms| Completion::Answer(Duration::from_millis(ms))),
            Just(Completion::Nothing),
            (0..5u64).prop_map(|s| Completion::TooMuch(Duration::from_secs(s))),
            (60..90u64).prop_map(|s| Completion::RetryLater(Duration::from_secs(s))),
        ]
    }

    proptest! {
        #[test]
        fn it_is_never_above_the_limit_never_below_one_and_always_recovers(
            most in 0..40usize,
            events in proptest::collection::vec((any::<bool>(), anything()), 0..300),
        ) {
            let mut concurrency = ConcurrencyLimit::new(most);
            let (mut under_way, mut now) = (Vec::new(), NOW);
            for (asks, completion) in events {
                now += Duration::from_millis(250);
                if asks {
                    if let GateAnswer::Go(ticket) = concurrency.enter(now) {
                        under_way.push(ticket);
                    }
                } else if let Some(ticket) = under_way.pop() {
                    let before = concurrency.allowed;
                    let room = concurrency.leave(ticket, completion, now);
                    prop_assert!(concurrency.allowed >= before / 2 && concurrency.allowed <= before + 1);
                    prop_assert_eq!(room, concurrency.allowed.saturating_sub(under_way.len()));
                }
                prop_assert!((1..=most.max(1)).contains(&concurrency.allowed));
                prop_assert!(under_way.len() <= most.max(1));
            }
            for ticket in under_way {
                concurrency.leave(ticket, Completion::Nothing, now);
            }
            now += Duration::from_secs(3600);
            for _ in 0..most * most {
                let GateAnswer::Go(ticket) = concurrency.enter(now) else { return Err(TestCaseError::fail("nobody is let in")) };
                concurrency.leave(ticket, QUICK, now);
            }
            prop_assert_eq!(concurrency.allowed, most.max(1));
        }
    }
}
