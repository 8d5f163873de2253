//! Answers to questions, for a person and for a program.

mod can_i;
mod why;

pub use can_i::can_i;
pub use why::why;

use super::json::ended;
use crate::ask::{CanI, Why};
use crate::diagnostic::{escape_cut, to_json_text};

/// The answer as `clinicctl-can-i/1`.
#[must_use]
pub fn can_i_json(answer: &CanI) -> String {
    ended(to_json_text(answer))
}

/// The answer as `clinicctl-why/1`.
#[must_use]
pub fn why_json(answer: &Why) -> String {
    ended(to_json_text(answer))
}

/// The longest text of a file or a live system that a line shows, in characters: the longest title twice over.
const LONGEST: usize = 80;

/// A text from outside, safe to show and never longer than a line.
fn text(text: &str) -> String {
    escape_cut(text, LONGEST).into_owned()
}
