//! The document that opens with `fleet`.

use super::check::check_list;
use super::fields::{Fields, entries, list, placed};
use super::shaper::{Shaper, Value};
use super::value::{key, language, text, word};
use super::{Check, Placed};
use crate::compile::suggest::closest;
use crate::compile::words::quoted;
use crate::diagnostic::Finding;
use crate::domain::{FleetName, Languages, Limit, RuleSetting};
use crate::source::{Content, Key, Scalar, Style};
use std::collections::BTreeSet;

/// The fleet's own document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Fleet {
    /// The name, if it is one.
    pub(in crate::compile) name: Option<Placed<FleetName>>,
    /// The languages.
    pub(in crate::compile) languages: Languages,
    /// Severities, as written.
    pub(in crate::compile) rules: Vec<RuleLine>,
    /// Limits, by the name of a guard that exists.
    pub(in crate::compile) guards: Vec<(&'static str, Placed<Limit>)>,
    /// What must stay true.
    pub(in crate::compile) checks: Vec<Check>,
    /// `system: embedded`.
    pub(in crate::compile) embedded: bool,
    /// The seed.
    pub(in crate::compile) seed: Option<Placed<String>>,
}

/// One line of `rules:`, whose name is not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct RuleLine {
    /// The name.
    pub(in crate::compile) rule: Placed<String>,
    /// What it is set to.
    pub(in crate::compile) setting: Placed<RuleSetting>,
}

/// The guards that a fleet may set.
const GUARDS: [&str; 6] = [
    "clinics_changed",
    "people_losing_access",
    "lists_emptied",
    "directions_switched_off",
    "lists_to_everyone",
    "buttons_removed",
];

/// Reads a document that opens with `fleet`.
pub(super) fn fleet(shaper: &mut Shaper, value: Value<'_>) -> Option<Fleet> {
    let mut fields = Fields::of(shaper, value)?;
    let fleet = Fleet {
        name: fields.required(shaper, "fleet", placed(key(FleetName::parse))),
        languages: fields.optional(shaper, "languages", languages).unwrap_or_default(),
        rules: fields.optional(shaper, "rules", rules).unwrap_or_default(),
        guards: fields.optional(shaper, "guards", guards).unwrap_or_default(),
        checks: fields.optional(shaper, "checks", check_list).unwrap_or_default(),
        seed: fields.optional(shaper, "embedded", embedded).flatten(),
        embedded: fields.optional(shaper, "system", system).is_some(),
    };
    fields.finish(shaper);
    Some(fleet)
}

fn languages(shaper: &mut Shaper, value: Value<'_>) -> Option<Languages> {
    let mut fields = Fields::of(shaper, value)?;
    let default = fields.optional(shaper, "default", language);
    let listed = fields.optional(shaper, "required", |shaper, value| list(shaper, value, language)).unwrap_or_default();
    fields.finish(shaper);
    let mut seen = BTreeSet::new();
    let required = listed.into_iter().filter(|language| seen.insert(language.clone())).collect();
    Some(Languages { default, required })
}

fn rules(shaper: &mut Shaper, value: Value<'_>) -> Option<Vec<RuleLine>> {
    const SETTINGS: &[(&str, RuleSetting)] =
        &[("error", RuleSetting::Error), ("warning", RuleSetting::Warning), ("off", RuleSetting::Off)];
    let mut lines = Vec::new();
    for entry in entries(shaper, value)? {
        let rule = Placed { value: entry.key.text.to_string(), place: shaper.place(entry.key.span) };
        let set =
            shaper.present(Value::of(entry)).and_then(|value| placed(word("unknown-word", SETTINGS))(shaper, value));
        lines.extend(set.map(|setting| RuleLine { rule, setting }));
    }
    Some(lines)
}

fn guards(shaper: &mut Shaper, value: Value<'_>) -> Option<Vec<(&'static str, Placed<Limit>)>> {
    let mut guards = Vec::new();
    for entry in entries(shaper, value)? {
        let set = shaper.present(Value::of(entry)).and_then(|value| placed(limit)(shaper, value));
        match GUARDS.into_iter().find(|guard| *guard == &*entry.key.text) {
            Some(guard) => guards.extend(set.map(|limit| (guard, limit))),
            None => unknown_guard(shaper, &entry.key),
        }
    }
    Some(guards)
}

fn unknown_guard(shaper: &mut Shaper, key: &Key) {
    let message = format!("there is no guard `{}`", key.text);
    let finding = Finding::error("unknown-guard", shaper.place(key.span), message);
    shaper.report(match closest(&key.text, GUARDS.into_iter()) {
        Some(near) => finding.labelled(format!("did you mean `{near}`?")),
        None => finding.help(format!("the guards are {}", quoted(&GUARDS))),
    });
}

fn limit(shaper: &mut Shaper, value: Value<'_>) -> Option<Limit> {
    let Content::Scalar(scalar) = &value.node.content else {
        shaper.wrong_type(value, "a number, a percentage or `off`");
        return None;
    };
    let limit = parse_limit(scalar);
    if limit.is_none() {
        let help = "write a number such as `50`, a percentage of all clinics up to `100%`, or `off`".to_owned();
        shaper.refuse("bad-limit", value, format!("{} cannot be `{}`", value.name, scalar.text), help);
    }
    limit
}

fn parse_limit(Scalar { text, style }: &Scalar) -> Option<Limit> {
    let number = |digits: &str| {
        let plain = digits == "0" || !digits.starts_with(['0', '+']);
        digits.parse::<u64>().ok().filter(|_| plain)
    };
    match (&**text, style) {
        ("off", _) => Some(Limit::Off),
        (count, Style::Plain) if !count.ends_with('%') => number(count).map(Limit::Count),
        (percentage, _) => {
            let percent = number(percentage.strip_suffix('%')?)?;
            u8::try_from(percent).ok().filter(|percent| *percent <= 100).map(Limit::Percent)
        }
    }
}

fn embedded(shaper: &mut Shaper, value: Value<'_>) -> Option<Option<Placed<String>>> {
    let mut fields = Fields::of(shaper, value)?;
    let seed = fields.optional(shaper, "seed", placed(seed));
    fields.finish(shaper);
    Some(seed)
}

fn seed(shaper: &mut Shaper, value: Value<'_>) -> Option<String> {
    let path = text(shaper, value)?;
    if path.trim().is_empty() {
        let help = "write the path of a file, relative to this one".to_owned();
        shaper.refuse("empty-value", value, "`seed` has no value".to_owned(), help);
        return None;
    }
    Some(path.to_owned())
}

fn system(shaper: &mut Shaper, value: Value<'_>) -> Option<()> {
    let text = text(shaper, value)?;
    if text != "embedded" {
        let message = format!("`system` cannot be `{text}`: only `embedded` may stand in a file");
        let help = "give an address with `--system`, in `CLINICCTL_SYSTEM` or in your own configuration, so that the \
                    files never decide where they are sent";
        shaper.refuse("system-url", value, message, help.to_owned());
        return None;
    }
    Some(())
}
