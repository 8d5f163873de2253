//! What stands before everything else: the marker, the verdict, the counts, and what stops.

use super::escape::{code, place, text};
use super::fit::fitted;
use crate::plan::{Blocked, FindingRow, GuardRow, Summary};
use crate::report::view::{Clinic, Totals, View};
use crate::report::words::{count, thousands};
use std::fmt::Write as _;

/// What the list of blocked clinics may take: some sixty of them.
const MOST_BLOCKED: usize = 6_000;

/// The marker by which a pipeline finds its earlier comment and updates it in place.
///
/// A fleet's name stands in it as it is. Whatever is no name is spelt out, so that no text can end the comment.
pub(super) fn marker(fleet: &str) -> String {
    let mut name = String::new();
    for c in fleet.chars().take(LONGEST_NAME) {
        match c {
            'a'..='z' | '0'..='9' | '-' => name.push(c),
            // Writing into a string cannot fail.
            other => drop(write!(name, "_{:x}_", u32::from(other))),
        }
    }
    format!("<!-- clinicctl:{name} -->\n")
}

/// The longest name that a fleet can have.
const LONGEST_NAME: usize = 63;

/// What happens, what follows from it, and the counts: for drift alone people are not counted.
pub(super) fn verdict(view: &View<'_>) -> String {
    let verdict = view.verdict();
    let title = format!("### Plan for {}: {}\n\n", code(&view.plan.fleet), text(&lower_first(&verdict.happens)));
    let follows = verdict.consequences();
    let follows = follows.map_or_else(String::new, |all| format!("**Verdict:** {}\n\n", text(&upper_first(&all))));
    let zeros = view.blocks.is_empty() || view.is_of_drift_alone();
    let counts = if zeros { String::new() } else { format!("{}\n", counts(view)) };
    let compared = format!("Compared with {}", code(&view.plan.system));
    let reference =
        view.plan.reference.as_ref().map_or_else(String::new, |reference| format!(" for {}", code(reference)));
    format!("{title}{follows}{counts}{compared}{reference}.\n\n")
}

/// `Nothing changes` in the middle of a line.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// `Nobody loses access` at the start of a sentence.
fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// One row of numbers; those about people and patients only if the plan changes something.
fn counts(view: &View<'_>) -> String {
    let Summary { clinics, clinics_changed, create, update, delete } = view.plan.summary;
    let Totals { lose, gain, single_responders, appear, disappear, moved, .. } = view.totals;
    let of = format!("{} of {}", thousands(clinics_changed), thousands(clinics));
    let [appear, disappear, moved] = [appear, disappear, moved].map(|tally| thousands(tally.number));
    let menus = format!("{appear} appear, {disappear} disappear, {moved} move");
    let cells = [
        ("Clinics", of),
        ("To add", thousands(create)),
        ("To change", thousands(update)),
        ("To remove", thousands(delete)),
        ("People who lose access", thousands(lose.number)),
        ("People who gain access", thousands(gain.number)),
        ("Clinics left with one responder", thousands(single_responders)),
        ("Buttons for patients", menus),
        ("Clinics blocked", thousands(view.blocked().count())),
    ];
    let row = |cell: fn(&(&str, String)) -> String| -> String {
        cells.iter().map(|pair| format!("| {} ", cell(pair))).collect::<String>() + "|\n"
    };
    row(|(name, _)| (*name).to_owned()) + &row(|_| "---:".to_owned()) + &row(|(_, value)| value.clone())
}

/// The guards that are exceeded, and the clinics that are not written, each with every reason.
pub(super) fn stops(view: &View<'_>) -> String {
    let mut section = String::new();
    for guard in &view.plan.guards {
        section.push_str(&self::guard(guard));
    }
    let (clinics, left_out) = fitted(view.blocked().map(blocked), MOST_BLOCKED);
    section.push_str(&clinics);
    if left_out > 0 {
        let _ = writeln!(section, "- and {} more", count(left_out, "blocked clinic"));
    }
    if section.is_empty() { section } else { format!("#### Stopped\n\n{section}\n") }
}

fn guard(GuardRow { guard, limit, actual, accepted }: &GuardRow) -> String {
    let number = |value: u64| thousands(usize::try_from(value).unwrap_or(usize::MAX));
    let name = code(guard);
    let follows = if *accepted {
        "accepted by this run".to_owned()
    } else {
        format!("`apply` stops here, unless it says `--accept` {name}")
    };
    format!("- **guard** {name} allows {}, this plan has {}: {follows}\n", number(*limit), number(*actual))
}

fn blocked(clinic: &Clinic<'_>) -> String {
    let mut item = format!("- **blocked** {}: nothing is written here\n", code(clinic.id.as_str()));
    let told = |row: &Blocked| clinic.findings.iter().any(|told| told.rule == row.rule && told.message == row.detail);
    for row in clinic.blocked.iter().filter(|row| !told(row)) {
        let _ = writeln!(item, "  - **error** {}: {}", code(&row.rule), text(&row.detail));
    }
    for row in &clinic.findings {
        let _ = writeln!(item, "  - {}", finding(row));
    }
    item
}

/// A finding in one line: what is wrong, where, what would be right, and why it is no worse.
pub(super) fn finding(row: &FindingRow) -> String {
    let FindingRow { rule, severity, clinic: _, message, help, already_so, waived, location } = row;
    let word = match severity {
        crate::diagnostic::Severity::Error => "error",
        crate::diagnostic::Severity::Warning => "warning",
    };
    let mut line = format!("**{word}** {}: {}", code(rule), text(message));
    let standing = match waived {
        Some(reason) => format!(" (waived: {})", text(reason)),
        None if *already_so => " (already so)".to_owned(),
        None => String::new(),
    };
    line.push_str(&standing);
    if let Some(location) = location {
        let _ = write!(line, ", at {}", place(location));
    }
    for help in help {
        let _ = write!(line, "; help: {}", text(help));
    }
    line
}
