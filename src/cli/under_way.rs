//! Which of several waits a person is told: the one that is over last. Pure: the time is handed in.

use crate::client::Wait;
use std::time::Duration;

/// The waits that are under way, each with when it will be over.
#[derive(Debug, Default)]
pub(crate) struct UnderWay(Vec<(Duration, Wait)>);

impl UnderWay {
    /// One more begins.
    pub(crate) fn begin(&mut self, now: Duration, waiting: Wait) {
        self.0.push((now.saturating_add(waiting.how_long), waiting));
    }

    /// One is over. Of several that are alike it is the one that began first.
    pub(crate) fn end(&mut self, waiting: &Wait) {
        if let Some(at) = self.0.iter().position(|(_, other)| other == waiting) {
            self.0.remove(at);
        }
    }

    /// The one that is over last.
    pub(crate) fn last(&self) -> Option<&Wait> {
        self.0.iter().max_by_key(|(over, _)| *over).map(|(_, waiting)| waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::{UnderWay, Wait};
    use crate::client::WaitReason;
    use std::time::Duration;

    fn waiting(seconds: u64) -> Wait {
        Wait { how_long: Duration::from_secs(seconds), why: WaitReason::Asked(429) }
    }

    fn last(waits: &UnderWay) -> Option<u64> {
        waits.last().map(|waiting| waiting.how_long.as_secs())
    }

    #[test]
    fn a_short_wait_hides_no_long_one() {
        let mut waits = UnderWay::default();
        waits.begin(Duration::ZERO, waiting(50));
        waits.begin(Duration::from_secs(1), waiting(1));
        assert_eq!(last(&waits), Some(50));
        waits.end(&waiting(50));
        assert_eq!(last(&waits), Some(1));
        waits.end(&waiting(1));
        assert_eq!(last(&waits), None);
        waits.end(&waiting(1));
        assert_eq!(last(&waits), None, "one that began before the line did");
    }

    #[test]
    fn it_is_the_one_that_is_over_last_and_of_equals_each_ends_once() {
        let mut waits = UnderWay::default();
        waits.begin(Duration::ZERO, waiting(50));
        waits.begin(Duration::from_secs(45), waiting(10));
        assert_eq!(last(&waits), Some(10));
        waits.begin(Duration::from_secs(46), waiting(10));
        waits.end(&waiting(10));
        assert_eq!(last(&waits), Some(10));
        waits.end(&waiting(10));
        assert_eq!(last(&waits), Some(50));
    }
}
