//! What `serve` and its tasks take.

use clap::{Args, Subcommand};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ServeArgs {
    #[command(subcommand)]
    pub(crate) task: Option<ServeTask>,
    #[command(flatten)]
    pub(crate) run: ServeRunArgs,
}

#[derive(Debug, Clone, Args)]
pub(crate) struct ServeRunArgs {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7410")]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// Fill an empty database from this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,
    /// Show the system to somebody: made-up clinics in `.clinicctl/demo.sqlite`, and made-up people who can sign in
    ///
    /// Every start prints a new password for them. The database must be new, or of a demonstration.
    #[arg(long, conflicts_with = "seed")]
    pub(crate) demo: bool,
    /// A proxy in front of this server, which ends TLS and says in `X-Forwarded-For` for whom it speaks. Repeat for
    /// more.
    ///
    /// Failures to sign in are counted by address: without this, everybody behind the proxy is one address.
    #[arg(long = "proxy", value_name = "ADDRESS")]
    pub(crate) proxies: Vec<IpAddr>,
}

/// Which database.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoreArgs {
    /// The database: a file (SQLite), created when missing, or `postgres://USER@HOST:PORT/DATABASE`.
    ///
    /// Without it, `CLINICCTL_DATABASE` says it, and else it is `clinic-system.db`. An address takes its password from
    /// `PGPASSWORD`, from the file that `PGPASSFILE` names, or from `~/.pgpass`, and may not hold it here, where every
    /// user of the machine could read it.
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) database: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ServeTask {
    /// Create a token and show it once, or revoke one.
    Token(TokenArgs),
    /// Copy a database of SQLite into a new file, while servers work on it.
    Backup(BackupArgs),
    /// Check that nobody has touched the change log: exit with 0 where it is whole, and with 1 where it is not.
    VerifyLog(VerifyLogArgs),
}

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// The copy, which may not exist yet.
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyLogArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TokenArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
    /// What the token may do; repeat or separate with commas.
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',', required_unless_present = "revoke")]
    pub(crate) scopes: Vec<String>,
    /// The name that the change log shows for it.
    #[arg(long, value_name = "NAME", default_value = "config-pipeline")]
    pub(crate) name: String,
    /// Revoke the token of this name instead.
    #[arg(long, value_name = "NAME", conflicts_with = "scopes")]
    pub(crate) revoke: Option<String>,
}
