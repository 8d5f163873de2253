//! What an apply does when everything around it fails: requests, answers, processes, and people who edit meanwhile.
//!
//! ```text
//! schedules   thousands of small applies in this process, each with its own script of faults and edits
//! kills       the real binary, and its system, killed at every moment of every request
//! ```
//!
//! After each run [`judge`] compares what was sent, what was told and what the change log says.

mod judge;
pub(crate) mod kills;
mod lab;
mod scene;
mod schedules;
mod script;
