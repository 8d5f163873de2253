//! No request is forgotten at the gate: whatever the outcomes are, and whichever request is dropped, all others end.

use super::{ClientHooks, Clock, Gate, Limits, Tries, Verdict, WaitReason};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

/// Rounds that are more than any of these runs takes; they end, unless a waiter was not woken.
const MANY: usize = 100_000;

/// A clock that moves when a request waits.
#[derive(Debug, Default)]
struct Quick(Mutex<Duration>);

impl Clock for Quick {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        *self.0.lock().expect("not poisoned")
    }

    fn wait(&self, how_long: Duration) -> BoxFuture<'_, ()> {
        *self.0.lock().expect("not poisoned") += how_long;
        Box::pin(turns(1))
    }

    fn jitter(&self) -> f64 {
        0.0
    }
}

/// Lets all others go first, so many times.
async fn turns(count: usize) {
    for _ in 0..count {
        let mut gone = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut gone, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
    }
}

/// One request: what comes of each of its tries, and the round in which it is dropped.
#[derive(Debug, Clone)]
struct Wish {
    takes: usize,
    verdict: Verdict,
    gone: Option<usize>,
}

async fn request(gate: &Gate, wish: Wish) {
    let mut tries = Tries::default();
    loop {
        let Ok(permit) = gate.enter(&mut tries).await else { return };
        turns(wish.takes).await;
        if !gate.again(permit, wish.verdict, &mut tries).await {
            return;
        }
    }
}

#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Carries out all requests, round by round; returns those that are left when no task is awake.
fn asleep(in_flight: usize, wishes: &[Wish]) -> BTreeSet<usize> {
    let hooks = ClientHooks { clock: Arc::new(Quick::default()), ..ClientHooks::default() };
    let gate = Gate::new(&Limits { in_flight, ..Limits::default() }, hooks);
    let mut left: Vec<_> = wishes.iter().map(|wish| Some(Box::pin(request(&gate, wish.clone())))).collect();
    let flag = Arc::new(Flag::default());
    let waker = Waker::from(Arc::clone(&flag));
    for round in 0..MANY {
        let mut moved = false;
        for (wish, slot) in wishes.iter().zip(&mut left) {
            let Some(request) = slot else { continue };
            if wish.gone == Some(round) || request.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                *slot = None;
                moved = true;
            }
        }
        let leaves_later = wishes.iter().zip(&left).any(|(wish, slot)| slot.is_some() && wish.gone > Some(round));
        if !moved && !leaves_later && !flag.0.swap(false, Ordering::Relaxed) {
            break;
        }
    }
    left.iter().enumerate().filter(|(_, slot)| slot.is_some()).map(|(at, _)| at).collect()
}

fn too_much(seconds: Option<u64>) -> Verdict {
    Verdict::TooMuch { asked: seconds.map(Duration::from_secs), again: Some(WaitReason::Status(429)) }
}

#[test]
fn where_the_door_is_closed_whoever_waited_for_room_is_told() {
    let wish = Wish { takes: 1, verdict: too_much(Some(60)), gone: None };
    for in_flight in [1, 4, 5, 10, 16] {
        assert_eq!(asleep(in_flight, &vec![wish.clone(); 50]), BTreeSet::new(), "{in_flight} at a time");
    }
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let asked = proptest::option::of(prop_oneof![0..40u64, 50..70u64, Just(3600)]);
    prop_oneof![
        6 => Just(Verdict::Over),
        1 => Just(Verdict::TokenRefused),
        4 => asked.prop_map(too_much),
        2 => Just(Verdict::Trouble(Some(WaitReason::NoAnswer))),
        1 => Just(Verdict::Trouble(None)),
    ]
}

fn wish() -> impl Strategy<Value = Wish> {
    let gone = proptest::option::weighted(0.2, 0..20usize);
    (0..4usize, verdict(), gone).prop_map(|(takes, verdict, gone)| Wish { takes, verdict, gone })
}

proptest! {
    #[test]
    fn nobody_sleeps_for_ever(in_flight in 0..20usize, wishes in proptest::collection::vec(wish(), 1..60)) {
        prop_assert_eq!(asleep(in_flight, &wishes), BTreeSet::new());
    }
}
