//! How long and how much the client takes from a system before it gives up.

use std::time::Duration;

/// Bounds of one client. The defaults suit a system across a country; tests use tiny ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands, TLS included.
    pub connect: Duration,
    /// From the request until the head of the answer.
    pub first_byte: Duration,
    /// From the head of the answer until its end; in a snapshot until the end of each line.
    pub whole: Duration,
    /// Bytes of answers per clinic: more than a thousand times what a large clinic needs.
    pub body: usize,
    /// Requests that are under way at the same time, at most.
    pub in_flight: usize,
    /// What one request may spend on trying again: no try begins later than this after the first one. Nothing means
    /// that nothing is tried again.
    pub retry_budget: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(15),
            whole: Duration::from_secs(60),
            body: 8 * 1024 * 1024,
            in_flight: 16,
            retry_budget: Duration::from_secs(60),
        }
    }
}
