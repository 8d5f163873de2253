//! Values -> text: what a plan, a finding or an outcome looks like to a person or a program.
//!
//! Nothing here decides anything or writes anywhere: every function takes values and gives text. Texts that come from
//! files or from a live system are escaped on the way, and what leaves as [`Printed`] commands nobody. Every format is an arm of [`Format`] and rendered from the same
//! [`Plan`] document, so that a saved plan shows what the run that saved it showed.
//!
//! [`Plan`]: crate::plan::Plan

mod annotation;
mod answer;
mod drift;
mod files;
mod format;
mod github;
mod gitlab;
mod history;
mod html;
mod human;
mod json;
mod junit;
mod markdown;
pub mod menu_preview;
mod moved;
mod outcome;
mod paint;
mod printed;
mod sarif;
pub mod view;
mod words;

pub use answer::{can_i, can_i_json, why, why_json};
pub use drift::drift;
pub use files::Files;
pub use format::{Format, render_applied, render_files, render_plan};
pub use history::{history, history_json};
pub use human::plan;
pub use json::{applied_json, plan_json};
pub use moved::moved;
pub use outcome::{ClinicCounts, Ended, OutcomeCounts, Run, outcomes};
pub use paint::Paint;
pub use printed::Printed;
pub use words::{count, thousands};
