//! What the verbs around a plan take.

use super::{FleetArgs, NamesArgs, OutputArgs, SelectionArgs, SystemArgs};
use clap::Args;
use std::path::PathBuf;

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
    /// Without it, the git commit of the folder: `9f3c2ab`, or `9f3c2ab-dirty` where the commit does not hold the fleet as
    /// it was read.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reference: Option<String>,
    /// Accept what a guard would stop; goes into the change log. Repeat for more.
    #[arg(long = "accept", value_name = "GUARD")]
    pub(crate) accept: Vec<String>,
    /// Exit with 2 when there are changes.
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    /// Exit with 5 when somebody changed the live system by hand since the last apply, before anything is written.
    ///
    /// Needs a token with the scope `audit:read`: where it is not known who changed what, the run ends with an error.
    #[arg(long)]
    pub(crate) fail_on_drift: bool,
    #[command(flatten)]
    pub(crate) names: NamesArgs,
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
    pub(crate) names: NamesArgs,
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
