//! `completions SHELL`.

use super::unwritten;
use crate::cli;
use crate::cli::args::CompletionsArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;

/// Prints the completions of one shell.
pub(super) fn run(args: &CompletionsArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "clinicctl", &mut script);
    terminal.result(String::from_utf8_lossy(&script).into_owned()).map_err(unwritten)?;
    Ok(Exit::Done)
}
