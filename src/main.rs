//! The binary: the TLS provider installed, then everything in [`clinicctl::cli`].

use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // First of all: without a provider, or with a second one, the first use of TLS would panic.
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    clinicctl::cli::run()
}
