//! What the verbs take that look at who changed what.

use super::fleet::clinic;
use super::{AnswerArgs, FleetArgs, OutputArgs, SystemArgs};
use crate::domain::ClinicId;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct DriftArgs {
    #[command(flatten)]
    pub(crate) fleet: FleetArgs,
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    /// Look at live buttons that `unlisted_buttons: remove` does not list, too.
    #[arg(long)]
    pub(crate) prune: bool,
    /// Exit with 2 when there is drift.
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    /// The clinic; without it, all clinics of the system.
    #[arg(value_parser = clinic)]
    pub(crate) clinic: Option<ClinicId>,
    /// The most entries to show.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(crate) limit: u16,
    /// The folder of the fleet; only the embedded system is found by it.
    #[arg(long, value_name = "FOLDER", default_value = "clinics")]
    pub(crate) fleet: PathBuf,
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    #[command(flatten)]
    pub(crate) output: AnswerArgs,
}
