//! The way out of the client: every request passes here before it is sent and after it was answered.
//!
//! ```text
//! enter   no request after a 401 or an interrupt; else when there is room and no wait (concurrency)
//! leave   how it went, for the concurrency; then over, or a wait and one more try (retry)
//! ```
//!
//! Free room wakes as many waiters as fit, and a waiter that is dropped without having taken its room wakes the
//! next one: as long as a request waits for room, another one is under way or awake.

use super::clock::{Clock, SystemClock};
use super::concurrency::{Completion, ConcurrencyLimit, GateAnswer, Ticket};
use super::events::{Event, Wait, WaitReason};
use super::retry::{RetryBudget, Tries, WaitBounds};
use super::retry_after::LONGEST;
use super::{ExchangeError, Limits};
use crate::execute::Interrupt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Who may send, and when.
pub(super) struct Gate {
    flow: Mutex<Flow>,
    room: Notify,
    token_refused: AtomicBool,
    budget: Duration,
    hooks: ClientHooks,
}

/// The hooks of a client: its clock, its observer, and what ends its waits.
pub struct ClientHooks {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Is called for every wait.
    pub tell: Box<dyn Fn(&Event) + Send + Sync>,
    /// Ends every wait. Nothing is sent once it is raised while a request waits; what is under way is finished.
    pub interrupt: Interrupt,
}

impl Default for ClientHooks {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock::default()), tell: Box::new(|_| ()), interrupt: Interrupt::default() }
    }
}

/// What all requests of a run share.
struct Flow {
    concurrency: ConcurrencyLimit,
    retries: RetryBudget,
}

/// A request that waits for room.
struct Awaited<'a> {
    gate: &'a Gate,
}

/// One request that is under way.
pub(super) struct Permit<'a> {
    gate: &'a Gate,
    ticket: Option<Ticket>,
    since: Duration,
}

/// What came of one try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// An answer to work with, or one that another try would not better.
    Over,
    /// 401.
    TokenRefused,
    /// 429 or 503, with the time that the system asks for.
    TooMuch { asked: Option<Duration>, again: Option<WaitReason> },
    /// No answer to work with.
    Trouble(Option<WaitReason>),
}

impl Verdict {
    /// Whether another try may help.
    pub(super) const fn may_be_tried_again(self) -> bool {
        match self {
            Self::Over | Self::TokenRefused => false,
            Self::TooMuch { asked: _, again } | Self::Trouble(again) => again.is_some(),
        }
    }
}

impl Gate {
    pub(super) fn new(limits: &Limits, hooks: ClientHooks) -> Self {
        let flow = Flow { concurrency: ConcurrencyLimit::new(limits.in_flight), retries: RetryBudget::default() };
        Self {
            flow: Mutex::new(flow),
            room: Notify::new(),
            token_refused: AtomicBool::new(false),
            budget: limits.retry_budget,
            hooks,
        }
    }

    /// Whether the system has refused the token; if so, nothing is sent any more.
    pub(super) fn token_refused(&self) -> bool {
        self.token_refused.load(Ordering::Relaxed)
    }

    /// Why the run is to stop, where it is.
    pub(super) fn interrupted(&self) -> Option<String> {
        self.hooks.interrupt.reason().map(str::to_owned)
    }

    /// The clock.
    pub(super) fn clock(&self) -> &dyn Clock {
        self.hooks.clock.as_ref()
    }

