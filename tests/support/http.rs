//! How the tests speak HTTP: to this machine alone, and to nobody whom a redirect names.

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};

/// Installs the cryptography without which no client can be made. Every test that makes one comes by here, and none
/// relies on another that came before it.
pub(crate) fn install_crypto() {
    // Whoever comes second finds it done.
    let _installed = rustls::crypto::ring::default_provider().install_default();
}

/// A client of plain HTTP.
pub(crate) fn client() -> Client {
    builder().build().expect("a client")
}

/// The same, for more to be said about it.
pub(crate) fn builder() -> ClientBuilder {
    install_crypto();
    Client::builder().no_proxy().tls_certs_only([]).redirect(Policy::none())
}
