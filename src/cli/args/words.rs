//! What the verbs take that only print.

use crate::schema::Kind;
use clap::Args;
use std::path::PathBuf;

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
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
