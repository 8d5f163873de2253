//! What the rules and guards say about a plan.

use super::flow::{Flow, Ink};
use super::text;
use crate::diagnostic::{Severity, escape, escape_cut};
use crate::plan::{Blocked, FindingRow, GuardRow};
use crate::report::Paint;
use crate::report::view::{Clinic, View};
use crate::report::words::thousands;

/// The longest reason of a waiver that is shown whole: some four lines. A reason that is cut explains nothing.
const LONGEST_REASON: usize = 400;

/// Every clinic to which nothing is written: everything that forbids it, and the other findings about it.
pub(super) fn blocked(view: &View<'_>, paint: Paint) -> String {
    let mut lines = String::new();
    for clinic in view.blocked() {
        lines.push_str(&of_clinic(clinic, paint));
        lines.push('\n');
    }
    lines
}

fn of_clinic(clinic: &Clinic<'_>, paint: Paint) -> String {
    let heading = Flow::new(0, 2).add(Ink::Title, clinic.id.as_str());
    let mut lines = heading.add(Ink::Removed, "  blocked: nothing is written here").end(paint);
    let told = |row: &Blocked| clinic.findings.iter().any(|told| told.rule == row.rule && told.message == row.detail);
    for Blocked { clinic: _, rule, detail } in clinic.blocked.iter().copied().filter(|blocked| !told(blocked)) {
        let flow = Flow::new(2, 4).add(Ink::Removed, format!("error[{}]", text(rule)));
        lines.push_str(&flow.add(Ink::Plain, format!(": {}", escape(detail))).end(paint));
    }
    for row in &clinic.findings {
        lines.push_str(&finding(row, 2, "", paint));
    }
    lines
}

/// Every finding that does not stand under its clinic already, then the guards.
pub(super) fn annotations(view: &View<'_>, paint: Paint) -> String {
    let mut lines = String::new();
    for row in view.annotations() {
        let clinic = row.clinic.as_ref().map_or_else(String::new, |clinic| format!("{clinic}: "));
        lines.push_str(&finding(row, 0, &clinic, paint));
    }
    if let Some(unknown) = &view.plan.drift_unknown {
        let sentence = format!(" {}", escape(&unknown.sentence()));
        lines.push_str(&Flow::new(0, 2).add(Ink::Changed, "note:").add(Ink::Plain, sentence).end(paint));
    }
    lines.extend(view.plan.guards.iter().map(|guard| guard_line(guard, paint)));
    if lines.is_empty() { lines } else { lines + "\n" }
}

fn finding(row: &FindingRow, indent: usize, clinic: &str, paint: Paint) -> String {
    let (ink, word) = match row.severity {
        Severity::Error => (Ink::Removed, "error"),
        Severity::Warning => (Ink::Changed, "warning"),
    };
    let flow = Flow::new(indent, indent + 4).add(ink, format!("{word}[{}]", text(&row.rule)));
    let flow = flow.add(Ink::Plain, format!(": {clinic}{}", escape(&row.message)));
    let mut lines = flow.add(Ink::Aside, standing(row)).end(paint);
    if let Some(location) = &row.location {
        let place = format!(" {}", text(&location.to_string()));
        lines.push_str(&Flow::new(indent + 2, indent + 6).add(Ink::Aside, "-->").add(Ink::Plain, place).end(paint));
    }
    for help in &row.help {
        let help = format!("= help: {}", escape(help));
        lines.push_str(&Flow::new(indent + 2, indent + 6).add(Ink::Plain, help).end(paint));
    }
    lines
}

/// Why a breach is no worse than a warning.
fn standing(row: &FindingRow) -> String {
    match &row.waived {
        Some(reason) => format!(" (waived: {})", escape_cut(reason, LONGEST_REASON)),
        None if row.already_so => " (already so)".to_owned(),
        None => String::new(),
    }
}

fn guard_line(guard: &GuardRow, paint: Paint) -> String {
    let number = |value: u64| thousands(usize::try_from(value).unwrap_or(usize::MAX));
    let GuardRow { guard: name, limit, actual, accepted } = guard;
    let (ink, follows) =
        if *accepted { (Ink::Changed, "accepted by this run") } else { (Ink::Removed, "`apply` stops here") };
    let exceeds = format!(" `{}` allows {}, this plan has {}: {follows}", text(name), number(*limit), number(*actual));
    Flow::new(0, 2).add(ink, "guard:").add(Ink::Plain, exceeds).end(paint)
}
