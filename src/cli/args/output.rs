//! How and where to print.

use crate::report::Format;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How and where to print.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct OutputArgs {
    /// The format of the result.
    #[arg(short, long, value_parser = format(), default_value = "human", value_name = "FORMAT")]
    pub(crate) output: Format,
    /// Write the result to a file as well, in any format of `--output`. Repeat for more.
    ///
    /// The file is written whole or not at all, also where the files are invalid or a guard stops the run.
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = report)]
    pub(crate) reports: Vec<ReportArg>,
}

/// How to print what is no plan and no finding.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct AnswerArgs {
    /// The format of the result.
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output: Output,
}

/// The format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Output {
    /// For a person.
    #[default]
    Human,
    /// One versioned JSON document.
    Json,
}

/// What an answer needs where the files are invalid: their findings, in the format of the answer.
impl From<AnswerArgs> for OutputArgs {
    fn from(args: AnswerArgs) -> Self {
        let output = match args.output {
            Output::Human => Format::Human,
            Output::Json => Format::Json,
        };
        Self { output, reports: Vec::new() }
    }
}

/// A file to write a result to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportArg {
    /// How.
    pub(crate) format: Format,
    /// Where.
    pub(crate) file: PathBuf,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(names)
        .try_map(|name| Format::of(&name).ok_or_else(|| format!("there is no format `{name}`")))
}

fn report(text: &str) -> Result<ReportArg, String> {
    let Some((name, file)) = text.split_once('=') else {
        return Err("expected `FORMAT=FILE`, such as `json=plan.json`".to_owned());
    };
    let Some(format) = Format::of(name) else {
        let names = Format::ALL.map(|format| format!("`{}`", format.name()));
        return Err(format!("there is no format `{name}`; the formats are {}", names.join(", ")));
    };
    match file {
        "" => Err(format!("no file is named behind `{name}=`")),
        "-" => Err(format!("`-` is no file; `-o {name}` prints to stdout")),
        file => Ok(ReportArg { format, file: PathBuf::from(file) }),
    }
}
