//! Starting and stopping a server.

use crate::api::App;
use crate::config::Config;
use crate::store::{Store, StoreError, WriterTask};
use crate::token::{ActorName, Caller, Scope, TokenError};
use crate::{connection, identity, router, store, token};
use clinic_wire::Actor;
use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The reference clinic system. One operating system process may run several.
#[derive(Debug)]
pub struct Server;

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database cannot be used.
    #[error("the store cannot be opened")]
    Store(#[from] StoreError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
}

/// The set-up code could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the set-up code could not be made")]
pub struct SetUpError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// A server at work. It stops when it is told to, or when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    seeded: Option<bool>,
    app: Arc<App>,
    stop: watch::Sender<()>,
    accepting: JoinHandle<()>,
    writing: WriterTask,
}

impl Server {
    /// Opens the database, fills it if it is empty and a seed is given, and listens.
    ///
    /// # Errors
    /// [`ServeError`]; nothing is left running then.
    pub async fn start(config: Config) -> Result<Running, ServeError> {
        let Config { listen, database: location, seed, limits } = config;
        let mut connection = store::open(&location, limits.busy_time).await?;
        let mut seeded = None;
        if let Some(seed) = seed {
            seeded = Some(store::fill(&mut connection, &seed).await?);
        }
        let database_id = store::database_id(&mut connection.database()).await?;
        let listening = TcpListener::bind(listen).await.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = listening.map_err(|source| ServeError::Listen { address: listen, source })?;
        let (store, writing) = Store::start(connection, &location, &database_id, &limits);
        let app = Arc::new(App::new(store, limits, database_id));
        let (stop, stopping) = watch::channel(());
        let accepting = tokio::spawn(connection::accept(listener, router::router(&app), Arc::clone(&app), stopping));
        Ok(Running { address, seeded, app, stop, accepting, writing })
    }
}

impl Running {
    /// Where the server listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The id that the database was given when it was created: a saved plan for an embedded system is bound to it.
    #[must_use]
    pub fn database_id(&self) -> &str {
        &self.app.database_id
    }

    /// Whether the seed was used: `None` if none was given, `Some(false)` where the database held clinics already
    /// and kept them.
    #[must_use]
    pub const fn seeded(&self) -> Option<bool> {
        self.seeded
    }

    /// What the system keeps.
    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }

    /// A one-time code with which `/set-up` makes the first account; `None` if there is an account already. It is
    /// good for an hour, and ends with the next one that is made.
    ///
    /// # Errors
    /// [`SetUpError`].
    pub async fn set_up_code(&self) -> Result<Option<String>, SetUpError> {
        let code = identity::set_up_code(&self.app.store).await;
        code.map(|code| code.map(|code| code.text())).map_err(|error| SetUpError(Box::new(error)))
    }

    /// A token that only this server knows, in memory, and that ends with it.
    ///
    /// # Errors
    /// [`TokenError::Random`].
    pub fn issue_token(&self, name: &ActorName, kind: Actor, scopes: &BTreeSet<Scope>) -> Result<String, TokenError> {
        let minted = token::mint()?;
        let caller = Caller { name: name.as_str().to_owned(), kind, scopes: scopes.clone() };
        self.app.issue(minted.id, minted.digest, caller);
        Ok(minted.text)
    }

    /// Accepts nothing new, lets the requests under way finish (for [`Limits::stop_time`](super::Limits) at most),
    /// and closes the database.
    pub async fn shutdown(self) {
        let Self { address: _, seeded: _, app, stop, accepting, writing } = self;
        app.stop();
        stop.send_replace(());
        ended(accepting.await, "accepting connections");
        app.close().await;
        drop(app);
        ended(writing.await, "the writer");
    }

    /// [`shutdown`](Self::shutdown) once `signal` is ready.
    pub async fn until(self, signal: impl Future<Output = ()>) {
        signal.await;
        self.shutdown().await;
    }
}

fn ended(result: Result<(), tokio::task::JoinError>, what: &str) {
    if let Err(error) = result {
        tracing::error!(%error, "{what} ended badly");
    }
}
