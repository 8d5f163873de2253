//! The command line: arguments in, streams and an exit code out.
//!
//! The only floor that knows every other one. It holds no rule of the domain: a verb reads, calls, prints, and says how
//! the process ends. One file a verb, under `command/`.

mod args;
mod asking;
mod attribution;
mod change_reference;
mod changed;
mod command;
mod committed;
#[cfg(feature = "clinic-system")]
mod database;
#[cfg_attr(not(feature = "clinic-system"), path = "no_embedded.rs")]
mod embedded;
mod error;
mod exit;
mod fleet;
mod log;
mod outlet;
mod planning;
mod progress;
mod replan;
mod results;
mod saved;
mod seed;
mod signal;
mod system;
mod terminal;
mod token;
mod token_command;
mod under_way;

pub use exit::Exit;

use args::Arguments;
use clap::CommandFactory as _;
use clap::Parser as _;
use clap::error::ErrorKind;
use outlet::Outlet;
use std::io::Write as _;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the command line of this process.
///
/// Needs a TLS provider to be installed before it is called.
#[must_use]
pub fn run() -> ExitCode {
    outlet::hear_panics();
    let exit = match Arguments::try_parse() {
        Ok(arguments) => run_verb(&arguments),
        Err(error) => not_parsed(&error),
    };
    exit.into()
}

/// Every verb with its arguments and their help: what completions, the manual page and the documents are made from.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

fn run_verb(arguments: &Arguments) -> Exit {
    let terminal = Terminal::new(&arguments.common);
    log::start(&arguments.common);
    match command::run(&arguments.verb, &terminal) {
        Ok(exit) => exit,
        Err(failure) => {
            terminal.error(&failure.rendered(terminal.status_paint()));
            failure.exit
        }
    }
}

/// Help and version are results; anything else that clap says is wrong usage, and never its own exit code 2, which a
/// pipeline would read as "there are changes".
fn not_parsed(error: &clap::Error) -> Exit {
    let is_result = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let outlet = if is_result { Outlet::Stdout } else { Outlet::Stderr };
    let text = error.render();
    let text = if outlet.takes_colours() { text.ansi().to_string() } else { text.to_string() };
    if is_result {
        return outlet::print(&text.into()).map_or(Exit::Failed, |()| Exit::Done);
    }
    let _nobody_hears_it = outlet::talk().write_all(text.as_bytes());
    Exit::Usage
}
