//! `show FILE`: a saved plan again.

use crate::cli::args::ShowArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::{planning, results};
use crate::report;

/// Prints a saved plan as the run that saved it did.
pub(super) fn run(args: &ShowArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    results::check(&args.output, &[&args.file])?;
    let saved = planning::read_saved(&args.file)?;
    terminal.status(&planning::limits_of(&saved));
    let plan = args.names.shown(&saved.plan);
    results::give(&args.output, terminal, |format, paint| report::render_plan(format, &plan, paint))?;
    Ok(Exit::Done)
}
