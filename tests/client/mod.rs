//! The client against systems that are not ours, and against faulty ones; the executor on a port in memory.

pub(crate) mod clock;
mod executor;
mod fake;
mod faults;
mod port;
mod raw;
mod reading;
mod support;
mod writing;
