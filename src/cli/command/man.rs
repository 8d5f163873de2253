//! `man`: the manual page, with every verb in it.

use super::unwritten;
use crate::cli;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use clap_mangen::Man;
use std::io;

/// Prints the manual page of the tool, then those of its verbs, as one roff document.
pub(super) fn run(terminal: &Terminal) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    render(&mut page).map_err(unwritten)?;
    terminal.result(String::from_utf8_lossy(&page).into_owned()).map_err(unwritten)?;
    Ok(Exit::Done)
}

fn render(page: &mut Vec<u8>) -> io::Result<()> {
    let mut command = cli::command().disable_help_subcommand(true);
    command.build();
    Man::new(command.clone()).render(page)?;
    for verb in command.get_subcommands() {
        let name = format!("clinicctl-{}", verb.get_name());
        Man::new(verb.clone().name(name)).render(page)?;
    }
    Ok(())
}
