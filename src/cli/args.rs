//! The arguments. Their doc comments are the help, the manual page and the completions.

use crate::schema::Kind;
use clap::ArgAction;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use std::net::IpAddr;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Messaging settings of clinics as code: review them, plan them, apply them.
///
/// Clinics describe who may start and answer conversations, and which buttons patients see, in YAML. `plan` compares a
/// folder of such files with the live clinic system and shows what would change; `apply` changes it, in an order that
/// patients never notice half-done.
#[derive(Debug, Parser)]
#[command(name = "clinicctl", version, max_term_width = 100, arg_required_else_help = true, subcommand_required = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What every verb takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", help_heading = "Common options")]
    pub(crate) color: ColorChoice,
    /// Say nothing but results and errors.
    #[arg(short, long, global = true, help_heading = "Common options")]
    pub(crate) quiet: bool,
    /// Say more; repeat for requests and their answers.
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "Common options")]
    pub(crate) verbose: u8,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Check the files alone, without a network: every error and warning with its place.
    #[command(visible_alias = "check")]
    Validate(ValidateArgs),
    /// Show what would change. Only reads the live system.
    #[command(visible_alias = "diff")]
    Plan(PlanArgs),
    /// Show a saved plan again.
    Show(ShowArgs),
    /// Plan, show, ask and apply. Of a saved plan, do exactly that plan or refuse.
    Apply(ApplyArgs),
    /// Validate and plan again at every save.
    Watch(WatchArgs),
    /// Print the JSON Schema of a kind of document, or write all of them.
    Schema(SchemaArgs),
    /// Explain a rule or a refusal, or list all of them.
    Explain(ExplainArgs),
    /// Start the reference clinic system, or manage its tokens.
    Serve(ServeArgs),
    /// Print the completions of a shell.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man,
}

/// Which fleet, and which of its clinics.
#[derive(Debug, Clone, Args)]
pub(crate) struct FleetArgs {
    /// The folder of the fleet.
    #[arg(default_value = "clinics")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,
}

/// Which clinics of the fleet.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SelectionArgs {
    /// Only clinics whose id matches, such as `norr*`. Repeat for more.
    #[arg(long = "clinic", value_name = "GLOB")]
    pub(crate) clinics: Vec<String>,
    /// Only clinics with this label. Repeat to demand several.
    #[arg(short = 'l', long = "label", value_name = "KEY=VALUE", value_parser = label)]
    pub(crate) labels: Vec<(String, String)>,
}

fn label(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
    pair.map(|(key, value)| (key.to_owned(), value.to_owned())).ok_or_else(|| "expected `key=value`".to_owned())
}

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

/// How to print.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OutputArgs {
    /// The format of the result.
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output: Output,
}

/// The format of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Output {
    /// For a person.
    #[default]
    Human,
    /// One versioned JSON document.
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ValidateArgs {
    /// The folder of the fleet.
    #[arg(default_value = "clinics")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// What planning takes, whatever comes after it.
#[derive(Debug, Clone, Args)]
pub(crate) struct PlanningArgs {
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    /// Remove live buttons that `unlisted_buttons: remove` does not list. Without it they are only noted.
    #[arg(long)]
    pub(crate) prune: bool,
    /// What the change log says about this run, at most 200 bytes.
    ///
    /// Without it, the git commit of the folder.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: Option<String>,
    /// Accept what a guard would stop; goes into the change log. Repeat for more.
    #[arg(long = "accept", value_name = "GUARD")]
    pub(crate) accept: Vec<String>,
    /// Exit with 2 when there are changes.
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) fleet: FleetArgs,
    #[command(flatten)]
    pub(crate) planning: PlanningArgs,
    /// Save the plan for `apply FILE`.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The saved plan.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ApplyArgs {
    /// The folder of the fleet, or a saved plan.
    #[arg(default_value = "clinics")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,
    #[command(flatten)]
    pub(crate) planning: PlanningArgs,
    /// Do not ask.
    #[arg(short, long, visible_alias = "auto-approve")]
    pub(crate) yes: bool,
    /// Never ask: without `--yes`, refuse.
    #[arg(long)]
    pub(crate) no_input: bool,
}

#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    pub(crate) fleet: FleetArgs,
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    /// Plan as `plan --prune` does.
    #[arg(long)]
    pub(crate) prune: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The kind of document.
    #[arg(value_parser = kind, required_unless_present = "write")]
    pub(crate) kind: Option<Kind>,
    /// Write the schemas of all kinds into this folder instead.
    #[arg(long, value_name = "FOLDER", conflicts_with = "kind")]
    pub(crate) write: Option<PathBuf>,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::of(text)
        .ok_or_else(|| format!("expected one of {}", Kind::ALL.map(|kind| format!("`{}`", kind.key())).join(", ")))
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule, as it stands in brackets behind `error` or `warning`.
    pub(crate) rule: Option<String>,
}

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
    /// A proxy in front of this server, which ends TLS and says in `X-Forwarded-For` for whom it speaks. Repeat for more.
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

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
