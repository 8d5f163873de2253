//! The client against systems that are not ours, and against faulty ones; the executor on a port in memory.

pub(crate) mod behaviours;
pub(crate) mod clock;
mod executor;
pub(crate) mod fake;
mod faults;
mod log;
mod patience;
mod port;
pub(crate) mod raw;
mod reading;
mod resent;
mod support;
mod uncertain;
mod writing;
