//! A clock that stands still until somebody waits, and a die that always falls the same way.

use clinicctl::client::{ClientHooks, Clock, Event};
use clinicctl::execute::Interrupt;
use futures_util::future::BoxFuture;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

/// Waits for nothing, and writes down what would have been waited for.
#[derive(Debug, Default)]
pub(crate) struct Frozen {
    elapsed: Mutex<Duration>,
    waits: Mutex<Vec<Duration>>,
    /// Whether a wait never ends by itself.
    for_ever: bool,
    /// How often the time of day was asked for, where it jumps.
    jumps: Option<AtomicUsize>,
}

/// The time of day in the tests.
const TODAY: &str = "2026-11-22T22:00:00Z";
/// Where a clock that jumps lands: it was set forward, back before everything, and right again.
const JUMPS: [&str; 3] = ["2126-11-22T22:00:00Z", "1970-01-01T00:00:00Z", TODAY];

impl Frozen {
    /// A clock whose waits never end by themselves.
    pub(crate) fn for_ever() -> Self {
        Self { for_ever: true, ..Self::default() }
    }

    /// A clock whose time of day is another one each time that somebody looks.
    pub(crate) fn jumping() -> Self {
        Self { jumps: Some(AtomicUsize::new(0)), ..Self::default() }
    }

    /// The waits so far, in milliseconds.
    pub(crate) fn waits(&self) -> Vec<u128> {
        self.waits.lock().expect("not poisoned").iter().map(Duration::as_millis).collect()
    }
}

impl Clock for Frozen {
    fn now(&self) -> jiff::Timestamp {
        let looked = self.jumps.as_ref().map(|jumps| jumps.fetch_add(1, Ordering::Relaxed));
        looked.map_or(TODAY, |looked| JUMPS[looked % JUMPS.len()]).parse().expect("a time")
    }

    fn elapsed(&self) -> Duration {
        *self.elapsed.lock().expect("not poisoned")
    }

    fn wait(&self, how_long: Duration) -> BoxFuture<'_, ()> {
        self.waits.lock().expect("not poisoned").push(how_long);
        if self.for_ever {
            return Box::pin(std::future::pending());
        }
        *self.elapsed.lock().expect("not poisoned") += how_long;
        Box::pin(Yield(false))
    }

    fn jitter(&self) -> f64 {
        0.0
    }
}

/// Lets everybody else go first, once.
struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// What a client told, line by line.
pub(crate) type Told = Arc<Mutex<Vec<String>>>;

/// ClientHooks with this clock.
pub(crate) fn hooks(clock: &Arc<Frozen>) -> (ClientHooks, Told, Interrupt) {
    let (told, interrupt) = (Told::default(), Interrupt::default());
    let log = Arc::clone(&told);
    let tell = move |event: &Event| match event {
        Event::WaitStarted(waiting) => log.lock().expect("not poisoned").push(waiting.to_string()),
        Event::WaitEnded(_) => log.lock().expect("not poisoned").push("goes on".to_owned()),
    };
    let clock: Arc<dyn Clock> = Arc::<Frozen>::clone(clock);
    (ClientHooks { clock, tell: Box::new(tell), interrupt: interrupt.clone() }, told, interrupt)
}
