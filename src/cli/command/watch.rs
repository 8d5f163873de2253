//! `watch`: validate and plan again at every save.

use super::plan;
use crate::cli::args::Output;
use crate::cli::args::WatchArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning;
use crate::cli::planning::Checked;
use crate::cli::planning::Request;
use crate::cli::signal::Signals;
use crate::cli::terminal::Terminal;
use crate::files;
use tokio::sync::watch;

/// Plans now and after every save, until Ctrl-C. What is wrong with the files or the system is shown, and the next
/// save tries again.
pub(super) async fn run(args: &WatchArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut signals = Signals::listen()?;
    let (save, mut saves) = watch::channel(());
    let notice = move || {
        let _nobody_left_to_tell = save.send(());
    };
    let path = &args.fleet.path;
    let _watch = files::watch(path, notice).map_err(|error| Failure::from_error(Exit::Failed, &error))?;
    let rounds = async {
        loop {
            round(args, terminal).await;
            terminal.talk(&format!("Watching `{}`; Ctrl-C ends.\n", path.display()));
            if saves.changed().await.is_err() {
                return Exit::Failed;
            }
            terminal.talk("\nSaved: planning again.\n");
        }
    };
    tokio::select! {
        exit = rounds => Ok(exit),
        exit = signals.asked_to_end() => Ok(exit),
    }
}

/// One round; a failure is told and is not the end.
async fn round(args: &WatchArgs, terminal: &Terminal) {
    if let Err(failure) = try_round(args, terminal).await {
        terminal.complain(&failure.rendered(terminal.talk_paint()));
    }
}

async fn try_round(args: &WatchArgs, terminal: &Terminal) -> Result<(), Failure> {
    let valid = match planning::check(&args.fleet.path)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, Output::Human, terminal).map(drop),
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
    plan::print(&planned.assembled.plan, Output::Human, terminal)
}
