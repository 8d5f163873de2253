//! Arguments and options as items of a list.

use super::markdown;
use clap::builder::PossibleValue;
use clap::{Arg, Command};
use std::fmt::Write as _;

/// Options that several commands take and that mean the same in each: described once.
pub(super) struct Shared<'a>(Vec<&'a Arg>);

impl<'a> Shared<'a> {
    pub(super) fn of(commands: &[&'a Command]) -> Self {
        let all = commands.iter().flat_map(|command| command.get_arguments());
        let all: Vec<&Arg> = all.filter(|option| !option.is_positional() && !is_everywhere(option)).collect();
        let mut shared: Vec<&Arg> = Vec::new();
        for (at, option) in all.iter().enumerate() {
            let again = all[at + 1..].iter().any(|other| same(option, other));
            if again && !shared.iter().any(|known| same(known, option)) {
                shared.push(option);
            }
        }
        shared.sort_by_key(|option| option.get_long());
        Self(shared)
    }

    pub(super) fn options(&self) -> impl Iterator<Item = &'a Arg> {
        self.0.iter().copied()
    }

    pub(super) fn holds(&self, option: &Arg) -> bool {
        self.0.iter().any(|known| same(known, option))
    }
}

fn is_everywhere(option: &Arg) -> bool {
    option.is_global_set() || ["help", "version"].contains(&option.get_id().as_str())
}

fn same(a: &Arg, b: &Arg) -> bool {
    a.get_long() == b.get_long() && help(a) == help(b) && values(a) == values(b)
}

/// `-o, --output <FORMAT>`, as code.
pub(super) fn name(option: &Arg) -> String {
    let value = || option.get_value_names().into_iter().flatten().map(|name| format!("<{name}>")).collect::<String>();
    if option.is_positional() {
        let value = value();
        return if option.is_required_set() {
            format!("`{value}`")
        } else {
            format!("`[{}]`", value.trim_matches(['<', '>']))
        };
    }
    let short = option.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let value = if option.get_action().takes_values() { format!(" {}", value()) } else { String::new() };
    format!("`{short}--{}{value}`", option.get_long().unwrap_or_default())
}

/// One item: what it is called, what it does, what it may be.
pub(super) fn described(text: &mut String, option: &Arg) {
    let help = markdown(&help(option));
    let mut paragraphs = help.split("\n\n");
    let _ = writeln!(text, "- {}: {}", name(option), sentence(paragraphs.next().unwrap_or_default()));
    for paragraph in paragraphs {
        let _ = writeln!(text, "\n  {}", sentence(&paragraph.replace('\n', " ")));
    }
    let facts: Vec<_> =
        [required(option), values(option), default(option), aliases(option)].into_iter().flatten().collect();
    if !facts.is_empty() {
        let _ = writeln!(text, "\n  {}", facts.join(" "));
    }
}

fn help(option: &Arg) -> String {
    option.get_long_help().or(option.get_help()).map(ToString::to_string).unwrap_or_default()
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

fn required(option: &Arg) -> Option<String> {
    (option.is_required_set() && !option.is_positional()).then(|| "Required.".to_owned())
}

fn values(option: &Arg) -> Option<String> {
    let value = |value: &PossibleValue| match value.get_help() {
        Some(help) => format!("`{}` ({})", value.get_name(), markdown(&help.to_string())),
        None => format!("`{}`", value.get_name()),
    };
    let values: Vec<_> = option.get_possible_values().iter().map(value).collect();
    (!values.is_empty() && option.get_action().takes_values()).then(|| format!("Values: {}.", values.join(", ")))
}

fn aliases(option: &Arg) -> Option<String> {
    let aliases = option.get_visible_aliases()?;
    Some(format!("Also called `--{}`.", aliases.join("`, `--")))
}

fn default(option: &Arg) -> Option<String> {
    let defaults: Vec<_> = option.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    (!defaults.is_empty() && option.get_action().takes_values())
        .then(|| format!("Default: `{}`.", defaults.join("`, `")))
}
