//! The commands, from the declaration of the command line itself.

use super::options::{Shared, described, name};
use super::{cell, head, markdown};
use clap::{Arg, Command};
use std::fmt::Write as _;

pub(super) fn page() -> String {
    let mut root = clinicctl::cli::command().disable_help_subcommand(true);
    root.build();
    let commands = leaves(&root);
    let shared = Shared::of(&commands);
    let mut text = head("Commands", "`src/cli/args/`");
    text.push_str(
        "`clinicctl VERB --help` says the same. How the process ends is told by the [exit codes](exit-codes.md), and \
         variables stand in [Running it](../running.md#variables).\n\n| Command | What it does |\n| --- | --- |\n",
    );
    for command in &commands {
        let anchor = path(command).replace(' ', "-");
        let _ = writeln!(text, "| [`{}`](#{anchor}) | {} |", path(command), cell(&markdown(&about(command))));
    }
    for command in commands {
        section(&mut text, command, &shared);
    }
    text.push_str("\n## Shared options\n\nThese mean the same in each command that takes them.\n\n");
    shared.options().for_each(|option| described(&mut text, option));
    text.push_str("\n## Common options\n\nEvery command takes these.\n\n");
    root.get_arguments().filter(|option| option.is_global_set()).for_each(|option| described(&mut text, option));
    text
}

/// Every command that does something, `serve` and its tasks included.
fn leaves(root: &Command) -> Vec<&Command> {
    root.get_subcommands().flat_map(|verb| std::iter::once(verb).chain(verb.get_subcommands())).collect()
}

/// `serve token`.
fn path(command: &Command) -> &str {
    command.get_bin_name().and_then(|path| path.strip_prefix("clinicctl ")).unwrap_or_default()
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn section(text: &mut String, command: &Command, shared: &Shared<'_>) {
    let _ = write!(text, "\n## {}\n\n{}.", path(command), markdown(&about(command)));
    for alias in command.get_visible_aliases() {
        let _ = write!(text, " Also called `{alias}`.");
    }
    let usage = command.clone().render_usage().to_string();
    let usage: Vec<_> = usage.trim_start_matches("Usage:").lines().map(str::trim).collect();
    let _ = write!(text, "\n\n```text\n{}\n```\n", usage.join("\n"));
    let own = |option: &&Arg| !option.is_global_set() && !["help", "version"].contains(&option.get_id().as_str());
    let (positional, options): (Vec<_>, Vec<_>) =
        command.get_arguments().filter(own).partition(|option| option.is_positional());
    let (together, alone): (Vec<_>, Vec<_>) = options.into_iter().partition(|option| shared.holds(option));
    if !positional.is_empty() || !alone.is_empty() {
        text.push('\n');
    }
    positional.into_iter().chain(alone).for_each(|option| described(text, option));
    let together: Vec<_> = together.into_iter().map(name).collect();
    if !together.is_empty() {
        let _ = writeln!(text, "\n[Shared](#shared-options): {}.", together.join(", "));
    }
}
