//! `history`: the live system's change log.

use super::unwritten;
use crate::cli::args::{HistoryArgs, Output};
use crate::cli::embedded::Embedded;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning::{Checked, Valid};
use crate::cli::progress::Progress;
use crate::cli::system::Connection;
use crate::cli::terminal::Terminal;
use crate::cli::{planning, signal, system};
use crate::client::{LogError, Told};
use crate::diagnostic::escape;
use crate::domain::{ClinicId, LogEntry};
use crate::report;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Reads and shows the newest entries of one clinic, or of all clinics that the token may see, until a signal.
pub(super) async fn run(args: &HistoryArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    signal::unless_ended(show(args, terminal)).await
}

async fn show(args: &HistoryArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let connection = connect(args, terminal).await?;
    let clinics = match &args.clinic {
        Some(clinic) => vec![clinic.clone()],
        None => every(&connection, terminal).await?,
    };
    let most = usize::from(args.limit);
    let progress = Progress::new("reading change logs", clinics.len(), terminal);
    let logs = connection.client.logs(&clinics, most, || progress.step()).await;
    progress.finish();
    let (entries, unread) = merged(logs, most);
    if entries.is_empty() {
        stop_unless_read(&unread)?;
    }
    let text = match args.output.output {
        Output::Human => report::history(&entries, terminal.paint()),
        Output::Json => report::history_json(&connection.name(), &entries),
    };
    terminal.result(text).map_err(unwritten)?;
    stop_unless_read(&unread)?;
    Ok(Exit::Done)
}

/// All clinics that the token may see.
async fn every(connection: &Connection, terminal: &Terminal) -> Result<Vec<ClinicId>, Failure> {
    let progress = Progress::new("reading the list of clinics", 0, terminal);
    let clinics = connection.client.clinics().await;
    progress.finish();
    clinics.map_err(|error| planning::unread(&error, connection))
}

/// The files are only asked where the embedded system's data lie.
async fn connect(args: &HistoryArgs, terminal: &Terminal) -> Result<Connection, Failure> {
    if system::is_address(&args.system) {
        return system::connect(&args.system, Embedded::none(), false, terminal).await;
    }
    match planning::check(&args.fleet, &args.system)? {
        Checked::Valid(valid) => {
            let Valid { fleet, reading: _, embedded } = *valid;
            system::connect(&args.system, embedded, fleet.embedded, terminal).await
        }
        Checked::Invalid(reading) => {
            terminal.error(&reading.files().drawn(terminal.status_paint()));
            let folder = args.fleet.display();
            let message = format!("the files in `{folder}` are invalid, and the embedded system is found by them");
            Err(Failure::new(Exit::InvalidFiles, message))
        }
    }
}

/// The newest `most` entries of all clinics, newest first, and the clinics whose logs could not be read.
fn merged(logs: Vec<Told<Vec<LogEntry>>>, most: usize) -> (Vec<LogEntry>, BTreeMap<ClinicId, LogError>) {
    let (mut entries, mut unread) = (Vec::new(), BTreeMap::new());
    for (clinic, log) in logs {
        match log {
            Ok(log) => entries.extend(dated(log)),
            Err(error) => drop(unread.insert(clinic, error)),
        }
    }
    entries.sort_by_key(|(at, entry)| Reverse((*at, entry.seq)));
    entries.truncate(most);
    (entries.into_iter().map(|(_, entry)| entry).collect(), unread)
}

/// The entries of one log, newest first, with the times by which they are sorted. They never say against the order of
/// the log which entry is newer: a system's clock may have been set back. What has no time that can be read goes with
/// the entry that is newer.
fn dated(log: Vec<LogEntry>) -> impl Iterator<Item = (Timestamp, LogEntry)> {
    log.into_iter().scan(Timestamp::MAX, |newer, entry| {
        *newer = entry.change.at.parse().map_or(*newer, |at: Timestamp| at.min(*newer));
        Some((*newer, entry))
    })
}

/// The most clinics whose trouble is told one by one.
const MOST_TOLD: usize = 5;

/// Ends the run where some log could not be read, after everything that could be was shown.
fn stop_unless_read(unread: &BTreeMap<ClinicId, LogError>) -> Result<(), Failure> {
    let Some((first, error)) = unread.first_key_value() else { return Ok(()) };
    if let (1, LogError::Missing | LogError::Failed(_)) = (unread.len(), error) {
        let message = format!("the change log of `{first}` could not be read: {error}");
        return Err(Failure::new(Exit::Failed, message));
    }
    let refused = |refusal: &LogError| unread.values().all(|error| error == refusal);
    if refused(&LogError::Forbidden) {
        let failure = Failure::new(Exit::Unauthorised, error.to_string());
        return Err(failure.hint("reading the change log needs the scope `audit:read`"));
    }
    if refused(&LogError::Unauthenticated) {
        return Err(Failure::new(Exit::Unauthorised, error.to_string()));
    }
    let message = format!("the change logs of {} could not be read", report::count(unread.len(), "clinic"));
    let told =
        unread.iter().take(MOST_TOLD).map(|(clinic, error)| format!("`{clinic}`: {}", escape(&error.to_string())));
    Err(Failure::new(Exit::Failed, message).hints(told))
}

#[cfg(test)]
mod tests {
    use super::merged;
    use crate::domain::{ActorKind, ClinicId, LastChange, LogEntry, Resource};

    /// The log of a clinic, newest first.
    fn log(clinic: &str, entries: &[(u64, &str)]) -> (ClinicId, Vec<LogEntry>) {
        let clinic = ClinicId::parse(clinic).expect("a slug");
        let entry = |(seq, at): &(u64, &str)| LogEntry {
            seq: *seq,
            clinic: clinic.clone(),
            resource: Resource::ButtonOrder.to_string(),
            change: LastChange { by: "per".to_owned(), kind: ActorKind::Person, at: (*at).to_owned(), reference: None },
            before: serde_json::Value::Null,
            after: serde_json::Value::Null,
        };
        let entries = entries.iter().map(entry).collect();
        (clinic, entries)
    }

    #[test]
    fn a_clock_that_was_set_back_turns_no_log_around() {
        // The third entry was written when the clock was a hundred years ahead, the second with no time at all.
        let ahead =
            [(9, "2026-11-20T00:00:00Z"), (5, "yesterday"), (4, "2126-01-01T00:00:00Z"), (1, "2026-11-01T00:00:00Z")];
        let other = [(7, "2026-11-21T00:00:00Z"), (3, "2026-11-10T00:00:00Z")];
        let logs = [log("norrtull", &ahead), log("ostra", &other)].map(|(clinic, log)| (clinic, Ok(log)));
        let (entries, unread) = merged(logs.into(), 5);
        assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [7, 9, 5, 4, 3]);
        assert!(unread.is_empty());
    }
}
