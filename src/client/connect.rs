//! A client, ready to send; nothing is sent yet.

use super::gate::Gate;
use super::{ClientHooks, Limits, SystemUrl, TlsRoots, Token, TokenError};
use crate::domain::ClinicId;
use crate::plan::Instance;
use clinic_wire::API_PATH;
use reqwest::header::HeaderValue;
use std::fmt;
use std::sync::Mutex;
use std::time::Duration;
use url::Url;

/// How long a connection is kept without a request. Shorter than any server keeps one: a write that meets a connection
/// about to be closed would have an unknown outcome.
const IDLE: Duration = Duration::from_secs(4);

/// A live clinic system over HTTP.
pub struct Client {
    pub(super) http: reqwest::Client,
    pub(super) authorization: HeaderValue,
    pub(super) limits: Limits,
    pub(super) gate: Gate,
    /// As the system said it last.
    pub(super) instance: Mutex<Option<Instance>>,
    system: SystemUrl,
}

/// How a client behaves, beyond where it goes and what it says there.
#[derive(Default)]
pub struct Settings {
    /// What it takes before it gives up.
    pub limits: Limits,
    /// How it waits.
    pub hooks: ClientHooks,
    /// Whom it takes for the system.
    pub tls_roots: TlsRoots,
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The program did not install a TLS provider before the first use.
    #[error("no TLS provider is installed")]
    NoTlsProvider,
    /// Something that cannot be sent as a header.
    #[error("the token cannot be sent")]
    Token(#[source] TokenError),
    /// The HTTP library does not start, for example without any certificate authority on this machine.
    #[error("secure connections cannot be set up")]
    Setup(#[source] reqwest::Error),
}

impl Client {
    /// Prepares a client. Nothing is sent.
    ///
    /// The token goes to `system` alone: redirects are never followed, and an unencrypted system on this machine is
    /// asked without a proxy. An https system is reached through the proxy of the environment if there is one,
    /// which sees no more than the host's name.
    ///
    /// # Errors
    /// [`ConnectError`] if this machine cannot make secure connections.
    pub fn connect(system: SystemUrl, token: &Token, settings: Settings) -> Result<Self, ConnectError> {
        let Settings { limits, hooks, tls_roots } = settings;
        // The library panics if this is missing.
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(ConnectError::NoTlsProvider);
        }
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            .pool_idle_timeout(IDLE)
            .user_agent(concat!("clinicctl/", env!("CARGO_PKG_VERSION")));
        if system.is_loopback() {
            builder = builder.no_proxy();
        }
        if system.is_plain() {
            // No certificate will be looked at, so none need be installed, nor loaded.
            builder = builder.tls_certs_only([]);
        } else if let Some(authorities) = tls_roots.named() {
            builder = builder.tls_certs_only(authorities);
        }
        let http = builder.build().map_err(ConnectError::Setup)?;
        let gate = Gate::new(&limits, hooks);
        let authorization = token.header().map_err(ConnectError::Token)?;
        Ok(Self { http, authorization, limits, gate, instance: Mutex::default(), system })
    }

    /// Whether the system has refused the token (401). From then on this client sends nothing.
    #[must_use]
    pub fn token_refused(&self) -> bool {
        self.gate.token_refused()
    }

    /// The system that this client talks to.
    #[must_use]
    pub fn system(&self) -> &SystemUrl {
        &self.system
    }

    /// A URL of the API.
    pub(super) fn url<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Url {
        self.system.at(API_PATH.split('/').skip(1).chain(path))
    }

    /// A URL of one clinic.
    pub(super) fn clinic_url<'a>(&self, clinic: &'a ClinicId, path: impl IntoIterator<Item = &'a str>) -> Url {
        self.url(["clinics", clinic.as_str()].into_iter().chain(path))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("system", &self.system).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Client, ConnectError, Settings, SystemUrl, Token};

    #[test]
    fn without_a_tls_provider_it_is_an_error_and_no_panic() {
        let system = SystemUrl::parse("http://localhost:1").expect("an address");
        let token = Token::parse("canary").expect("a token");
        let error = Client::connect(system, &token, Settings::default()).expect_err("only `main` installs a provider");
        assert!(matches!(error, ConnectError::NoTlsProvider));
    }
}
