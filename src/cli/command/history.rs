//! `history`: the live system's change log.

use crate::cli::args::HistoryArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::fleet;
use crate::cli::planning;
use crate::cli::progress::Progress;
use crate::cli::results;
use crate::cli::signal;
use crate::cli::system;
use crate::cli::system::Connection;
use crate::cli::system::Embedded;
use crate::cli::terminal::Terminal;
use crate::client::LogError;
use crate::client::Told;
use crate::diagnostic::escape;
use crate::domain::ClinicId;
use crate::domain::LogEntry;
use crate::report;
use crate::report::Format;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Reads and shows the newest entries of one clinic, or of all clinics that the token may see, until a signal.
pub(super) async fn run(args: &HistoryArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    results::check(&args.output, &[])?;
    signal::unless_ended(show(args, terminal)).await
}

async fn show(args: &HistoryArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let connection = connect(args, terminal).await?;
    let clinics = match &args.clinic {
        Some(clinic) => vec![clinic.clone()],
        None => connection.client.clinics().await.map_err(|error| planning::unread(&error, &connection))?,
    };
    let most = usize::from(args.limit);
    let progress = Progress::new("reading change logs", clinics.len(), terminal);
    let logs = connection.client.logs(&clinics, most, || progress.step()).await;
    progress.finish();
    let (entries, unread) = merged(logs, most);
    if entries.is_empty() {
        stop_unless_read(&unread)?;
    }
    results::give(&args.output, terminal, |format, paint| {
        // A log is no plan: programs of every kind get the one document that there is.
        let system = connection.name();
        if format == Format::Human { report::history(&entries, paint) } else { report::history_json(&system, &entries) }
    })?;
    stop_unless_read(&unread)?;
    Ok(Exit::Done)
}

/// The files are only asked where the embedded system's data lie.
async fn connect(args: &HistoryArgs, terminal: &Terminal) -> Result<Connection, Failure> {
    if system::is_address(&args.system) {
        return system::connect(&args.system, Embedded::none(), false, terminal).await;
    }
    let reading = fleet::read(&args.fleet)?;
    let Some(fleet) = reading.fleet else {
        let message =
            format!("the files in `{}` are invalid, and the embedded system is found by them", args.fleet.display());
        return Err(Failure::new(Exit::InvalidFiles, message).hint("`clinicctl validate` shows what is wrong"));
    };
    let embedded = Embedded::of_fleet(&args.fleet, &fleet, &reading.sources.file(fleet.place.file).path);
    system::connect(&args.system, embedded, fleet.embedded, terminal).await
}

/// The newest `most` entries of all clinics, newest first, and the clinics whose logs could not be read.
fn merged(logs: Vec<Told<Vec<LogEntry>>>, most: usize) -> (Vec<LogEntry>, BTreeMap<ClinicId, LogError>) {
    let (mut entries, mut unread) = (Vec::new(), BTreeMap::new());
    for (clinic, log) in logs {
        match log {
            Ok(log) => entries.extend(log),
            Err(error) => drop(unread.insert(clinic, error)),
        }
    }
    entries.sort_by_cached_key(newest_first);
    entries.truncate(most);
    (entries, unread)
}

/// By time; what has no time that can be read comes last.
fn newest_first(entry: &LogEntry) -> Reverse<(Option<Timestamp>, u64)> {
    Reverse((entry.change.at.parse().ok(), entry.seq))
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
