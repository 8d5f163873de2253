//! The binary: the TLS provider installed, then everything in [`clinicctl::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    // First of all: without a provider, or with a second one, the first use of TLS would panic.
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    clinicctl::cli::run()
}
