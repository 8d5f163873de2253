//! Which system, and how to talk to it.

use clap::Args;
use std::path::PathBuf;

/// Which system.
#[derive(Debug, Clone, Args)]
pub(crate) struct SystemArgs {
    /// The root of the clinic system's address, or `embedded` for the reference system in this process.
    ///
    /// Without it, `CLINICCTL_SYSTEM` says it. `system: embedded` in `fleet.yaml` is used only where neither a token
    /// nor `CI` is set.
    #[arg(long, value_name = "URL|embedded")]
    pub(crate) system: Option<String>,
    /// A file that holds the token. Without it, `CLINICCTL_TOKEN` holds it.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Clinics to read or write at a time.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) parallelism: u16,
}
