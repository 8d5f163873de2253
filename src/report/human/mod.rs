//! The plan as a reviewer reads it in a terminal: what it amounts to, which people it concerns, what changes and which
//! line declares it, then the findings, then one line that sums it up.
//!
//! Changes that undo or overrule what a person did by hand stand before those that only the files ask for. A clinic
//! that is blocked has under its name everything that forbids writing it, so that nothing about it is written a second
//! time.

mod block;
mod finding;
mod flow;
mod impact;
mod summary;
mod value;

use self::flow::{Flow, Ink};
use self::value::text;
use super::Paint;
use super::view::View;
use crate::diagnostic::escape;
use crate::plan::{Because, NoteRow, Plan};

/// Renders a whole plan.
#[must_use]
pub fn plan(plan: &Plan, paint: Paint) -> String {
    let view = View::of(plan);
    let mut shown = verdict(&view, paint);
    shown.push_str(&impact::section(&view, paint));
    shown.push_str(&changes(
        &view,
        Because::Conflict,
        "Changed by hand since the last apply, and in the files (conflict)",
        paint,
    ));
    shown.push_str(&changes(
        &view,
        Because::Drift,
        "Changed by hand since the last apply (drift); goes back to what the files say",
        paint,
    ));
    shown.push_str(&changes(&view, Because::Intent, "Changed in the files", paint));
    shown.push_str(&notes(&view, paint));
    shown.push_str(&finding::blocked(&view, paint));
    shown.push_str(&finding::annotations(&view, paint));
    shown.push_str(&summary::line(&view, paint));
    shown.push('\n');
    shown
}

/// The sentence that says it all; of a plan without anything in it, the last line does.
fn verdict(view: &View<'_>, paint: Paint) -> String {
    if view.blocks.is_empty() && view.blocked().next().is_none() {
        return String::new();
    }
    let sentence = view.verdict().sentence();
    Flow::new(0, 2).add(Ink::Title, escape(&sentence)).end(paint) + "\n"
}

/// The blocks with this reason, under `title`.
fn changes(view: &View<'_>, because: Because, title: &str, paint: Paint) -> String {
    let mut section = String::new();
    for block in view.because(because) {
        section.push_str(&block::block(block, view.plan.names, paint));
        section.push('\n');
    }
    if section.is_empty() {
        return section;
    }
    Flow::new(0, 2).add(Ink::Title, format!("{title}:")).end(paint) + "\n" + &section
}

/// What is left undone on purpose.
fn notes(view: &View<'_>, paint: Paint) -> String {
    let line = |NoteRow { address, message }: &NoteRow| {
        let about = format!(" {address}: {}", escape(message));
        Flow::new(0, 2).add(Ink::Aside, "·").add(Ink::Plain, about).end(paint)
    };
    let lines: String = view.plan.notes.iter().map(line).collect();
    if lines.is_empty() { lines } else { lines + "\n" }
}
