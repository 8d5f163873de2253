//! Times as the store keeps them: RFC 3339 in UTC to the second, which compare as text.

use jiff::{SignedDuration, Timestamp};

/// A time as text.
pub(crate) fn text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The time `age` before `now`, as text.
pub(super) fn ago(now: Timestamp, age: SignedDuration) -> String {
    text(now.saturating_sub(age).unwrap_or(Timestamp::MIN))
}

/// The time `age` after `now`, as text.
pub(super) fn after(now: Timestamp, age: SignedDuration) -> String {
    text(now.saturating_add(age).unwrap_or(Timestamp::MAX))
}

/// Whether the time `at` is more than `age` before `now`. What is no time is older than anything.
pub(super) fn is_older(at: &str, age: SignedDuration, now: Timestamp) -> bool {
    at.parse::<Timestamp>().map_or(true, |at| now.duration_since(at) > age)
}
