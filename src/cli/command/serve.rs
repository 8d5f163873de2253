//! `serve`: the reference clinic system.

use super::unwritten;
use crate::cli::args::ServeArgs;
use crate::cli::args::ServeRunArgs;
use crate::cli::args::ServeTask;
use crate::cli::args::TokenArgs;
use crate::cli::database;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::signal::Signals;
use crate::cli::terminal::Terminal;
use crate::reference;
use crate::reference::ActorName;
use crate::reference::Config;
use crate::reference::Limits;
use crate::reference::Scope;
use crate::reference::Server;
use crate::wire::Actor;
use std::collections::BTreeSet;

/// Serves until it is asked to end, or manages tokens.
pub(super) async fn run(args: &ServeArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    match &args.task {
        None => serve(&args.run, terminal).await,
        Some(ServeTask::Token(args)) => match &args.revoke {
            Some(name) => revoke(args, name, terminal).await,
            None => create(args, terminal).await,
        },
    }
}

async fn serve(args: &ServeRunArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let ServeRunArgs { listen, store, seed } = args;
    let location = database::location(store)?;
    let mut signals = Signals::listen()?;
    let config = Config { listen: *listen, database: location.clone(), seed: seed.clone(), limits: Limits::default() };
    let running = Server::start(config).await.map_err(|error| failed(&error))?;
    terminal.complain(&format!(
        "The reference clinic system listens on http://{}, with its data in `{location}`.\n",
        running.local_addr()
    ));
    signals.asked_to_end().await;
    terminal.talk("Finishing the requests under way.\n");
    running.shutdown().await;
    Ok(Exit::Done)
}

/// Prints the new token to stdout, alone, so that a shell can take it; it is never shown again.
async fn create(args: &TokenArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let scopes = args.scopes.iter().map(|scope| scope_of(scope)).collect::<Result<BTreeSet<_>, _>>()?;
    let name = ActorName::parse(&args.name).map_err(|error| Failure::from_error(Exit::Usage, &error))?;
    let token = reference::create_token(database::location(&args.store)?, &name, Actor::Service, &scopes).await;
    let token = token.map_err(|error| failed(&error))?;
    terminal.result(&format!("{token}\n")).map_err(unwritten)?;
    terminal.talk("This token is shown only now; the system keeps no more than its hash.\n");
    Ok(Exit::Done)
}

async fn revoke(args: &TokenArgs, name: &str, terminal: &Terminal) -> Result<Exit, Failure> {
    reference::revoke_token(database::location(&args.store)?, name).await.map_err(|error| failed(&error))?;
    terminal.talk(&format!("The token `{name}` is revoked: no server takes it from its next request on.\n"));
    Ok(Exit::Done)
}

fn scope_of(text: &str) -> Result<Scope, Failure> {
    Scope::of_word(text).ok_or_else(|| {
        let names: Vec<_> = Scope::ALL.iter().map(|scope| format!("`{scope}`")).collect();
        Failure::usage(format!("there is no scope `{text}`")).hint(format!("the scopes are {}", names.join(", ")))
    })
}

fn failed(error: &dyn std::error::Error) -> Failure {
    Failure::from_error(Exit::Failed, error)
}
