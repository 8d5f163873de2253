//! What questions take.

use super::fleet::clinic;
use super::{AnswerArgs, SystemArgs};
use crate::domain::{ClinicId, Right};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    /// A resource of a clinic, or one value of it: `norrtull/messaging/incoming`, `norrtull/buttons/book.title.sv`,
    /// `norrtull/button-order`.
    pub(crate) address: String,
    /// The folder of the fleet.
    #[arg(default_value = "clinics")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    #[command(flatten)]
    pub(crate) output: AnswerArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CanIArgs {
    /// The person: an e-mail address, an HSA-id or a staff id.
    pub(crate) person: String,
    /// The right.
    #[arg(value_enum)]
    pub(crate) right: RightArg,
    /// The folder of the fleet.
    #[arg(default_value = "clinics")]
    pub(crate) path: PathBuf,
    /// The clinic.
    #[arg(long, value_name = "ID", value_parser = clinic)]
    pub(crate) clinic: ClinicId,
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    /// Exit with 2 when a run of `apply` would change the answer.
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
    #[command(flatten)]
    pub(crate) output: AnswerArgs,
}

/// A right, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RightArg {
    /// Start a conversation with a patient.
    Send,
    /// Answer what patients and other clinics start.
    Respond,
}

impl From<RightArg> for Right {
    fn from(right: RightArg) -> Self {
        match right {
            RightArg::Send => Self::Send,
            RightArg::Respond => Self::Respond,
        }
    }
}
