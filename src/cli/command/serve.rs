//! `serve`: the reference clinic system.

use super::{unwritten, upkeep};
use crate::cli::args::{ServeArgs, ServeRunArgs, ServeTask, TokenArgs};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::signal::{Signals, outlive_limits_of_files};
use crate::cli::terminal::Terminal;
use crate::cli::{database, embedded};
use crate::files;
use clinic_system::{ActorName, Config, Demo, DemoSignIn, Limits, Running, Scope, Seed, SeedError, Server};
use clinic_wire::Actor;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The database where none is named.
pub(super) const DATABASE: &str = "clinic-system.db";
/// The database of a demonstration where none is named.
const DEMO_DATABASE: &str = ".clinicctl/demo.sqlite";

/// Serves until it is asked to end, or looks after what is served.
pub(super) async fn run(args: &ServeArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    match &args.task {
        None => serve(&args.run, terminal).await,
        Some(ServeTask::Token(args)) => match &args.revoke {
            Some(name) => revoke(args, name, terminal).await,
            None => create(args, terminal).await,
        },
        Some(ServeTask::Backup(args)) => upkeep::backup(args, terminal).await,
        Some(ServeTask::VerifyLog(args)) => upkeep::verify_log(args, terminal).await,
    }
}

async fn serve(args: &ServeRunArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let ServeRunArgs { listen, store, seed, demo, proxies } = args;
    let location = database::location(store, if *demo { DEMO_DATABASE } else { DATABASE })?;
    if *demo && location.to_string() == DEMO_DATABASE {
        files::create_private_folder(DEMO_DATABASE.as_ref()).map_err(|error| embedded::unusable(&error))?;
    }
    let seed = seed.as_deref().map(read_seed).transpose()?;
    let mut signals = Signals::listen()?;
    outlive_limits_of_files().map_err(|error| failed(&error))?;
    let limits = Limits { proxies: proxies.clone(), ..Limits::default() };
    let config = Config { listen: *listen, database: location.clone(), seed, limits };
    let (running, welcome) = if *demo { start_demo(config).await? } else { start(config).await? };
    let address = format!("http://{}", running.local_addr());
    terminal.error(&format!("The reference clinic system listens on {address}, with its data in `{location}`.\n"));
    terminal.error(&welcome);
    signals.asked_to_end().await;
    // Who asks once more does not want to wait for them.
    drop(signals);
    terminal.status("Finishing the requests under way.\n");
    running.shutdown().await;
    Ok(Exit::Done)
}

/// Reads the seed that somebody typed, who may name any file of theirs.
fn read_seed(path: &Path) -> Result<Seed, Failure> {
    let text = files::read_text(path).map_err(|error| failed(&error))?;
    Seed::parse(&text).map_err(|source| failed(&UnusableSeed { path: path.to_owned(), source }))
}

/// A file that fills no system.
#[derive(Debug, thiserror::Error)]
#[error("the seed `{}` cannot be used", path.display())]
struct UnusableSeed {
    path: PathBuf,
    source: SeedError,
}

/// Starts the system, and says how its first account is made where it has none yet.
async fn start(config: Config) -> Result<(Running, String), Failure> {
    let running = Server::start(config).await.map_err(|error| failed(&error))?;
    let code = running.set_up_code().await.map_err(|error| failed(&error))?;
    let welcome = code.map_or_else(String::new, |code| {
        let address = running.local_addr();
        format!(
            "Nobody can sign in yet. Make the first account at http://{address}/set-up with the code {code}; it works \
             once, within one hour.\n"
        )
    });
    Ok((running, welcome))
}

/// Starts the demonstration, and says how it is used.
async fn start_demo(config: Config) -> Result<(Running, String), Failure> {
    let (running, demo) = Server::start_demo(config).await.map_err(|error| failed(&error))?;
    let Demo { password, people, clinic } = demo;
    let address = format!("http://{}", running.local_addr());
    let rows = people.iter().map(|DemoSignIn { login, may }| format!("    {login:<29}  {may}\n"));
    let welcome = format!(
        "\n  Console         {address}/admin\n  Patient's page  {address}/p/{clinic}\n  API             {address}/api/v1\n\n\
         \x20 Sign in with the password {password} as\n{}\n\
         Everything in it is made up. The password is new at every start.\n",
        rows.collect::<String>()
    );
    Ok((running, welcome))
}

/// Prints the new token to stdout, alone, so that a shell can take it; it is never shown again.
async fn create(args: &TokenArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let scopes = args.scopes.iter().map(|scope| scope_of(scope)).collect::<Result<BTreeSet<_>, _>>()?;
    let name = ActorName::parse(&args.name).map_err(|error| Failure::from_error(Exit::Usage, &error))?;
    let token =
        clinic_system::create_token(database::location(&args.store, DATABASE)?, &name, Actor::Service, &scopes).await;
    let token = token.map_err(|error| failed(&error))?;
    terminal.result(format!("{token}\n")).map_err(unwritten)?;
    terminal.status("This token is shown only now; the system keeps no more than its hash.\n");
    Ok(Exit::Done)
}

async fn revoke(args: &TokenArgs, name: &str, terminal: &Terminal) -> Result<Exit, Failure> {
    clinic_system::revoke_token(database::location(&args.store, DATABASE)?, name)
        .await
        .map_err(|error| failed(&error))?;
    terminal.status(&format!("The token `{name}` is revoked: no server takes it from its next request on.\n"));
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
