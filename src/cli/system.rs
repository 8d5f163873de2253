//! Which clinic system a run talks to, and the connection to it.

use super::args::SystemArgs;
use super::error::Failure;
use super::exit::Exit;
use super::seed::Filling;
use super::terminal::Terminal;
use super::token;
use crate::client::{Client, ClientHooks, Limits, Settings, SystemUrl, TlsRoots, Token};
use crate::diagnostic::escape;
use crate::domain::FleetName;
use crate::execute::Interrupt;
use crate::files;
use crate::files::PrivateError;
use crate::plan::Binding;
use clinic_system::{ActorName, Config, Running, Scope, ServeError, Server};
use clinic_wire::Actor;
use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The word for the reference system in this process.
const EMBEDDED: &str = "embedded";
/// The name under which an embedded run writes; the change log shows it.
const EMBEDDED_ACTOR: &str = "clinicctl";

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

/// Where the embedded system keeps its data and what fills it first.
#[derive(Debug, Clone)]
pub(crate) struct Embedded {
    database: PathBuf,
    seed: Option<Filling>,
    /// Whether there is no use in an empty one.
    must_exist: bool,
}

impl Embedded {
    /// The embedded system of the fleet in `folder`: its database lies beside this, however it is named.
    pub(crate) fn of_fleet(folder: &Path, fleet: &FleetName, seed: Option<Filling>) -> Self {
        Self { database: Self::database(&files::beside(folder), fleet), seed, must_exist: false }
    }

    /// The embedded system that a saved plan of this fleet was made against, when the run starts where that one did: in
    /// the folder around the fleet's, or in that.
    pub(crate) fn of_saved(fleet: &FleetName) -> Self {
        let [here, around] = [".", ".."].map(|folder| Self::database(Path::new(folder), fleet));
        let database = if !here.exists() && around.exists() { around } else { here };
        Self { database, seed: None, must_exist: true }
    }

    /// None, for a run that has an address.
    pub(crate) const fn none() -> Self {
        Self { database: PathBuf::new(), seed: None, must_exist: true }
    }

    fn database(beside: &Path, fleet: &FleetName) -> PathBuf {
        files::tidy(&beside.join(".clinicctl").join(format!("{fleet}.db")))
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
            embedded(offered, settings, interrupt, terminal).await
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
        Failure::usage(format!("`{}` names no authority to tls_roots: {error}", file.display()))
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

/// Starts the reference system in this process and connects to it over loopback, as to any other.
async fn embedded(
    embedded: Embedded,
    settings: Settings,
    interrupt: Interrupt,
    terminal: &Terminal,
) -> Result<Connection, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::from_error(Exit::Failed, error);
    if embedded.must_exist && !embedded.database.exists() {
        return Err(no_embedded(&embedded));
    }
    let first_line = first_line(&embedded);
    files::create_private_folder(&embedded.database).map_err(|error| unusable(&error))?;
    terminal.status(&first_line);
    let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let Embedded { database, seed, must_exist: _ } = embedded;
    let anew = format!(
        "everything in it is invented: delete `{}` and what stands beside it to start it over",
        database.display()
    );
    let seed = seed.map(|filling| filling.seed);
    let config = Config { listen: loopback, database: database.into(), seed, limits: clinic_system::Limits::default() };
    let running = Server::start(config).await.map_err(|error| {
        let failure = failed(&error);
        if matches!(error, ServeError::Store(_)) { failure.hint(anew) } else { failure }
    })?;
    let actor = ActorName::parse(EMBEDDED_ACTOR).map_err(|error| failed(&error))?;
    let token = running.issue_token(&actor, Actor::Service, &Scope::ALL.into()).map_err(|error| failed(&error))?;
    let url = SystemUrl::parse(&format!("http://{}", running.local_addr())).map_err(|error| failed(&error))?;
    let token = Token::parse(&token).map_err(|error| failed(&error))?;
    let client = Client::connect(url, &token, settings).map_err(|error| failed(&error))?;
    let binding = Binding::Embedded(running.database_id().to_owned());
    Ok(Connection { client, binding, interrupt, _embedded: Some(running) })
}

/// The folder of the data is not what it has to be. Where it came with the checkout, the files are to blame.
pub(crate) fn unusable(error: &PrivateError) -> Failure {
    let (exit, hint) = match error {
        PrivateError::Link(_) | PrivateError::NotAFolder(_) | PrivateError::NotAFile(_) => {
            (Exit::InvalidFiles, "nothing was written; remove it, and `.clinicctl` is made anew")
        }
        PrivateError::File(_) => {
            (Exit::Failed, "the embedded system keeps its data there: make it yours to write, or delete it")
        }
    };
    Failure::from_error(exit, error).hint(hint)
}

fn no_embedded(embedded: &Embedded) -> Failure {
    let message =
        format!("there is no embedded clinic system in `{}`; nothing was written", embedded.database.display());
    Failure::new(Exit::Stale, message).hint("apply a saved plan in the folder in which it was made")
}

fn first_line(embedded: &Embedded) -> String {
    let Embedded { database, seed, must_exist: _ } = embedded;
    let seed = match seed {
        Some(Filling { shown, seed: _ }) if !database.exists() => format!(", filled from `{}`", escape(shown)),
        Some(_) | None => String::new(),
    };
    format!("Using the embedded clinic system (`{}`{seed}): no real clinic is touched.\n", database.display())
}
