//! The wish to stop, from outside a run.

use std::sync::Arc;
use std::sync::OnceLock;

/// A switch that stops a run between two requests. What is under way is finished; what is left is reported as such.
///
/// Clones share the switch, so that one half can wait for a signal while the other runs. It cannot be taken back.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<OnceLock<String>>);

impl Interrupt {
    /// Asks the run to stop. Of several reasons the first one counts.
    pub fn raise(&self, reason: impl Into<String>) {
        self.0.get_or_init(|| reason.into());
    }

    /// Why the run should stop; `None` while it should go on.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}
