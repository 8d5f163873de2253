//! Which database the reference system keeps its data in.

use super::args::StoreArgs;
use super::error::Failure;
use super::exit::Exit;
use clinic_system::Location;
use std::env;

/// The variable that says it where no argument does; its value may hold a password.
const VARIABLE: &str = "CLINICCTL_DATABASE";
/// What `--database` says, or else the variable, or else the usual file.
pub(crate) fn location(args: &StoreArgs, usual: &str) -> Result<Location, Failure> {
    let Some(given) = &args.database else {
        let text = env::var(VARIABLE).ok().filter(|text| !text.is_empty());
        return read(text.as_deref().unwrap_or(usual));
    };
    match given.to_str() {
        // No address, whatever it is: those are ASCII.
        None => Ok(Location::from(given)),
        Some(text) if Location::holds_password(text) => Err(seen_by_all()),
        Some(text) => read(text),
    }
}

fn read(text: &str) -> Result<Location, Failure> {
    Location::parse(text).map_err(|error| Failure::from_error(Exit::Usage, &error))
}

fn seen_by_all() -> Failure {
    Failure::usage("`--database` holds a password, and every user of this machine can read a program's arguments")
        .hint("leave it out there, and say it in `PGPASSWORD`, in the file that `PGPASSFILE` names, or in `~/.pgpass`")
        .hint(format!("or say the whole address in `{VARIABLE}`"))
}
