//! `show FILE`: a saved plan again.

use super::unwritten;
use crate::cli::args::Output;
use crate::cli::args::ShowArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning;
use crate::cli::terminal::Terminal;
use crate::report;

/// Prints a saved plan as the run that saved it did.
pub(super) fn run(args: &ShowArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let saved = planning::read_saved(&args.file)?;
    let text = match args.output.output {
        Output::Human => report::plan(&saved.plan, terminal.paint()),
        Output::Json => report::plan_json(&saved.plan),
    };
    terminal.result(&text).map_err(unwritten)?;
    Ok(Exit::Done)
}
