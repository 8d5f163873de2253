//! `watch`: validate and plan again at every save.

use super::plan;
use crate::cli::args::{OutputArgs, WatchArgs};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning;
use crate::cli::planning::{Checked, Request};
use crate::cli::signal::Signals;
use crate::cli::terminal::Terminal;
use crate::files;
use std::path::Path;
use tokio::sync::watch;

/// Plans now and after every save, until Ctrl-C. What is wrong with the files or the system is shown, and the next
/// save tries again.
pub(super) async fn run(args: &WatchArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut signals = Signals::listen()?;
    let path = &args.fleet.path;
    if !path.is_dir() {
        return Err(Failure::new(Exit::InvalidFiles, format!("there is no folder `{}`", path.display())));
    }
    let (save, mut saves) = watch::channel(());
    let rounds = async {
        loop {
            // Before the files are read, so that no save falls between two watches; anew in every round, because a
            // folder that was replaced is another folder.
            let _watch = begin(path, save.clone())?;
            round(args, terminal).await;
            terminal.status(&format!("Watching `{}`; Ctrl-C ends.\n", path.display()));
            if saves.changed().await.is_err() {
                return Ok(Exit::Failed);
            }
            terminal.status("\nSaved: planning again.\n");
        }
    };
    tokio::select! {
        exit = rounds => exit,
        exit = signals.asked_to_end() => Ok(exit),
    }
}

/// Watches the folder; every save is sent on.
fn begin(path: &Path, save: watch::Sender<()>) -> Result<files::Watch, Failure> {
    let notice = move || {
        let _nobody_left_to_tell = save.send(());
    };
    files::watch(path, notice).map_err(|error| Failure::from_error(Exit::Failed, &error))
}

/// One round; a failure is told and is not the end.
async fn round(args: &WatchArgs, terminal: &Terminal) {
    if let Err(failure) = try_round(args, terminal).await {
        terminal.error(&failure.rendered(terminal.status_paint()));
    }
}

async fn try_round(args: &WatchArgs, terminal: &Terminal) -> Result<(), Failure> {
    let valid = match planning::check(&args.fleet.path, &args.system)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, &OutputArgs::default(), terminal).map(drop),
    };
    let request = Request {
        path: &args.fleet.path,
        selection: &args.fleet.selection,
        system: &args.system,
        prune: args.prune,
        reference: None,
        accept: &[],
    };
    let planned = planning::plan(valid, &request, terminal).await?;
    plan::print(&planned.assembled.plan, &OutputArgs::default(), terminal)
}
