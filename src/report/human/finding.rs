//! What the rules and guards say about a plan.

use super::clinic::Clinics;
use super::clinic::Part;
use super::value::text;
use crate::diagnostic::Severity;
use crate::diagnostic::escape;
use crate::diagnostic::escape_cut;
use crate::plan::Blocked;
use crate::plan::FindingRow;
use crate::plan::GuardRow;
use crate::plan::Plan;
use crate::report::Paint;
use crate::report::words::thousands;
use std::fmt::Write as _;

/// The longest reason of a waiver that is shown whole: some four lines. A reason that is cut explains nothing.
const LONGEST_REASON: usize = 400;

/// Everything that forbids writing one clinic, and what else is said about it; nothing where it is not blocked.
pub(super) fn of_blocked(part: &Part<'_>, paint: Paint) -> String {
    if !part.is_blocked() {
        return String::new();
    }
    let told =
        |blocked: &Blocked| part.findings.iter().any(|row| row.rule == blocked.rule && row.message == blocked.detail);
    let mut lines = String::new();
    for Blocked { clinic: _, rule, detail } in part.blocked.iter().copied().filter(|blocked| !told(blocked)) {
        let _ = writeln!(lines, "  {}: {}", paint.removed(format!("error[{}]", text(rule))), escape(detail));
    }
    for row in &part.findings {
        lines.push_str(&finding(row, "  ", "", paint));
    }
    lines
}

/// Every finding that does not stand under its clinic already, then the guards.
pub(super) fn remarks(plan: &Plan, clinics: &Clinics<'_>, paint: Paint) -> String {
    let mut lines = String::new();
    for row in &plan.findings {
        match &row.clinic {
            Some(clinic) if clinics.is_blocked(clinic) => {}
            Some(clinic) => lines.push_str(&finding(row, "", &format!("{clinic}: "), paint)),
            None => lines.push_str(&finding(row, "", "", paint)),
        }
    }
    if let Some(unknown) = &plan.drift_unknown {
        let _ = writeln!(lines, "{} {}", paint.changed("note:"), escape(&unknown.sentence()));
    }
    lines.extend(plan.guards.iter().map(|guard| guard_line(guard, paint)));
    lines
}

fn finding(row: &FindingRow, indent: &str, clinic: &str, paint: Paint) -> String {
    let word = match row.severity {
        Severity::Error => paint.removed(format!("error[{}]", text(&row.rule))),
        Severity::Warning => paint.changed(format!("warning[{}]", text(&row.rule))),
    };
    let mut lines = format!("{indent}{word}: {clinic}{}{}\n", escape(&row.message), standing(row, paint));
    if let Some(location) = &row.location {
        let _ = writeln!(lines, "{indent}  {} {}", paint.aside("-->"), text(&location.to_string()));
    }
    for help in &row.help {
        let _ = writeln!(lines, "{indent}  = help: {}", escape(help));
    }
    lines
}

/// Why a breach is no worse than a warning.
fn standing(row: &FindingRow, paint: Paint) -> String {
    match &row.waived {
        Some(reason) => paint.aside(format!(" (waived: {})", escape_cut(reason, LONGEST_REASON))),
        None if row.already_so => paint.aside(" (already so)"),
        None => String::new(),
    }
}

fn guard_line(guard: &GuardRow, paint: Paint) -> String {
    let number = |value: u64| thousands(usize::try_from(value).unwrap_or(usize::MAX));
    let GuardRow { guard: name, limit, actual, accepted } = guard;
    let word = if *accepted { paint.changed("guard:") } else { paint.removed("guard:") };
    let follows = if *accepted { "accepted by this run" } else { "`apply` stops here" };
    format!("{word} `{}` allows {}, this plan has {}: {follows}\n", text(name), number(*limit), number(*actual))
}
