//! The people concerned: the clinics in which people gain or lose something or patients notice it, those with losses
//! first.

use super::escape::{code, place, text};
use super::fit::{fitted, weight};
use super::value::list;
use crate::domain::{ButtonId, ClinicId, Resource, Right};
use crate::plan::{Because, Redaction};
use crate::report::view::{Buttons, Clinic, Person, Totals, View};
use crate::report::words::count;
use crate::source::Location;
use std::collections::{BTreeMap, BTreeSet};

/// What the table may take: a third of a comment, some hundred clinics with names.
const MOST_TABLE: usize = 20_000;
/// What the list of the other clinics may take.
const MOST_OTHERS: usize = 3_000;
/// The most lines of the files that a row names.
const MOST_LINES: usize = 2;

const HEADER: &str =
    "| Clinic | Who loses access | Who gains access | What patients see | Line to discuss |\n|---|---|---|---|---|\n";

/// The table, with people by name if all of it fits, else with their numbers, and the clinics that are not in it.
pub(super) fn section(view: &View<'_>) -> String {
    let mut section = String::new();
    let mut clinics: Vec<_> = view.clinics.iter().filter(|clinic| clinic.has_impact()).collect();
    clinics.sort_by_key(|clinic| (clinic.lose.is_empty(), clinic.buttons.disappear.is_empty()));
    if !clinics.is_empty() {
        section.push_str("#### Who notices\n\n");
        section.push_str(HEADER);
        section.push_str(&rows(&clinics, view.plan.names));
        section.push('\n');
    }
    section.push_str(&others(view));
    section
}

fn rows(clinics: &[&Clinic<'_>], names: Redaction) -> String {
    let rows = |names| clinics.iter().map(move |clinic| row(clinic, names));
    let told: usize = rows(names).map(|row| weight(&row)).sum();
    let names = if told > MOST_TABLE { Redaction::LeftOut } else { names };
    let (mut shown, left_out) = fitted(rows(names), MOST_TABLE);
    if left_out > 0 {
        let Totals { lose, gain, .. } = Totals::of(clinics.iter().skip(clinics.len() - left_out).copied());
        let people = |number| count(number, "person/people");
        let more = count(left_out, "more clinic");
        shown.push_str(&format!("| and {more} | {} | {} | | |\n", people(lose.number), people(gain.number)));
    }
    shown
}

fn row(clinic: &Clinic<'_>, names: Redaction) -> String {
    let mut lose = people(&clinic.lose, names);
    if let Some(only) = clinic.single_responder {
        let who = match names {
            Redaction::Told => text(&only.name),
            Redaction::LeftOut => "one person".to_owned(),
        };
        lose.push(format!("only {who} may respond"));
    }
    let touched = clinic.changes.iter().any(|change| change.because != Because::Intent);
    let by_hand = if touched { " changed by hand" } else { "" };
    let cells = [
        format!("**{}**{by_hand}", code(clinic.id.as_str())),
        lose.join("; "),
        people(&clinic.gain, names).join("; "),
        buttons(&clinic.buttons).join("; "),
        lines(clinic),
    ];
    cells.iter().map(|cell| format!("| {cell} ")).collect::<String>() + "|\n"
}

/// `respond: Anna Berg, Yusuf Karlsson`, one text for those who have the same rights.
fn people(all: &[Person<'_>], names: Redaction) -> Vec<String> {
    let mut alike = BTreeMap::<&BTreeSet<Right>, Vec<&Person<'_>>>::new();
    all.iter().for_each(|person| alike.entry(&person.rights).or_default().push(person));
    let say = |people: Vec<&Person<'_>>| {
        let rights = people.first().map(|person| person.rights_joined()).unwrap_or_default();
        let whom = match names {
            Redaction::Told => list(people.iter().map(|person| name(person, all))),
            Redaction::LeftOut => count(people.len(), "person/people"),
        };
        format!("{rights}: {whom}")
    };
    alike.into_values().map(say).collect()
}

/// A name, and the id if the name alone is ambiguous.
fn name(person: &Person<'_>, all: &[Person<'_>]) -> String {
    let id = code(person.id.as_str());
    if person.name.is_empty() {
        return id;
    }
    let namesakes = all.iter().filter(|other| other.name == person.name).count();
    if namesakes > 1 { format!("{} ({id})", text(person.name)) } else { text(person.name) }
}

fn buttons(buttons: &Buttons<'_>) -> Vec<String> {
    let Buttons { appear, disappear, moved, altered } = buttons;
    let say = |ids: &BTreeSet<&ButtonId>, one: &str, many: &str| {
        let verb = if ids.len() == 1 { one } else { many };
        (!ids.is_empty()).then(|| format!("{} {verb}", list(ids.iter().map(|id| code(id.as_str())))))
    };
    let all = [
        say(disappear, "disappears", "disappear"),
        say(appear, "appears", "appear"),
        say(moved, "moves", "move"),
        say(altered, "looks different", "look different"),
    ];
    all.into_iter().flatten().collect()
}

/// The lines that declare it: those about access first, since they are what to discuss.
fn lines(clinic: &Clinic<'_>) -> String {
    let mut lines: Vec<&Location> = Vec::new();
    let mut changes = clinic.changes.clone();
    changes.sort_by_key(|change| !matches!(change.address.resource, Resource::Direction(_)));
    for row in changes.iter().filter_map(|change| change.fields.iter().find_map(|row| row.origin.as_ref())) {
        if !lines.contains(&&row.location) {
            lines.push(&row.location);
        }
    }
    let more = lines.len().saturating_sub(MOST_LINES);
    let shown: Vec<_> = lines.iter().take(MOST_LINES).map(|line| place(line)).collect();
    if more == 0 { shown.join(", ") } else { format!("{}, {}", shown.join(", "), count(more, "more line")) }
}

/// The clinics that change without anybody noticing.
fn others(view: &View<'_>) -> String {
    let quiet = view.clinics.iter().filter(|clinic| !clinic.changes.is_empty() && !clinic.has_impact());
    let quiet: Vec<_> = quiet.map(|clinic| clinic.id).collect();
    if quiet.is_empty() || view.is_of_drift_alone() {
        return String::new();
    }
    let change = if quiet.len() == 1 { "changes" } else { "change" };
    format!(
        "**{} {change} without anybody noticing:** {}.\n\n",
        count(quiet.len(), "other clinic").replacen(
            "1 other clinic",
            "One other clinic",
            usize::from(quiet.len() == 1)
        ),
        named(&quiet, MOST_OTHERS)
    )
}

/// Clinics by id as long as they fit, the rest counted.
pub(super) fn named(clinics: &[&ClinicId], most: usize) -> String {
    let name =
        |(at, clinic): (usize, &&ClinicId)| format!("{}{}", if at > 0 { ", " } else { "" }, code(clinic.as_str()));
    let (shown, left_out) = fitted(clinics.iter().enumerate().map(name), most);
    if left_out == 0 { shown } else { format!("{shown} and {}", count(left_out, "more clinic")) }
}
