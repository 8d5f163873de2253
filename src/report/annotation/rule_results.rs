//! What rules and guards say.

use super::{Annotation, Level, Topic, shown};
use crate::diagnostic::{Finding, Severity};
use crate::plan::{Blocked, FindingRow, GuardRow, Plan};
use crate::report::words::thousands;
use crate::rules;
use crate::rules::RuleKind;
use crate::source::SourceSet;
use std::collections::BTreeSet;

/// A finding of a plan.
pub(super) fn finding(row: &FindingRow) -> Annotation<'_> {
    let FindingRow { rule, severity, clinic, message, help, already_so, waived, location } = row;
    let already_so = if *already_so { " (already so)" } else { "" };
    Annotation {
        level: level(*severity, waived.is_some()),
        topic: Topic::Rule(rule),
        clinic: clinic.as_ref(),
        message: format!("{}{already_so}", shown(message)),
        help: help.iter().map(|help| shown(help)).collect(),
        waived: waived.as_deref().map(shown),
        place: location.clone(),
    }
}

/// A finding of the files.
pub(super) fn file_finding<'a>(finding: &'a Finding, sources: &SourceSet) -> Annotation<'a> {
    let Finding { rule, severity, message, labels, help } = finding;
    Annotation {
        level: level(*severity, false),
        topic: Topic::Rule(rule),
        clinic: None,
        message: shown(message),
        help: help.iter().map(|help| shown(help)).collect(),
        waived: None,
        place: labels.first().map(|label| sources.locate(label.place)),
    }
}

fn level(severity: Severity, waived: bool) -> Level {
    match (severity, waived) {
        (_, true) => Level::Notice,
        (Severity::Error, false) => Level::Error,
        (Severity::Warning, false) => Level::Warning,
    }
}

/// A guard that the plan exceeds.
pub(super) fn guard(row: &GuardRow) -> Annotation<'_> {
    let GuardRow { guard, limit, actual, accepted } = row;
    let number = |value: u64| thousands(usize::try_from(value).unwrap_or(usize::MAX));
    let follows = if *accepted { "accepted by this run" } else { "`apply` stops here" };
    let name = shown(guard);
    Annotation {
        level: if *accepted { Level::Notice } else { Level::Error },
        topic: Topic::Guard(guard),
        clinic: None,
        message: format!("`{name}` allows {}, this plan has {}: {follows}", number(*limit), number(*actual)),
        help: if *accepted { Vec::new() } else { vec![format!("if this is meant, run again with `--accept {name}`")] },
        waived: None,
        place: None,
    }
}

/// The clinics that are not written, for reasons that no finding says.
pub(super) fn blocked(plan: &Plan) -> impl Iterator<Item = Annotation<'_>> {
    let told: BTreeSet<_> =
        plan.findings.iter().map(|row| (row.clinic.as_ref(), row.rule.as_str(), row.message.as_str())).collect();
    let untold = move |blocked: &&Blocked| {
        let Blocked { clinic, rule, detail } = *blocked;
        !told.contains(&(Some(clinic), rule.as_str(), detail.as_str()))
    };
    plan.blocked.iter().filter(untold).map(|Blocked { clinic, rule, detail }| Annotation {
        level: Level::Error,
        topic: if plan_only(rule) { Topic::Unread } else { Topic::Rule(rule) },
        clinic: Some(clinic),
        message: format!("{}; nothing is written to this clinic", shown(detail)),
        help: Vec::new(),
        waived: None,
        place: None,
    })
}

/// Whether a word in `blocked` is no rule that a clinic breaks, but says that the clinic was not read.
fn plan_only(word: &str) -> bool {
    rules::find(word).is_none_or(|rule| rule.kind == RuleKind::Refusal)
}