    /// Waits for a request's turn.
    ///
    /// # Errors
    /// If it must not be sent at all.
    pub(super) async fn enter(&self, tries: &mut Tries) -> Result<Permit<'_>, ExchangeError> {
        let turn = Awaited { gate: self };
        loop {
            // Made before the looks, so that no place becomes free and no token is refused between the two.
            let room = self.room.notified();
            if self.token_refused() {
                return Err(ExchangeError::TokenRefused);
            }
            let looked = self.flow().concurrency.enter(self.clock().elapsed());
            match looked {
                GateAnswer::Go(ticket) => return Ok(turn.has_come(ticket, tries)),
                GateAnswer::Full => self.unless_interrupted(room).await?,
                GateAnswer::Throttled(time) => self.throttle(time, tries).await?,
                GateAnswer::Closed(time) => return Err(ExchangeError::Later(time)),
            }
        }
    }

    /// Waits because the system has asked other requests to wait.
    async fn throttle(&self, time: Duration, tries: &mut Tries) -> Result<(), ExchangeError> {
        let wait = tries.throttled(time, self.bounds()).ok_or(ExchangeError::Later(time))?;
        self.wait(Wait { how_long: wait, why: WaitReason::Throttled }, tries).await
    }

    /// Takes a try's end; `true` if the request is to be sent once more, after the wait that this was.
    pub(super) async fn again(&self, permit: Permit<'_>, verdict: Verdict, tries: &mut Tries) -> bool {
        let took = self.clock().elapsed().saturating_sub(permit.since);
        tries.tried(took);
        if verdict == Verdict::TokenRefused {
            self.refuse_token();
        }
        permit.leave(self.completion(verdict, took));
        self.once_more(verdict, tries).await
    }

    /// Whether another try may help and may be made; if so, after the wait that this was.
    pub(super) async fn once_more(&self, verdict: Verdict, tries: &mut Tries) -> bool {
        let (asked, why) = match verdict {
            Verdict::Over | Verdict::TokenRefused => return false,
            Verdict::TooMuch { asked, again } => (asked, again),
            Verdict::Trouble(again) => (None, again),
        };
        let (Some(why), Some(how_long)) = (why, tries.next(asked, self.bounds())) else { return false };
        self.flow().retries.withdraw() && self.wait(Wait { how_long, why }, tries).await.is_ok()
    }

    fn refuse_token(&self) {
        self.token_refused.store(true, Ordering::Relaxed);
        self.room.notify_waiters();
    }

    /// What a try means for the concurrency.
    fn completion(&self, verdict: Verdict, took: Duration) -> Completion {
        match verdict {
            Verdict::Over | Verdict::TokenRefused => Completion::Answer(took),
            Verdict::Trouble(_) => Completion::Nothing,
            Verdict::TooMuch { asked: None, again: _ } => Completion::TooMuch(Duration::ZERO),
            Verdict::TooMuch { asked: Some(asked), again: _ } if asked < self.budget.min(LONGEST) => {
                Completion::TooMuch(asked)
            }
            Verdict::TooMuch { asked: Some(asked), again: _ } => Completion::RetryLater(asked),
        }
    }

    fn bounds(&self) -> WaitBounds {
        WaitBounds { budget: self.budget, jitter: self.clock().jitter() }
    }

    async fn wait(&self, wait: Wait, tries: &mut Tries) -> Result<(), ExchangeError> {
        tracing::info!("{wait}");
        tries.waited(wait.how_long);
        (self.hooks.tell)(&Event::WaitStarted(wait.clone()));
        let waited = self.unless_interrupted(self.clock().wait(wait.how_long)).await;
        (self.hooks.tell)(&Event::WaitEnded(wait));
        waited
    }

    /// Waits for this, unless the run is to stop.
    async fn unless_interrupted(&self, wait: impl Future<Output = ()>) -> Result<(), ExchangeError> {
        tokio::select! {
            () = wait => Ok(()),
            reason = self.hooks.interrupt.raised() => Err(ExchangeError::Interrupted(reason.to_owned())),
        }
    }

    fn flow(&self) -> MutexGuard<'_, Flow> {
        self.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Awaited<'a> {
    fn has_come(self, ticket: Ticket, tries: &Tries) -> Permit<'a> {
        let gate = self.gate;
        // A permit that is dropped gives its room back, and that wakes others.
        std::mem::forget(self);
        if tries.made() == 0 {
            gate.flow().retries.deposit();
        }
        Permit { gate, ticket: Some(ticket), since: gate.clock().elapsed() }
    }
}

impl Drop for Awaited<'_> {
    /// A waiter that is dropped may have been woken in the place of another one.
    fn drop(&mut self) {
        self.gate.room.notify_one();
    }
}

impl Permit<'_> {
    fn leave(mut self, completion: Completion) {
        self.end(completion);
    }

    fn end(&mut self, completion: Completion) {
        let Some(ticket) = self.ticket.take() else { return };
        let room = self.gate.flow().concurrency.leave(ticket, completion, self.gate.clock().elapsed());
        for _ in 0..room {
            self.gate.room.notify_one();
        }
    }
}

impl Drop for Permit<'_> {
    /// A request that is dropped gives its room back too.
    fn drop(&mut self) {
        self.end(Completion::Nothing);
    }
}

#[cfg(test)]
mod tests;
