//! The README's first two commands are the ones that work. Every other command of the documents is tried in `docs`.

use crate::support::sandbox::Sandbox;
use std::fs;
use std::path::Path;

/// The commands in the README's shell blocks.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let mut commands = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            command if inside && !command.is_empty() && !command.starts_with('#') => commands.push(command.to_owned()),
            _ => {}
        }
    }
    commands
}

#[test]
fn the_first_command_applies_the_real_fleet_and_its_repetition_finds_nothing_to_do() {
    let first = commands().into_iter().next().expect("the README has commands");
    let arguments = first.strip_prefix("cargo run --release -- ").expect("the first command runs the tool");
    let arguments: Vec<_> = arguments.split_whitespace().collect();
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&arguments);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("Plan: ") && run.stdout.contains("Applied: "), "{}", run.stdout);
    let again = sandbox.run(&arguments);
    assert_eq!(again.code, Some(0), "{}{}", again.stdout, again.stderr);
    assert!(again.stdout.contains("Nothing to do"), "{}", again.stdout);
}

#[test]
fn the_second_command_is_the_one_that_ci_runs() {
    let second = commands().into_iter().nth(1).expect("the README has a second command");
    let ci = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).expect("the CI script");
    assert!(ci.lines().any(|line| line.trim() == second), "`.ci/run` does not run `{second}`");
}
