//! The clock of a client.
//!
//! Everything that takes time on purpose goes through one [`Clock`], so that a test can replace the clock, wait for
//! nothing, and see what would have been waited for.

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// A clock, a way to wait, and a source of jitter.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day, for dates that a system names.
    fn now(&self) -> Timestamp;

    /// The time since some fixed moment. It never goes back, whatever happens to the time of day.
    fn elapsed(&self) -> Duration;

    /// Waits.
    fn wait(&self, how_long: Duration) -> BoxFuture<'_, ()>;

    /// A number from 0 up to, but not including, 1.
    fn jitter(&self) -> f64;
}

/// The real clock.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
    random: AtomicU64,
}

impl Default for SystemClock {
    fn default() -> Self {
        // Where the operating system gives no random bytes, two runs wait alike, which costs nothing but the spread.
        let seed = getrandom::u64().unwrap_or_default();
        Self { started: Instant::now(), random: AtomicU64::new(seed) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn wait(&self, how_long: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(how_long))
    }

    fn jitter(&self) -> f64 {
        jitter(self.random.fetch_add(STRIDE, Ordering::Relaxed))
    }
}

/// The step of Weyl's sequence in SplitMix64 (Steele, Lea and Flood, 2014): good enough to spread requests.
const STRIDE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The mixing half of SplitMix64, as a number below 1.
fn jitter(state: u64) -> f64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let high = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default();
    f64::from(high) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, jitter};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn jitter_is_at_least_0_and_below_1(state in any::<u64>()) {
            prop_assert!((0.0..1.0).contains(&jitter(state)));
        }

        #[test]
        fn jitter_is_spread(seed in any::<u64>()) {
            let low = (0..1000u64).filter(|at| jitter(seed.wrapping_add(at.wrapping_mul(STRIDE))) < 0.5).count();
            prop_assert!((400..600).contains(&low), "{low} of 1000 below one half");
        }
    }
}
