//! The embedded clinic system: the reference clinic system in this process, for one fleet.

use super::error::Failure;
use super::exit::Exit;
use super::seed;
use super::seed::Filling;
use super::terminal::Terminal;
use crate::client::{Client, Settings, SystemUrl, Token};
use crate::diagnostic::{Finding, escape};
use crate::domain::{DesiredFleet, FleetName};
use crate::files;
use crate::files::PrivateError;
use crate::plan::Binding;
use crate::source::SourceSet;
use clinic_system::{ActorName, Config, Scope, ServeError, Server};
use clinic_wire::Actor;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

pub(crate) use clinic_system::Running;

/// The name under which an embedded run writes; the change log shows it.
const EMBEDDED_ACTOR: &str = "clinicctl";

/// Where the embedded system keeps its data and what fills it first.
#[derive(Debug, Clone)]
pub(crate) struct Embedded {
    database: PathBuf,
    seed: Option<Filling>,
    /// Whether there is no use in an empty one.
    must_exist: bool,
}

impl Embedded {
    /// The embedded system of the fleet in `folder`: its database lies beside this, however it is named. A seed that has a
    /// fault is added to `sources`.
    ///
    /// # Errors
    /// A finding at the path of the seed or in the seed.
    pub(crate) fn of_fleet(folder: &Path, fleet: &DesiredFleet, sources: &mut SourceSet) -> Result<Self, Box<Finding>> {
        let seed = seed::read(folder, fleet, sources)?;
        Ok(Self { database: Self::database(&files::beside(folder), &fleet.name), seed, must_exist: false })
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

    /// Starts the reference system in this process and connects to it over loopback, as to any other.
    pub(crate) async fn start(
        self,
        settings: Settings,
        terminal: &Terminal,
    ) -> Result<(Client, Binding, Running), Failure> {
        let failed = |error: &dyn std::error::Error| Failure::from_error(Exit::Failed, error);
        if self.must_exist && !self.database.exists() {
            return Err(no_embedded(&self));
        }
        let first_line = first_line(&self);
        files::create_private_folder(&self.database).map_err(|error| unusable(&error))?;
        terminal.status(&first_line);
        let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let Embedded { database, seed, must_exist: _ } = self;
        let anew = format!(
            "everything in it is invented: delete `{}` and what stands beside it to start it over",
            database.display()
        );
        let seed = seed.map(|filling| filling.seed);
        let config =
            Config { listen: loopback, database: database.into(), seed, limits: clinic_system::Limits::default() };
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
        Ok((client, binding, running))
    }
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
