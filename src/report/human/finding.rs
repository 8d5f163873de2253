//! What the rules and guards say about a plan.

use super::value::text;
use crate::diagnostic::Severity;
use crate::diagnostic::escape;
use crate::plan::Blocked;
use crate::plan::FindingRow;
use crate::plan::GuardRow;
use crate::plan::Plan;
use crate::report::Paint;
use crate::report::words::thousands;
use std::fmt::Write as _;

/// Every finding, then the clinics that are blocked, then the guards.
pub(super) fn all(plan: &Plan, paint: Paint) -> String {
    let mut lines = String::new();
    for row in &plan.findings {
        lines.push_str(&finding(row, paint));
    }
    for blocked in &plan.blocked {
        lines.push_str(&blocked_line(blocked, paint));
    }
    for guard in plan.guards.iter() {
        lines.push_str(&guard_line(guard, paint));
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

fn finding(row: &FindingRow, paint: Paint) -> String {
    let word = match row.severity {
        Severity::Error => paint.removed(format!("error[{}]", row.rule)),
        Severity::Warning => paint.changed(format!("warning[{}]", row.rule)),
    };
    let clinic = row.clinic.as_ref().map_or_else(String::new, |clinic| format!("{clinic}: "));
    let mut lines = format!("{word}: {clinic}{}{}\n", escape(&row.message), standing(row, paint));
    if let Some(location) = &row.location {
        let _ = writeln!(lines, "  {} {}", paint.aside("-->"), text(&location.to_string()));
    }
    for help in &row.help {
        let _ = writeln!(lines, "  = help: {}", escape(help));
    }
    lines
}

/// Why a breach is no worse than a warning.
fn standing(row: &FindingRow, paint: Paint) -> String {
    match &row.waived {
        Some(reason) => paint.aside(format!(" (waived: {})", text(reason))),
        None if row.already_so => paint.aside(" (already so)"),
        None => String::new(),
    }
}

fn blocked_line(blocked: &Blocked, paint: Paint) -> String {
    let Blocked { clinic, rule, detail } = blocked;
    format!("{} {clinic} is not written: {rule}: {}\n", paint.removed("blocked:"), escape(detail))
}

fn guard_line(guard: &GuardRow, paint: Paint) -> String {
    let number = |value: u64| thousands(usize::try_from(value).unwrap_or(usize::MAX));
    let GuardRow { guard: name, limit, actual, .. } = guard;
    format!("{} `{name}` allows {}, this plan has {}\n", paint.removed("guard:"), number(*limit), number(*actual))
}
