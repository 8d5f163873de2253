//! `serve backup` and `serve verify-log`: what is done beside a system that is being served.

use super::serve::DATABASE;
use super::unwritten;
use crate::cli::args::{BackupArgs, VerifyLogArgs};
use crate::cli::database;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use clinic_system::Verification;

/// Copies the database into a new file.
pub(super) async fn backup(args: &BackupArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let BackupArgs { store, file } = args;
    let location = database::location(store, DATABASE)?;
    let copied = clinic_system::backup(&location, file).await;
    copied.map_err(|error| Failure::from_error(Exit::Failed, &error))?;
    terminal.status(&format!("`{}` is a copy of `{location}`.\n", file.display()));
    Ok(Exit::Done)
}

/// Says whether the change log is what was written.
pub(super) async fn verify_log(args: &VerifyLogArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let location = database::location(&args.store, DATABASE)?;
    let found = clinic_system::verify_log(&location).await;
    match found.map_err(|error| Failure::from_error(Exit::Failed, &error))? {
        Verification::Whole { entries } => {
            let said = format!("The change log of `{location}` is whole. Its entries: {entries}.\n");
            terminal.result(said).map_err(unwritten)?;
            Ok(Exit::Done)
        }
        Verification::Broken(broken) => {
            Err(Failure::new(Exit::Failed, format!("the change log of `{location}` is broken: {broken}")))
        }
    }
}
