//! Arguments and variables, and what the program prints without any.

use super::assert_harmless;
use crate::cli::tiny_system::tiny_fleet;
use crate::support::runners::commands;
use crate::support::sandbox::Sandbox;
use clinicctl::report::Format;
use std::fs;
use std::path::Path;

/// Arguments with a text in each of them, where nobody listens.
const ARGUMENTS: &[&[&str]] = &[
    &["TEXT"],
    &["--TEXT"],
    &["plan", "TEXT"],
    &["plan", "--TEXT"],
    &["plan", "-o", "TEXT"],
    &["plan", "--color", "TEXT"],
    &["plan", "--report", "TEXT"],
    &["plan", "--report", "json=TEXT/TEXT"],
    &["plan", "--report", "TEXT=a"],
    &["plan", "--out", "TEXT/TEXT"],
    &["plan", "--clinic", "TEXT"],
    &["plan", "--label", "TEXT"],
    &["plan", "--label", "TEXT=TEXT"],
    &["plan", "--changed-since", "TEXT"],
    &["plan", "--accept", "TEXT"],
    &["plan", "--parallelism", "TEXT"],
    &["plan", "--retry-budget", "TEXT"],
    &["plan", "--system", "TEXT"],
    &["plan", "--system", "https://TEXT.example", "--retry-budget", "0"],
    &["plan", "--system", "http://127.0.0.1:1/TEXT", "--retry-budget", "0"],
    &["plan", "--ca-file", "TEXT"],
    &["plan", "--token-file", "TEXT"],
    &["validate", "TEXT", "TEXT"],
    &["apply", "TEXT"],
    &["show", "TEXT"],
    &["watch", "TEXT"],
    &["drift", "TEXT"],
    &["history", "TEXT"],
    &["history", "--limit", "TEXT"],
    &["history", "--fleet", "TEXT"],
    &["why", "TEXT"],
    &["why", "north/TEXT"],
    &["can-i", "TEXT", "respond", "--clinic", "north"],
    &["can-i", "a", "TEXT", "--clinic", "TEXT"],
    &["preview", "TEXT"],
    &["preview", "north", "--language", "TEXT", "--surface", "TEXT"],
    &["explain", "TEXT"],
    &["schema", "TEXT"],
    &["schema", "--write", "TEXT"],
    &["completions", "TEXT"],
    &["serve", "--listen", "TEXT"],
    &["serve", "--seed", "TEXT", "--database", "TEXT.db"],
    &["serve", "--database", "postgres://TEXT:1/a"],
    &["serve", "token", "--name", "TEXT", "--scope", "TEXT"],
    &["serve", "token", "--database", "a.db", "--scope", "settings:read", "--name", "TEXT"],
    &["serve", "token", "--database", "a.db", "--revoke", "TEXT"],
    &["serve", "backup", "--database", "TEXT", "TEXT"],
    &["serve", "verify-log", "--database", "TEXT"],
];

/// Variables that are read, each with a verb that reads it.
const VARIABLES: &[(&str, &[&str])] = &[
    ("CLINICCTL_SYSTEM", &["plan"]),
    ("CLINICCTL_TOKEN", &["plan", "--system", "http://127.0.0.1:1", "--retry-budget", "0"]),
    ("CLINICCTL_TODAY", &["validate"]),
    ("CLINICCTL_DATABASE", &["serve", "verify-log"]),
    ("CLINICCTL_TOKEN_COMMAND", &["plan", "--system", "http://127.0.0.1:1", "--retry-budget", "0"]),
];

#[test]
fn p17_no_argument_and_no_variable_becomes_a_command() {
    for text in [
        "::error::a",
        "a\n::error::b",
        "a\r\n \u{a0}::debug::b",
        "##[debug]a",
        "a\u{1b}[0m##vso[a]b",
        "a section_start:1:a\r\u{1b}[0K",
    ] {
        for arguments in ARGUMENTS {
            let arguments: Vec<_> = arguments.iter().map(|argument| argument.replace("TEXT", text)).collect();
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            let run = tiny_fleet().env("CLINICCTL_TOKEN", "canary").run_once(&arguments);
            assert_harmless(&run, Format::Human, &format!("{arguments:?}"));
        }
        for (variable, arguments) in VARIABLES {
            let quiet = *variable == "CLINICCTL_TOKEN_COMMAND";
            let value = if quiet { format!("exit 3 # {text}").replace(['\n', '\r'], " ") } else { text.to_owned() };
            let run = tiny_fleet().env(variable, &value).run_once(arguments);
            assert_harmless(&run, Format::Human, &format!("{variable}={value:?}"));
        }
    }
}

/// The program's own words hold nothing that would have to be spelt out: scripts and schemas stay what they are.
#[test]
fn what_is_printed_for_shells_and_editors_stays_as_it_is() {
    let sandbox = Sandbox::new();
    let shells = ["bash", "elvish", "fish", "powershell", "zsh"].map(|shell| vec!["completions", shell]);
    let mut runs: Vec<_> =
        [vec!["man"], vec!["--help"], vec!["explain"], vec!["plan", "--help"]].into_iter().chain(shells).collect();
    runs.extend(clinicctl::schema::Kind::ALL.map(|kind| vec!["schema", kind.key()]));
    for arguments in runs {
        let run = sandbox.run_once(&arguments);
        assert_harmless(&run, Format::Human, &format!("{arguments:?}"));
        assert!(
            run.code == Some(0) && !run.stdout.contains("\\u{3a}") && !run.stdout.contains("\\u{5b}"),
            "{arguments:?}"
        );
    }
    for page in ["page.css", "page.js"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/html").join(page))
            .expect("a file");
        assert_eq!(commands(&text), [""; 0], "{page}");
    }
}
