//! Findings: what is wrong or doubtful in the files, as values with places.
//!
//! A finding is never an `Err`. Reading goes on after one, so that a run shows all of them at once.

mod finding;

pub use finding::{Finding, Label, Severity};
