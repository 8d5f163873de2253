//! The plan as a comment of a pull request: what a reviewer must know first, details folded behind it.
//!
//! Nothing in it is taken from a file or a live system as anything but text, and it fits into a comment: what stands
//! first (the verdict, the counts, what stops, who loses and gains access, what was changed by hand) has its own room;
//! the details behind it are left out block by block, and counted.
//!
//! ```text
//! marker       finds the comment again
//! head         verdict, counts, guards, blocked clinics
//! impact       who notices, losses first; the other clinics by name
//! last_edit         what was changed by hand
//! block        every change, folded
//! annotations      what else the rules say, folded
//! ```

mod block;
mod escape;
mod files;
mod fit;
mod head;
mod impact;
mod last_edit;
mod outcome;
mod value;

pub(super) use self::files::files;

use self::escape::{code, text};
use self::fit::{LIMIT, fitted, weight};
use crate::plan::{FindingRow, NoteRow, Plan};
use crate::report::Run;
use crate::report::view::{Block, View};
use crate::report::words::count;
use std::collections::BTreeSet;

/// What the annotations may take: some forty of them.
const MOST_REMARKS: usize = 8_000;
/// What the sentence takes that counts the blocks that are left out.
const LEFT_OUT: usize = 400;

/// Renders a whole plan.
#[must_use]
pub(super) fn plan(plan: &Plan) -> String {
    comment(plan, "")
}

/// Renders a plan and what became of it.
#[must_use]
pub(super) fn applied(run: &Run<'_>) -> String {
    comment(run.plan, &if run.outcomes.is_empty() { String::new() } else { outcome::section(run) })
}

/// A comment with `became`, which says what became of the plan, behind its head.
fn comment(plan: &Plan, became: &str) -> String {
    let view = View::of(plan);
    let mut comment = head::marker(&plan.fleet);
    comment.push_str(&head::verdict(&view));
    comment.push_str(became);
    comment.push_str(&head::stops(&view));
    comment.push_str(&impact::section(&view));
    comment.push_str(&last_edit::section(&view));
    let annotations = annotations(&view);
    let room = LIMIT.saturating_sub(weight(&comment) + weight(&annotations) + LEFT_OUT);
    comment.push_str(&changes(&view, room));
    comment.push_str(&annotations);
    comment
}

/// The blocks that fit into `room`, and how much the others hold.
fn changes(view: &View<'_>, room: usize) -> String {
    if view.blocks.is_empty() {
        return String::new();
    }
    let (mut section, left_out) = fitted(view.blocks.iter().map(|block| block::block(block, view.plan.names)), room);
    if left_out > 0 {
        section.push_str(&not_shown(&view.blocks[view.blocks.len() - left_out..]));
    }
    format!("#### What changes\n\n{section}")
}

fn not_shown(blocks: &[Block<'_>]) -> String {
    let changes = blocks.iter().map(|block| block.changes.len() * block.clinics.len()).sum();
    let clinics: BTreeSet<_> = blocks.iter().flat_map(|block| &block.clinics).collect();
    let clinics = count(clinics.len(), "clinic");
    let changes = count(changes, "change");
    let blocks = count(blocks.len(), "block");
    format!(
        "**{blocks} with {changes} in {clinics} left out** so that this fits into a comment; `clinicctl plan -o json` shows all of them.\n\n"
    )
}

/// What the rules say of clinics that are not blocked, and what is left undone on purpose.
fn annotations(view: &View<'_>) -> String {
    let finding = |row: &FindingRow| {
        let clinic = row.clinic.as_ref().map_or_else(String::new, |clinic| format!("{} ", code(clinic.as_str())));
        format!("- {clinic}{}\n", head::finding(row))
    };
    let note = |NoteRow { address, message }: &NoteRow| {
        format!("- **note** {}: {}\n", code(&address.to_string()), text(message))
    };
    let all: Vec<_> = view.annotations().map(finding).chain(view.plan.notes.iter().map(note)).collect();
    if all.is_empty() {
        return String::new();
    }
    let number = count(all.len(), "remark");
    let (list, left_out) = fitted(all, MOST_REMARKS);
    let more = if left_out > 0 { format!("- and {left_out} more\n") } else { String::new() };
    format!(
        "<details><summary>{number}: warnings of the rules, and what is left undone</summary>\n\n{list}{more}\n</details>\n"
    )
}
