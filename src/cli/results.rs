//! Where a result goes: to stdout in one format, and to files in any.

use super::args::{OutputArgs, ReportArg};
use super::error::Failure;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::files;
use crate::files::Unwritable;
use crate::report::{Format, Paint, Printed};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Refuses reports that could not be written, or would overwrite each other or a file that the run needs, before
/// anything is read or sent: after an apply it would be too late.
pub(crate) fn check(args: &OutputArgs, others: &[&Path]) -> Result<(), Failure> {
    let mut taken: BTreeSet<_> = others.iter().map(|other| absolute(other)).collect();
    for ReportArg { format, file } in &args.reports {
        let report = format!("--report {}={}", format.name(), file.display());
        if !taken.insert(absolute(file)) {
            return Err(Failure::usage(format!("`{report}`: the run uses `{}` already", file.display()))
                .hint("name a file of its own for each report"));
        }
        refuse_unwritable(&report, file, "`-o FORMAT` prints to stdout")?;
    }
    Ok(())
}

/// Refuses a file that could not be written as `argument` says; `instead` is what somebody may want who names none.
pub(crate) fn refuse_unwritable(argument: &str, file: &Path, instead: &str) -> Result<(), Failure> {
    if is_yaml(file) && file.exists() {
        let message =
            format!("`{argument}`: `{}` would be replaced, which looks like a part of a fleet", file.display());
        return Err(Failure::usage(message).hint("nothing that is written here is YAML"));
    }
    files::refuse_unwritable(file).map_err(|error| {
        let failure = Failure::usage(format!("`{argument}`: {error}"));
        match error {
            Unwritable::NoFolder(_) => failure,
            Unwritable::NotAFile(_) => failure.hint(instead),
        }
    })
}

fn is_yaml(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Two spellings of one path are one file, links to its folder included.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        (None, _) | (_, None) => files::tidy(&path),
    }
}

/// Writes every report of a result and prints it, last of all, since nobody may read what is printed. One that cannot
/// be written keeps none of the others from it.
pub(crate) fn give(
    args: &OutputArgs,
    terminal: &Terminal,
    render: impl Fn(Format, Paint) -> Printed,
) -> Result<(), Failure> {
    let written = write_reports(args, |format| render(format, Paint::Plain));
    all([terminal.result(render(args.output, terminal.paint())).map_err(unwritten), written])
}

/// What a verb ends with when stdout cannot be written.
pub(crate) fn unwritten(error: std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("cannot write to stdout: {error}"))
}

/// Writes every report, those behind one that cannot be written included.
pub(crate) fn write_reports(args: &OutputArgs, render: impl Fn(Format) -> Printed) -> Result<(), Failure> {
    let written = |ReportArg { format, file }: &ReportArg| {
        files::write(file, render(*format).as_bytes()).map_err(|error| Failure::from_error(Exit::Failed, &error))
    };
    all(args.reports.iter().map(written).collect::<Vec<_>>())
}

/// All failures as one.
pub(crate) fn all(results: impl IntoIterator<Item = Result<(), Failure>>) -> Result<(), Failure> {
    let failed = results.into_iter().filter_map(Result::err).reduce(Failure::and);
    failed.map_or(Ok(()), Err)
}
