//! Changes -> an ordered plan: a value that can be compared, printed and stored.
//!
//! [`clinic`](clinic::plan_clinic) plans one clinic from the files and its live state and is called once a clinic, on
//! all cores, while the live system is still being read. [`assemble`](assemble::assemble) joins the results into one
//! [`Plan`]. Every choice is made here: what [`crate::execute`] gets has nothing left to decide.

mod assemble;
mod clinic;
mod document;
mod order;
mod saved;
mod step;

pub use assemble::{Header, assemble};
pub use clinic::{ClinicPlan, ClinicWork, PlanContext, plan_clinic};
pub use document::{
    Because, Blocked, FieldRow, FindingRow, GuardRow, Impact, MenuRow, NoteRow, Origin, Plan, PlannedChange, RightRow,
    Summary,
};
pub use order::order;
pub use saved::{SavedPlan, SavedPlanError};
pub use step::{Step, Write};
