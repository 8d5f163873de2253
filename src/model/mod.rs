//! A clinic system as a pure state machine: the oracle of the laws, the explorer and the conformance table.
//!
//! It says what a system that keeps the contract answers to every write: preconditions by the clinic's revision, no
//! entry and no new revision if nothing changes, refusals of content, one log entry for each accepted write. Like a
//! real system it accepts states that are merely unwise. It never talks to anything: no clock, no network, no store.
//!
//! A console edit is the same write by a person; the model makes no difference but remembers who it was.

mod check;
mod log;
mod refusal;
mod system;

pub use log::{Author, Entry};
pub use refusal::{Fault, Refusal};
pub use system::{Answer, Model};
