//! A synthetic fleet as a live system holds it.

use super::clinic::{Button, Clinic, Style};
use super::person::Person;
use std::io;
use std::io::Write;

/// Writes one clinic of the seed.
pub(crate) fn write_clinic(out: &mut impl Write, clinic: &Clinic) -> io::Result<()> {
    let Clinic { number, style, people, senders, menu } = clinic;
    let responders = match style {
        Style::Open | Style::Regional => "everyone".to_owned(),
        Style::Triage | Style::StaffLed => ids(people, &clinic.listed_responders()),
    };
    writeln!(out, "  - clinic: {}\n    name: Synthetic clinic {number}\n    messaging:", clinic.id())?;
    writeln!(out, "      healthcare_initiated: {{enabled: true, accessible_to: {}}}", ids(people, senders))?;
    writeln!(out, "      incoming: {{enabled: {}, accessible_to: {responders}}}", style.takes_messages())?;
    writeln!(out, "    buttons:")?;
    menu.iter().try_for_each(|button| write_button(out, button))?;
    writeln!(out, "    staff:")?;
    people.iter().try_for_each(|person| write_person(out, person))
}

fn ids(people: &[Person], places: &[usize]) -> String {
    let ids: Vec<_> = places.iter().map(|at| people[*at].id.as_str()).collect();
    format!("[{}]", ids.join(", "))
}

fn write_button(out: &mut impl Write, button: &Button) -> io::Result<()> {
    let Button { id, leads_to, titles, active, web_only, own: _ } = button;
    let titles: Vec<_> = titles.iter().map(|(language, title)| format!("{language}: {title}")).collect();
    let shown_in = if *web_only { "web" } else { "app, web" };
    write!(out, "      - {{id: {id}, leads_to: {leads_to}, title: {{{}}}, ", titles.join(", "))?;
    writeln!(out, "active: {active}, shown_in: [{shown_in}]}}")
}

fn write_person(out: &mut impl Write, person: &Person) -> io::Result<()> {
    let Person { id, name, email, hsa_id, title, role, active } = person;
    write!(out, "      - {{id: {id}, name: {name}, email: {email}, hsa_id: {hsa_id}, ")?;
    writeln!(out, "title: {title}, roles: [{role}], active: {active}}}")
}
