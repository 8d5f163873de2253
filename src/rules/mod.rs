//! What a clinic must obey: one file a rule, listed in one table.
//!
//! A rule is asked at up to three moments: of the raw text of a file, of the files alone (layers merged), and of the
//! state that a plan would lead to. The reader's refusals (`duplicate-key`, ...) are in the table too, so that
//! `clinicctl explain` knows every name that a finding can carry; they are raised where the text is read.

use crate::diagnostic::Finding;
use crate::domain::DesiredFleet;
use crate::source::FileId;

mod judge;
mod rule;

pub use judge::{Breach, Judgement, Policy, Resulting, Standing, Thing, WaivedRule, judge};
pub use rule::{Rule, Severity};

/// Asks the rules of the raw text of one file.
#[must_use]
pub fn in_text(_file: FileId, _text: &str) -> Vec<Finding> {
    Vec::new()
}

/// Asks the rules of the files alone: what the declared values break whatever is live. Severities of the fleet and
/// waivers are applied.
#[must_use]
pub fn in_files(_fleet: &DesiredFleet, _today: jiff::civil::Date) -> Vec<Finding> {
    Vec::new()
}

/// Every rule and refusal, sorted by name.
pub const ALL: &[&Rule] = &[];

/// The rule or refusal of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
