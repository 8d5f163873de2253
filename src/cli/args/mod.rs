//! The arguments. Their doc comments are the help, the manual page and the completions.

mod ask;
mod drift;
mod fleet;
mod names;
mod output;
mod plan;
mod preview;
#[cfg(feature = "clinic-system")]
mod serve;
mod system;
mod words;

pub(crate) use ask::{CanIArgs, WhyArgs};
pub(crate) use drift::{DriftArgs, HistoryArgs};
pub(crate) use fleet::{FleetArgs, SelectionArgs};
pub(crate) use names::NamesArgs;
pub(crate) use output::{AnswerArgs, Output, OutputArgs, ReportArg};
pub(crate) use plan::{ApplyArgs, PlanArgs, PlanningArgs, ShowArgs, ValidateArgs, WatchArgs};
pub(crate) use preview::{PreviewArgs, PreviewFormat};
#[cfg(feature = "clinic-system")]
pub(crate) use serve::{BackupArgs, ServeArgs, ServeRunArgs, ServeTask, StoreArgs, TokenArgs, VerifyLogArgs};
pub(crate) use system::SystemArgs;
pub(crate) use words::{CompletionsArgs, ExplainArgs, SchemaArgs};

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

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
    /// Draw the patients' menu of a clinic before and after the plan. Only reads the live system.
    Preview(PreviewArgs),
    /// Show what somebody changed in the live system since the last apply, and who and when. Only reads.
    Drift(DriftArgs),
    /// Show the live system's change log, newest first. Only reads.
    History(HistoryArgs),
    /// Validate and plan again at every save.
    Watch(WatchArgs),
    /// Say of one value what is live, what is wanted, which line says so and what that line shadows. Only reads.
    Why(WhyArgs),
    /// Say whether a person may send or respond, now and after the plan, and why. Only reads the live system.
    CanI(CanIArgs),
    /// Print the JSON Schema of a kind of document, or write all of them.
    Schema(SchemaArgs),
    /// Explain a rule or a refusal, or list all of them.
    Explain(ExplainArgs),
    /// Start the reference clinic system, or manage its tokens.
    #[cfg(feature = "clinic-system")]
    Serve(ServeArgs),
    /// Print the completions of a shell.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man,
}
