//! The wish to stop, from outside a run.

use std::sync::Arc;
use std::sync::OnceLock;
use tokio::sync::Notify;

/// A switch that stops a run between two requests. What is under way is finished; what is left is reported as such.
///
/// Clones share the switch, so that one half can wait for a signal while the other runs. It cannot be taken back.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<Switch>);

#[derive(Debug, Default)]
struct Switch {
    reason: OnceLock<String>,
    raised: Notify,
}

impl Interrupt {
    /// Asks the run to stop. Of several reasons the first one counts.
    pub fn raise(&self, reason: impl Into<String>) {
        self.0.reason.get_or_init(|| reason.into());
        self.0.raised.notify_waiters();
    }

    /// Why the run should stop; `None` while it should go on.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.reason.get().map(String::as_str)
    }

    /// Waits until the run should stop, and says why. For waits that must not outlast the wish to stop.
    pub async fn raised(&self) -> &str {
        loop {
            // Made before the look, so that no raising falls between the two.
            let raised = self.0.raised.notified();
            if let Some(reason) = self.reason() {
                return reason;
            }
            raised.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Interrupt;

    #[tokio::test]
    async fn whoever_waits_is_told_before_and_after() {
        let interrupt = Interrupt::default();
        let waiting = tokio::spawn({
            let interrupt = interrupt.clone();
            async move { interrupt.raised().await.to_owned() }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        interrupt.raise("first");
        interrupt.raise("second");
        assert_eq!(waiting.await.expect("joined"), "first");
        assert_eq!(interrupt.raised().await, "first");
    }
}
