//! The request to stop, from outside a run.

use std::sync::Arc;
use tokio::sync::SetOnce;

/// A switch that stops a run in two degrees: between two requests, or at once.
///
/// Once [raised](Self::raise), what is under way is finished and what is left is reported as such; whoever waits for
/// something waits no longer. Once [cut short](Self::cut_short) as well, the answers of what is under way are not
/// waited for either. Clones share the switch, so that one half can wait for a signal while the other runs. It cannot
/// be taken back.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<Switch>);

#[derive(Debug, Default)]
struct Switch {
    raised: SetOnce<String>,
    short: SetOnce<()>,
}

impl Interrupt {
    /// Asks the run to stop. Of several reasons the first one counts.
    pub fn raise(&self, reason: impl Into<String>) {
        // Refused where it is raised already, which is the guarantee.
        let _ = self.0.raised.set(reason.into());
    }

    /// Asks the run to stop at once, without the answers that it waits for.
    pub fn cut_short(&self, reason: impl Into<String>) {
        self.raise(reason);
        let _ = self.0.short.set(());
    }

    /// Why the run should stop; `None` while it should go on.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.raised.get().map(String::as_str)
    }

    /// Whether the run should stop at once.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.0.short.get().is_some()
    }

    /// Waits until the run should stop, and says why. Several may wait, and later callers do not wait.
    pub async fn raised(&self) -> &str {
        self.0.raised.wait().await
    }

    /// Waits until the run should stop at once.
    pub async fn shortened(&self) {
        self.0.short.wait().await;
    }
}

#[cfg(test)]
mod tests {
    use super::Interrupt;

    #[tokio::test]
    async fn whoever_waits_is_told_once_it_is_raised_and_of_reasons_the_first_counts() {
        let interrupt = Interrupt::default();
        let (told, ()) = tokio::join!(interrupt.raised(), async {
            assert_eq!(interrupt.reason(), None);
            interrupt.raise("the first");
            interrupt.raise("the second");
        });
        assert_eq!(told, "the first");
        assert_eq!(interrupt.clone().raised().await, "the first", "whoever comes later does not wait");
        assert!(!interrupt.is_short());
    }

    #[tokio::test]
    async fn cutting_short_stops_between_two_requests_as_well() {
        let interrupt = Interrupt::default();
        let (waiting, other) = (interrupt.clone(), interrupt.clone());
        tokio::join!(waiting.raised(), waiting.shortened(), async { other.cut_short("at once") });
        assert_eq!((interrupt.reason(), interrupt.is_short()), (Some("at once"), true));
    }
}
