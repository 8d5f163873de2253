//! Checks, in the fleet's document or in documents of their own.

use super::Placed;
use super::button::leads_to;
use super::clinic::labels;
use super::fields::{Fields, list, placed};
use super::shaper::{Shaper, Value};
use super::value::{key, person, switch, text, word};
use crate::compile::words::alternatives;
use crate::diagnostic::Finding;
use crate::domain::{Demand, DirectionKind, Holders, Right, Role, RuleSetting, Slug, StaffTitle, Whose};
use crate::source::{Content, Style};
use std::collections::BTreeMap;

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Check {
    /// Its name.
    pub(in crate::compile) name: Placed<Slug>,
    /// Why.
    pub(in crate::compile) because: String,
    /// What a breach does.
    pub(in crate::compile) severity: RuleSetting,
    /// Labels that a clinic must have.
    pub(in crate::compile) clinics: BTreeMap<String, String>,
    /// What must be true.
    pub(in crate::compile) demand: Demand,
}

/// A document of checks.
pub(super) fn checks(shaper: &mut Shaper, value: Value<'_>) -> Option<Vec<Check>> {
    let mut fields = Fields::of(shaper, value)?;
    let checks = fields.required(shaper, "checks", check_list);
    fields.finish(shaper);
    Some(checks.unwrap_or_default())
}

/// The list under `checks`.
pub(super) fn check_list(shaper: &mut Shaper, value: Value<'_>) -> Option<Vec<Check>> {
    list(shaper, value, check)
}

fn check(shaper: &mut Shaper, value: Value<'_>) -> Option<Check> {
    const SEVERITIES: &[(&str, RuleSetting)] =
        &[("error", RuleSetting::Error), ("warning", RuleSetting::Warning), ("off", RuleSetting::Off)];
    let mut fields = Fields::of(shaper, value)?;
    let name = fields.required(shaper, "check", placed(key(Slug::parse)));
    let because = fields.required(shaper, "because", reason);
    let severity = fields.optional(shaper, "severity", word("unknown-word", SEVERITIES));
    let clinics = fields.optional(shaper, "clinics", labels).unwrap_or_default();
    let demand = demand(shaper, &mut fields, value);
    fields.finish(shaper);
    Some(Check {
        name: name?,
        because: because?,
        severity: severity.unwrap_or(RuleSetting::Error),
        clinics: clinics.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
        demand: demand?,
    })
}

fn reason(shaper: &mut Shaper, value: Value<'_>) -> Option<String> {
    let text = text(shaper, value)?;
    if text.trim().is_empty() {
        let help = "write a sentence that everybody who breaks the check will see".to_owned();
        shaper.refuse("empty-value", value, "`because` has no value".to_owned(), help);
        return None;
    }
    Some(text.to_owned())
}

/// Exactly one of the five kinds.
fn demand(shaper: &mut Shaper, fields: &mut Fields<'_>, value: Value<'_>) -> Option<Demand> {
    const KINDS: [&str; 5] = ["may", "never", "at_least", "enabled", "first_button"];
    one_of(shaper, fields, value, &KINDS);
    let said = [
        fields.optional(shaper, "may", holders).map(Demand::May),
        fields.optional(shaper, "never", holders).map(Demand::Never),
        fields.optional(shaper, "at_least", at_least),
        fields.optional(shaper, "enabled", enabled).map(Demand::Enabled),
        fields.optional(shaper, "first_button", leads_to).map(Demand::FirstButton),
    ];
    said.into_iter().flatten().next()
}

/// Reports that none of `keys`, or more than one of them, is there.
fn one_of(shaper: &mut Shaper, fields: &Fields<'_>, value: Value<'_>, keys: &'static [&'static str]) {
    let present: Vec<_> = keys.iter().copied().filter(|key| fields.has(key)).collect();
    match present.as_slice() {
        [] => {
            let finding =
                Finding::error("missing-key", shaper.place(fields.lacking()), "this does not say what is meant");
            shaper.report_missing(finding.help(format!("add {}", alternatives(keys))));
        }
        [_] => {}
        [first, second, ..] => {
            let place = shaper.place(value.node.get(second).map_or(value.node.span, |entry| entry.key.span));
            let message = format!("`{first}` and `{second}` cannot stand together here");
            shaper.report(Finding::error("wrong-type", place, message).help("write one of them, or make two of it"));
        }
    }
}

fn right(shaper: &mut Shaper, value: Value<'_>) -> Option<Right> {
    const RIGHTS: &[(&str, Right)] = &[("send", Right::Send), ("respond", Right::Respond)];
    word("unknown-word", RIGHTS)(shaper, value)
}

fn holders(shaper: &mut Shaper, value: Value<'_>) -> Option<Holders> {
    let mut fields = Fields::of(shaper, value)?;
    let right = fields.required(shaper, "right", right);
    one_of(shaper, &fields, value, &["title", "role", "person"]);
    let said = [
        fields.optional(shaper, "title", key(StaffTitle::parse)).map(Whose::Title),
        fields.optional(shaper, "role", role).map(Whose::Role),
        fields.optional(shaper, "person", person).map(Whose::Person),
    ];
    fields.finish(shaper);
    let who = said.into_iter().flatten().next();
    Some(Holders { right: right?, who: who? })
}

fn role(shaper: &mut Shaper, value: Value<'_>) -> Option<Role> {
    let word = match text(shaper, value)? {
        "healthcare_professional" => Some(Role::HealthcareProfessional),
        "scheduler" => Some(Role::Scheduler),
        "administrator" => Some(Role::Administrator),
        _ => None,
    };
    if word.is_none() {
        let help = "write `healthcare_professional`, `scheduler` or `administrator`".to_owned();
        shaper.refuse("unknown-word", value, format!("{} is no role that the system knows", value.name), help);
    }
    word
}

fn at_least(shaper: &mut Shaper, value: Value<'_>) -> Option<Demand> {
    let mut fields = Fields::of(shaper, value)?;
    let right = fields.required(shaper, "right", right);
    let people = fields.required(shaper, "people", people);
    fields.finish(shaper);
    Some(Demand::AtLeast { right: right?, people: people? })
}

fn people(shaper: &mut Shaper, value: Value<'_>) -> Option<u64> {
    let number = match &value.node.content {
        Content::Scalar(scalar) if scalar.style == Style::Plain => scalar.text.parse::<u32>().ok(),
        Content::Scalar(_) | Content::List(_) | Content::Map(_) => None,
    };
    if number.is_none() {
        shaper.wrong_type(value, "a number of people");
    }
    number.map(u64::from)
}

fn enabled(shaper: &mut Shaper, value: Value<'_>) -> Option<BTreeMap<DirectionKind, bool>> {
    let mut fields = Fields::of(shaper, value)?;
    let said = DirectionKind::ALL.map(|kind| (kind, fields.optional(shaper, kind.key(), switch)));
    if fields.is_empty() {
        let finding = Finding::error("missing-key", shaper.place(fields.lacking()), "this names no direction");
        shaper.report_missing(finding.help("add `incoming: true`, or `healthcare_initiated: false`"));
    }
    fields.finish(shaper);
    Some(said.into_iter().filter_map(|(kind, on)| Some((kind, on?))).collect())
}
