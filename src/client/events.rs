//! The events of a client: that it waits, how long, and why.

use super::retry_after::spelled;
use std::fmt;
use std::time::Duration;

/// An event for an observer of the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A request waits.
    WaitStarted(Wait),
    /// This wait is over.
    WaitEnded(Wait),
}

/// One wait. Its text is a line for people: `waiting 12 s: the system asked for it (429)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// How long, if nothing ends it before.
    pub how_long: Duration,
    /// What for.
    pub why: WaitReason,
}

/// Why a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The system said for how long, with this status.
    Asked(u16),
    /// This status says that it has trouble, or too much to do.
    Status(u16),
    /// No connection.
    NoConnection,
    /// No answer, or half of one.
    NoAnswer,
    /// An answer that is none of a clinic system.
    NoSense,
    /// Another request was asked to wait, and all of them do.
    Throttled,
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "waiting {}: {}", spelled(self.how_long), self.why)
    }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked(status) => write!(f, "the system asked for it ({status})"),
            Self::Status(status) => write!(f, "the system answered {status}"),
            Self::NoConnection => f.write_str("no connection to the system"),
            Self::NoAnswer => f.write_str("the system did not answer"),
            Self::NoSense => f.write_str("the answer was not one of a clinic system"),
            Self::Throttled => f.write_str("the system asked for it"),
        }
    }
}
