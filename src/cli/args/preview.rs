//! What `preview` takes.

use super::SystemArgs;
use super::fleet::clinic;
use crate::domain::{ClinicId, Language, Surface};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct PreviewArgs {
    /// The clinic, by its id.
    #[arg(value_parser = clinic)]
    pub(crate) clinic: ClinicId,
    /// The folder of the fleet.
    #[arg(default_value = "clinics")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) system: SystemArgs,
    /// Plan as `plan --prune` does.
    #[arg(long)]
    pub(crate) prune: bool,
    /// The language that the patient reads, such as `sv`. Without it, the fleet's default language.
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(crate) language: Option<Language>,
    /// Where the patient meets the menu. Without it, both: once where they are alike.
    #[arg(long, value_parser = surface())]
    pub(crate) surface: Option<Surface>,
    /// A picture, or lines of text. Without it, text on a terminal and else a picture.
    #[arg(long, value_enum)]
    pub(crate) format: Option<PreviewFormat>,
    /// Write to a file instead of stdout.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// How a preview is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PreviewFormat {
    /// A picture for a browser.
    Svg,
    /// Lines of text.
    Text,
}

fn language(text: &str) -> Result<Language, String> {
    Language::parse(text).map_err(|error| error.to_string())
}

fn surface() -> impl TypedValueParser<Value = Surface> {
    let named = |name: &str| Surface::ALL.into_iter().find(|surface| surface.to_string() == name);
    PossibleValuesParser::new(["app", "web"]).try_map(move |name| named(&name).ok_or("there is no such surface"))
}
