//! Findings: what is wrong or doubtful in the files, as values with places, and how they are shown.
//!
//! A finding is never an `Err`. Reading goes on after one, so that a run shows all of them at once. Texts in findings
//! are raw; whatever leaves this floor as text is escaped.

mod book;
mod disarm;
mod escape;
mod excerpt;
mod finding;
mod json;
mod render;
mod summary;

pub use disarm::{Disarmer, Notation};
pub use escape::{escape, escape_cut};
pub use finding::{Finding, Label, Severity};
pub use json::{json, to_json_text};
pub use render::{Colour, Style, render};
pub use summary::summary;
