//! The plan as a reviewer reads it: clinic by clinic, then what the rules say, then one line that sums it up.
//!
//! A clinic that is blocked stands among the others, and under its name everything that forbids writing it, so that
//! nothing about it is told a second time further down.

mod change;
mod clinic;
mod finding;
mod impact;
mod summary;
mod value;

use super::Paint;
use crate::plan::Plan;
use clinic::Clinics;

/// Renders a whole plan.
#[must_use]
pub fn plan(plan: &Plan, paint: Paint) -> String {
    let clinics = Clinics::of(plan);
    let mut text = String::new();
    for (clinic, part) in clinics.worth_showing() {
        text.push_str(&clinic::one(plan, clinic, part, paint));
        text.push('\n');
    }
    let remarks = finding::remarks(plan, &clinics, paint);
    if !remarks.is_empty() {
        text.push_str(&remarks);
        text.push('\n');
    }
    text.push_str(&summary::line(plan, &clinics, paint));
    text.push('\n');
    text
}
