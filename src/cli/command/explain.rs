//! `explain [RULE]`: what a finding means and how to mend it.

use super::unwritten;
use crate::cli::args::ExplainArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::rules;
use crate::rules::{Rule, Severity};
use std::fmt::Write as _;

/// Explains one rule, or lists all of them with a line each.
pub(super) fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let text = match &args.rule {
        None => list(),
        Some(name) => rules::find(name).map(Rule::explained).ok_or_else(|| unknown(name))?,
    };
    terminal.result(text).map_err(unwritten)?;
    Ok(Exit::Done)
}

fn list() -> String {
    let mut text = String::new();
    for rule in rules::ALL {
        let severity = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = writeln!(text, "{:<24} {severity:<8} {}", rule.name, rule.says);
    }
    text
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::usage(format!("there is no rule `{name}`"));
    match rules::near(name) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`clinicctl explain` lists them all"),
    }
}
