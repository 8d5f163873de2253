//! `validate`: the files alone.

use crate::cli::args::ValidateArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::{fleet, results};
use crate::report;

/// Checks the files and prints every finding; exit 3 where one is an error.
pub(super) fn run(args: &ValidateArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    results::check(&args.output, &[])?;
    let reading = fleet::read(&args.path)?;
    let exit = if reading.fleet.is_some() { Exit::Done } else { Exit::InvalidFiles };
    let files = reading.files();
    results::give(&args.output, terminal, |format, paint| report::render_files(format, &files, paint))
        .map_err(|failure| failure.or_worse(exit))?;
    // The process ends here: freeing a large fleet piece by piece would only delay that.
    std::mem::forget(reading);
    Ok(exit)
}
