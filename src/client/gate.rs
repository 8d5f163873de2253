//! The way out of the client: every request passes here before it is sent and after it was answered.
//!
//! ```text
//! enter   nobody after a 401 or a wish to stop; else when there is room and no wait (pace)
//! leave   how it went, for the pace; then over, or a wait and one more try (retry)
//! ```
//!
//! Room wakes as many of those who wait for it as it takes, and whoever goes away without having taken it wakes the next
//! one: as long as somebody waits for room, somebody is under way or awake.

use super::ExchangeError;
use super::Limits;
use super::pace::Came;
use super::pace::Pace;
use super::pace::Ticket;
use super::pace::Turn;
use super::retry::Chance;
use super::retry::Purse;
use super::retry::Tries;
use super::retry_after::LONGEST;
use super::told::Event;
use super::told::Waiting;
use super::told::Why;
use super::waits::Clock;
use super::waits::Waits;
use crate::execute::Interrupt;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::Notify;

/// Who may send, and when.
pub(super) struct Gate {
    flow: Mutex<Flow>,
    room: Notify,
    token_refused: AtomicBool,
    budget: Duration,
    manners: Manners,
}

/// How a client waits, whom it tells, and what ends its waits.
pub struct Manners {
    /// The clock.
    pub waits: Arc<dyn Waits>,
    /// Is told of every wait.
    pub tell: Box<dyn Fn(&Event) + Send + Sync>,
    /// Ends every wait. Nothing is sent once it is raised while a request waits; what is under way is finished.
    pub interrupt: Interrupt,
}

impl Default for Manners {
    fn default() -> Self {
        Self { waits: Arc::new(Clock::default()), tell: Box::new(|_| ()), interrupt: Interrupt::default() }
    }
}

/// What all requests of a run share.
struct Flow {
    pace: Pace,
    purse: Purse,
}

