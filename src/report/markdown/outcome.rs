//! What became of a plan, in the comment that shows it.

use super::escape::text;
use super::fit::fitted;
use crate::report::words::count;
use crate::report::{Paint, Run, outcomes as lines};
use std::fmt::Write as _;

/// What it may take: some sixty clinics that stopped.
const MOST: usize = 6_000;

/// The line that sums it up, then every clinic that stopped.
pub(super) fn section(run: &Run<'_>) -> String {
    let told = lines(run, None, Paint::Plain);
    let (clinics, summary) = told.trim_end().rsplit_once('\n').unwrap_or(("", told.trim_end()));
    let (mut list, left_out) = fitted(clinics.lines().map(item), MOST);
    if left_out > 0 {
        let _ = writeln!(list, "- and {}", count(left_out, "more line"));
    }
    format!("#### What became of it\n\n**Result:** {}\n\n{list}\n", text(summary))
}

/// A clinic, or one of its steps, which stand indented.
fn item(line: &str) -> String {
    let indent = if line.starts_with(' ') { "  " } else { "" };
    format!("{indent}- **·** {}\n", text(line.trim_start()))
}
