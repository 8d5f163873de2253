//! Whatever a pull request, a live system or an argument says, no line that the program prints and no file that it
//! writes is a command for the program that runs the pipeline.

mod arguments;
mod files;
mod live;

use crate::support::runners::{commands, commands_beside_marks};
use crate::support::sandbox::{Run, Sandbox};
use clinicctl::report::Format;
use std::fs;

/// Commands of every runner, one after the other, so that wherever a line is folded the next begins with one.
fn hostile() -> String {
    "::error::a ##[debug]b ##vso[task.complete]c section_start:1700000000:d ".repeat(5).trim_end().to_owned()
}

/// The same where a line may be cut, for whoever does not escape it.
fn broken() -> String {
    format!("a\n::error::b\r::debug::c\n##[debug]d\u{1b}[0Ksection_end:1:d\r\u{1b}[0K {}", hostile())
}

fn found(format: Format, text: &str) -> Vec<String> {
    if format == Format::Github { commands_beside_marks(text) } else { commands(text) }
}

fn assert_harmless(run: &Run, format: Format, what: &str) {
    assert_eq!((found(format, &run.stdout), commands(&run.stderr)), (Vec::new(), Vec::new()), "{what}");
}

/// Every format as a file.
fn reports() -> Vec<String> {
    Format::ALL.iter().flat_map(|format| ["--report".to_owned(), format!("{0}=report.{0}", format.name())]).collect()
}

/// Runs a verb with every report, and looks at all that comes of it. The exit code is for who cares.
fn run_with_reports(sandbox: &Sandbox, verb: &[&str], what: &str) -> Run {
    let reports = reports();
    let arguments: Vec<_> = verb.iter().copied().chain(reports.iter().map(String::as_str)).collect();
    let run = sandbox.run_once(&arguments);
    assert_ne!(run.code, Some(64), "{what}: {}", run.stderr);
    assert_harmless(&run, Format::Human, what);
    for format in Format::ALL {
        let report = sandbox.path(&format!("report.{}", format.name()));
        let text = fs::read_to_string(&report).unwrap_or_else(|error| panic!("{what}: {error}: {}", run.stderr));
        assert_eq!(found(format, &text), [""; 0], "{what} in {}", format.name());
        fs::remove_file(report).expect("it was there");
    }
    run
}