/// A turn that somebody waits for.
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
    TooMuch { asked: Option<Duration>, again: Option<Why> },
    /// No answer to work with.
    Trouble(Option<Why>),
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
    pub(super) fn new(limits: &Limits, manners: Manners) -> Self {
        let flow = Flow { pace: Pace::new(limits.in_flight), purse: Purse::default() };
        Self {
            flow: Mutex::new(flow),
            room: Notify::new(),
            token_refused: AtomicBool::new(false),
            budget: limits.retry_budget,
            manners,
        }
    }

    /// Whether the system has refused the token: then nothing is sent any more.
    pub(super) fn token_refused(&self) -> bool {
        self.token_refused.load(Ordering::Relaxed)
    }

    /// Why the run is to stop, where it is.
    pub(super) fn interrupted(&self) -> Option<String> {
        self.manners.interrupt.reason().map(str::to_owned)
    }

    /// The clock.
    pub(super) fn waits(&self) -> &dyn Waits {
        self.manners.waits.as_ref()
    }

    /// Waits for a request's turn.
    ///
    /// # Errors
    /// Where it is not to be sent at all.
    pub(super) async fn enter(&self, tries: &mut Tries) -> Result<Permit<'_>, ExchangeError> {
        let turn = Awaited { gate: self };
        loop {
            // Made before the looks, so that no place becomes free and no token is refused between the two.
            let room = self.room.notified();
            if self.token_refused() {
                return Err(ExchangeError::TokenRefused);
            }
            let looked = self.flow().pace.enter(self.waits().elapsed());
            match looked {
                Turn::Go(ticket) => return Ok(turn.has_come(ticket, tries)),
                Turn::Full => self.unless_interrupted(room).await?,
                Turn::Held(time) => self.hold(time, tries).await?,
                Turn::Closed(time) => return Err(ExchangeError::Later(time)),
            }
        }
    }

    /// Waits because the system has told others to.
    async fn hold(&self, time: Duration, tries: &mut Tries) -> Result<(), ExchangeError> {
        let wait = tries.held(time, self.chance()).ok_or(ExchangeError::Later(time))?;
        self.wait(Waiting { how_long: wait, why: Why::Held }, tries).await
    }

    /// Takes a try's end; `true` where the request is to be sent once more, after the wait that this was.
    pub(super) async fn again(&self, permit: Permit<'_>, verdict: Verdict, tries: &mut Tries) -> bool {
        let took = self.waits().elapsed().saturating_sub(permit.since);
        tries.tried(took);
        if verdict == Verdict::TokenRefused {
            self.refuse_token();
        }
        permit.leave(self.came(verdict, took));
        self.once_more(verdict, tries).await
    }

    /// Whether another try may help and may be made; if so, after the wait that this was.
    pub(super) async fn once_more(&self, verdict: Verdict, tries: &mut Tries) -> bool {
        let (asked, why) = match verdict {
            Verdict::Over | Verdict::TokenRefused => return false,
            Verdict::TooMuch { asked, again } => (asked, again),
            Verdict::Trouble(again) => (None, again),
        };
        let (Some(why), Some(how_long)) = (why, tries.next(asked, self.chance())) else { return false };
        self.flow().purse.take() && self.wait(Waiting { how_long, why }, tries).await.is_ok()
    }

    fn refuse_token(&self) {
        self.token_refused.store(true, Ordering::Relaxed);
        self.room.notify_waiters();
    }

    /// What a try means for the pace.
    fn came(&self, verdict: Verdict, took: Duration) -> Came {
        match verdict {
            Verdict::Over | Verdict::TokenRefused => Came::Answer(took),
            Verdict::Trouble(_) => Came::Nothing,
            Verdict::TooMuch { asked: None, again: _ } => Came::TooMuch(Duration::ZERO),
            Verdict::TooMuch { asked: Some(asked), again: _ } if asked < self.budget.min(LONGEST) => {
                Came::TooMuch(asked)
            }
            Verdict::TooMuch { asked: Some(asked), again: _ } => Came::Dismissed(asked),
        }
    }

    fn chance(&self) -> Chance {
        Chance { budget: self.budget, luck: self.waits().luck() }
    }

    async fn wait(&self, waiting: Waiting, tries: &mut Tries) -> Result<(), ExchangeError> {
        tracing::info!("{waiting}");
        tries.waited(waiting.how_long);
        (self.manners.tell)(&Event::Waits(waiting.clone()));
        let waited = self.unless_interrupted(self.waits().wait(waiting.how_long)).await;
        (self.manners.tell)(&Event::GoesOn(waiting));
        waited
    }

    /// Waits for this, unless the run is to stop.
    async fn unless_interrupted(&self, wait: impl Future<Output = ()>) -> Result<(), ExchangeError> {
        tokio::select! {
            () = wait => Ok(()),
            reason = self.manners.interrupt.raised() => Err(ExchangeError::Interrupted(reason.to_owned())),
        }
    }

    fn flow(&self) -> MutexGuard<'_, Flow> {
        self.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> Awaited<'a> {
    fn has_come(self, ticket: Ticket, tries: &Tries) -> Permit<'a> {
        let gate = self.gate;
        // Whoever goes gives the place back, and that wakes others.
        std::mem::forget(self);
        if tries.made() == 0 {
            gate.flow().purse.pay_in();
        }
        Permit { gate, ticket: Some(ticket), since: gate.waits().elapsed() }
    }
}

impl Drop for Awaited<'_> {
    /// Whoever goes away, for whatever reason, may have been woken in another's place.
    fn drop(&mut self) {
        self.gate.room.notify_one();
    }
}

impl Permit<'_> {
    fn leave(mut self, came: Came) {
        self.end(came);
    }

    fn end(&mut self, came: Came) {
        let Some(ticket) = self.ticket.take() else { return };
        let room = self.gate.flow().pace.leave(ticket, came, self.gate.waits().elapsed());
        for _ in 0..room {
            self.gate.room.notify_one();
        }
    }
}

impl Drop for Permit<'_> {
    /// A request that nobody waits for any more gives its place back too.
    fn drop(&mut self) {
        self.end(Came::Nothing);
    }
}

#[cfg(test)]
mod tests;
