//! Which clinic system a run talks to, and the connection to it.

use super::args::SystemArgs;
use super::embedded::{Embedded, Running};
use super::error::Failure;
use super::exit::Exit;
use super::terminal::Terminal;
use super::token;
use crate::client::{Client, ClientHooks, Limits, Settings, SystemUrl, TlsRoots};
use crate::execute::Interrupt;
use crate::files;
use crate::plan::Binding;
use std::env;

/// The word for the reference system in this process.
const EMBEDDED: &str = "embedded";

/// A system that a run can talk to. Dropping it ends an embedded one.
#[derive(Debug)]
pub(crate) struct Connection {
    /// The port to it.
    pub(crate) client: Client,
    /// What a saved plan is bound to.
    pub(crate) binding: Binding,
    /// Ends the client's waits.
    pub(crate) interrupt: Interrupt,
    /// The embedded system, which lives as long as the connection.
    _embedded: Option<Running>,
}

impl Connection {
    /// The system's address without anything secret, or the word `embedded`.
    pub(crate) fn name(&self) -> String {
        self.binding.name().to_owned()
    }

    /// What the system said to all requests alike: a token that is refused once, on whatever occasion, is refused.
    pub(crate) fn exit(&self) -> Exit {
        if self.client.token_refused() { Exit::Unauthorised } else { Exit::Done }
    }
}

/// What the arguments and the environment say about the system.
enum Choice {
    Url(SystemUrl),
    Embedded,
}

/// Connects to the system of a run. `offered` is the embedded system, `wanted_by_files` says that the files ask for it.
pub(crate) async fn connect(
    args: &SystemArgs,
    offered: Embedded,
    wanted_by_files: bool,
    terminal: &Terminal,
) -> Result<Connection, Failure> {
    let interrupt = Interrupt::default();
    match choose(args, wanted_by_files)? {
        Choice::Embedded => {
            let settings = settings(args, TlsRoots::of_this_machine(), &interrupt, terminal);
            let (client, binding, running) = offered.start(settings, terminal).await?;
            Ok(Connection { client, binding, interrupt, _embedded: Some(running) })
        }
        Choice::Url(url) => {
            let settings = settings(args, tls_roots(args)?, &interrupt, terminal);
            let token = token::of_run(args).await?.ok_or_else(token::missing)?;
            let binding = Binding::Origin(url.origin());
            let client =
                Client::connect(url, &token, settings).map_err(|error| Failure::from_error(Exit::Failed, &error))?;
            Ok(Connection { client, binding, interrupt, _embedded: None })
        }
    }
}

fn settings(args: &SystemArgs, tls_roots: TlsRoots, interrupt: &Interrupt, terminal: &Terminal) -> Settings {
    let limits =
        Limits { in_flight: usize::from(args.parallelism), retry_budget: args.retry_budget, ..Limits::default() };
    let line = terminal.wait_line().clone();
    let hooks = ClientHooks {
        tell: Box::new(move |event| line.told(event)),
        interrupt: interrupt.clone(),
        ..ClientHooks::default()
    };
    Settings { limits, hooks, tls_roots }
}

/// The authorities of `--ca-file`, or those of this machine.
fn tls_roots(args: &SystemArgs) -> Result<TlsRoots, Failure> {
    let Some(file) = &args.ca_file else { return Ok(TlsRoots::of_this_machine()) };
    let pem = files::read_text(file).map_err(|error| Failure::from_error(Exit::Usage, &error))?;
    TlsRoots::only(pem.as_bytes()).map_err(|error| {
        Failure::usage(format!("`{}` names no authority to trust: {error}", file.display()))
            .hint("`--ca-file` takes the certificates of authorities as PEM text")
    })
}

/// Whether the flag or the environment gives an address, so that no files are needed to find the system.
pub(crate) fn is_address(args: &SystemArgs) -> bool {
    let from_environment = env::var("CLINICCTL_SYSTEM").ok();
    args.system.as_deref().or(from_environment.as_deref()).is_some_and(|system| system != EMBEDDED)
}

/// Whether a run with these arguments talks to the embedded system.
pub(crate) fn is_embedded(args: &SystemArgs, wanted_by_files: bool) -> bool {
    matches!(choose(args, wanted_by_files), Ok(Choice::Embedded))
}

/// Flag, environment, files, in this order.
fn choose(args: &SystemArgs, wanted_by_files: bool) -> Result<Choice, Failure> {
    let from_environment = env::var("CLINICCTL_SYSTEM").ok();
    match args.system.as_deref().or(from_environment.as_deref()) {
        Some("") => Err(no_address("the address of the clinic system is empty")),
        Some(EMBEDDED) => Ok(Choice::Embedded),
        Some(url) => SystemUrl::parse(url).map(Choice::Url).map_err(|error| Failure::from_error(Exit::Usage, &error)),
        None if !wanted_by_files => Err(no_address("it is not said which clinic system to talk to")),
        None => match looks_like_a_pipeline(args) {
            None => Ok(Choice::Embedded),
            Some(sign) => Err(no_address(&format!(
                "`system: embedded` is not used here, because {sign}: a pipeline that lost its address must not report success to a local file"
            ))),
        },
    }
}

/// The sign that this run is meant for a real system.
fn looks_like_a_pipeline(args: &SystemArgs) -> Option<&'static str> {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if args.token_file.is_some() || args.token_command.is_some() || token::VARIABLES.iter().any(|name| set(name)) {
        return Some("a token is set");
    }
    set("CI").then_some("`CI` is set")
}

fn no_address(message: &str) -> Failure {
    Failure::usage(message)
        .hint("give the address with `--system https://clinics.example` or in `CLINICCTL_SYSTEM`")
        .hint("`--system embedded` starts the reference system in this process, on this machine only")
}
