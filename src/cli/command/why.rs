//! `why ADDRESS`: where a value comes from.

use super::{plan, unwritten};
use crate::ask::{Target, TargetError};
use crate::cli::args::{Output, WhyArgs};
use crate::cli::asking::About;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning::Checked;
use crate::cli::terminal::Terminal;
use crate::cli::{asking, planning, signal};
use crate::diagnostic::escape;
use crate::{ask, report};

/// Answers.
pub(super) async fn run(args: &WhyArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let WhyArgs { address, path, system, output } = args;
    let target = Target::parse(address).map_err(|error| mistyped(&error))?;
    let valid = match planning::check(path, system)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, &(*output).into(), terminal),
    };
    let about = About { clinic: &target.clinic, prune: false };
    let asked = signal::unless_ended(asking::ask(valid, about, system, terminal)).await?;
    let answer = ask::why(asked.subject(), &target).map_err(|error| mistyped(&error))?;
    let text = match output.output {
        Output::Human => report::why(&answer, terminal.paint()),
        Output::Json => report::why_json(&answer),
    };
    terminal.result(text).map_err(unwritten)?;
    Ok(Exit::Done)
}

fn mistyped(error: &TargetError) -> Failure {
    Failure::usage(error.to_string()).hint(escape(&error.hint()))
}
