//! What people and patients notice: in total, then clinic by clinic, those with losses first.

use super::block::clinic_names;
use super::flow::{Flow, Ink};
use super::value::text;
use crate::domain::{ButtonId, ClinicId};
use crate::plan::Redaction;
use crate::report::Paint;
use crate::report::view::{Clinic, Menu, Person, Tally, Totals, View, rights_of_all};
use crate::report::words::count;
use std::collections::BTreeMap;

/// The most people of one clinic who are named in a row, before the rest are counted. A reader who needs every name
/// asks for JSON.
const MOST_PEOPLE: usize = 20;
/// The most people of a whole plan who are named like that; beyond it each clinic names [`FEW_PEOPLE`].
const MOST_IN_ALL: usize = 400;
/// Enough to see which people it is about.
const FEW_PEOPLE: usize = 3;

/// Everything that people notice; empty if there is nothing to notice.
pub(super) fn section(view: &View<'_>, paint: Paint) -> String {
    let totals = totals(&view.totals);
    if totals.is_empty() {
        return String::new();
    }
    let mut section = Flow::new(0, 2).add(Ink::Title, "Who notices").end(paint);
    for line in totals {
        section.push_str(&Flow::new(2, 4).add(Ink::Plain, line).end(paint));
    }
    for (clinics, lines) in clinics(view, paint) {
        let heading = clinic_names(&clinics);
        section.push_str(&Flow::new(2, 4).add(Ink::Title, heading).end(paint));
        section.push_str(&lines);
    }
    section.push('\n');
    section
}

/// One sentence for each kind of impact that there is.
fn totals(totals: &Totals) -> Vec<String> {
    let Totals { lose: _, lose_send, lose_respond, gain: _, gain_send, gain_respond, .. } = totals;
    let Totals { single_responders, appear, disappear, moved, altered, .. } = totals;
    let people = |tally: &Tally, what: &str| told(tally, "person/people", what);
    let buttons = |tally: &Tally, what: &str| told(tally, "button", what);
    let single = count(*single_responders, "clinic is/clinics are");
    let single = (*single_responders > 0).then(|| format!("{single} left with one person who may respond"));
    let all = [
        people(lose_respond, "may no longer respond"),
        people(lose_send, "may no longer send"),
        people(gain_respond, "may respond from now on"),
        people(gain_send, "may send from now on"),
        single,
        buttons(disappear, "will disappear for patients"),
        buttons(appear, "will appear for patients"),
        buttons(moved, "will move for patients"),
        buttons(altered, "will look different for patients"),
    ];
    all.into_iter().flatten().collect()
}

fn told(Tally { number, clinics }: &Tally, noun: &str, what: &str) -> Option<String> {
    (*number > 0).then(|| format!("{} {what}, in {}", count(*number, noun), count(*clinics, "clinic")))
}

/// What people notice in each clinic; clinics with the same lines stand together.
fn clinics<'p>(view: &View<'p>, paint: Paint) -> Vec<(Vec<&'p ClinicId>, String)> {
    let in_all = view.totals.lose.number + view.totals.gain.number;
    let most = if in_all > MOST_IN_ALL { FEW_PEOPLE } else { MOST_PEOPLE };
    let mut alike = BTreeMap::<(bool, String), Vec<&ClinicId>>::new();
    for clinic in view.clinics.iter().filter(|clinic| clinic.has_impact()) {
        let lines = lines(clinic, most, view.plan.names, paint);
        alike.entry((clinic.lose.is_empty(), lines)).or_default().push(clinic.id);
    }
    let mut all: Vec<_> = alike.into_iter().map(|((gains, lines), clinics)| (gains, clinics, lines)).collect();
    all.sort();
    all.into_iter().map(|(_, clinics, lines)| (clinics, lines)).collect()
}

fn lines(clinic: &Clinic<'_>, most: usize, names: Redaction, paint: Paint) -> String {
    let mut lines = String::new();
    for line in named(&clinic.lose, most, names, |rights| format!("may no longer {rights}")) {
        lines.push_str(&Flow::new(4, 6).add(Ink::Removed, format!("- {line}")).end(paint));
    }
    for line in named(&clinic.gain, most, names, |rights| format!("may {rights}")) {
        lines.push_str(&Flow::new(4, 6).add(Ink::Added, format!("+ {line}")).end(paint));
    }
    if let Some(only) = clinic.single_responder {
        let who = match names {
            Redaction::Told => format!("{} ({})", text(&only.name), only.person),
            Redaction::LeftOut => "one person".to_owned(),
        };
        lines.push_str(&Flow::new(4, 6).add(Ink::Changed, format!("! only {who} may respond")).end(paint));
    }
    for menu in &clinic.menus {
        lines.push_str(&self::menu(menu).end(paint));
    }
    let altered: Vec<_> = clinic.buttons.altered.iter().map(|id| id.as_str()).collect();
    if !altered.is_empty() {
        let flow = Flow::new(4, 6).add(Ink::Aside, "patients see another text or target on:");
        lines.push_str(&flow.add(Ink::Plain, format!(" {}", altered.join(", "))).end(paint));
    }
    lines
}

/// A sentence for each person, by name and id, and one that counts those who are too many to name.
fn named(people: &[Person<'_>], most: usize, names: Redaction, say: impl Fn(&str) -> String) -> Vec<String> {
    if names == Redaction::LeftOut && !people.is_empty() {
        return vec![format!("{} {}", count(people.len(), "person/people"), say(&rights_of_all(people)))];
    }
    let sentence =
        |person: &Person<'_>| format!("{} ({}) {}", text(person.name), person.id, say(&person.rights_joined()));
    let mut lines: Vec<_> = people.iter().take(most).map(sentence).collect();
    let rest = people.get(most..).unwrap_or_default();
    if !rest.is_empty() {
        let more = count(rest.len(), "more person/more people");
        lines.push(format!("{more} {} (`-o json` names everybody)", say(&rights_of_all(rest))));
    }
    lines
}

fn menu(menu: &Menu<'_>) -> Flow {
    let surfaces = format!("patients' menu, {}:", menu.surfaces_joined());
    let shown = format!(" {} -> {}", buttons(menu.before), buttons(menu.after));
    Flow::new(4, 6).add(Ink::Aside, surfaces).add(Ink::Plain, shown)
}

fn buttons(ids: &[ButtonId]) -> String {
    if ids.is_empty() {
        return "(empty)".to_owned();
    }
    ids.iter().map(ButtonId::as_str).collect::<Vec<_>>().join(", ")
}
