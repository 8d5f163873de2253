//! Which fleet, and which of its clinics.

use crate::domain::ClinicId;
use clap::Args;
use std::path::PathBuf;

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
    /// Only clinics that the files have a say about which are not as they were in this commit, branch or tag of git.
    ///
    /// A changed clinic file reaches its clinic, a baseline every clinic that extends it, a group every clinic that
    /// lists it, and the fleet's own document all of them. What is not committed counts as changed.
    #[arg(long, value_name = "GITREF", allow_hyphen_values = true)]
    pub(crate) changed_since: Option<String>,
}

fn label(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
    pair.map(|(key, value)| (key.to_owned(), value.to_owned())).ok_or_else(|| "expected `key=value`".to_owned())
}

/// The id of a clinic, as it is typed.
pub(super) fn clinic(text: &str) -> Result<ClinicId, String> {
    ClinicId::parse(text).map_err(|error| error.to_string())
}
