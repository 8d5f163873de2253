//! The rules and refusals, with what `explain` says of each.

use super::{cell, head, markdown};
use clinicctl::rules;
use clinicctl::rules::{Rule, RuleKind, Severity};
use std::fmt::Write as _;

pub(super) fn page() -> String {
    let mut text = head("Rules and refusals", "`src/rules/`");
    text.push_str(
        "What `clinicctl explain` says. A *rule* is about clinics: `rules:` in `fleet.yaml` can change its severity, \
         and a clinic can waive it with a reason, unless it is fixed. A *refusal* is about files that cannot be read: \
         always an error, always fixed.\n\n",
    );
    for (title, kind) in [("Rules", RuleKind::Rule), ("Refusals", RuleKind::Refusal)] {
        let of_kind: Vec<_> = rules::ALL.iter().filter(|rule| rule.kind == kind).collect();
        let _ = writeln!(text, "## {title}\n\n| Name | Severity | Says |\n| --- | --- | --- |");
        for rule in &of_kind {
            let Rule { name, says, .. } = rule;
            let _ = writeln!(text, "| [`{name}`](#{name}) | {} | {} |", severity(rule), cell(&markdown(says)));
        }
        for rule in &of_kind {
            let _ = write!(text, "\n### {}\n\n{}\n", rule.name, markdown(rule.explanation));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn severity(rule: &Rule) -> &'static str {
    match (rule.severity, rule.kind, rule.fixed) {
        (Severity::Error, RuleKind::Rule, true) => "error, fixed",
        (Severity::Error, ..) => "error",
        (Severity::Warning, ..) => "warning",
    }
}
