//! `validate`: the files alone.

use super::unwritten;
use crate::cli::args::Output;
use crate::cli::args::ValidateArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::fleet;
use crate::cli::fleet::Reading;
use crate::cli::terminal::Terminal;
use crate::report::count;

/// Checks the files and prints every finding; exit 3 where one is an error.
pub(super) fn run(args: &ValidateArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let reading = fleet::read(&args.path)?;
    let text = match args.output.output {
        Output::Json => reading.findings_json(),
        Output::Human => format!("{}{}\n", reading.findings_text(terminal.paint()), verdict(&reading)),
    };
    terminal.result(&text).map_err(unwritten)?;
    let exit = if reading.fleet.is_some() { Exit::Done } else { Exit::InvalidFiles };
    // The process ends here: freeing a large fleet piece by piece would only delay that.
    std::mem::forget(reading);
    Ok(exit)
}

fn verdict(reading: &Reading) -> String {
    let files = count(reading.sources.files().len(), "file");
    match &reading.fleet {
        None => format!("{}: nothing can be planned from {files}.", reading.findings_summary()),
        Some(fleet) => {
            let warnings = match reading.findings.len() {
                0 => String::new(),
                number => format!(", with {}", count(number, "warning")),
            };
            format!("Valid: {} of fleet `{}` in {files}{warnings}.", count(fleet.clinics.len(), "clinic"), fleet.name)
        }
    }
}
