//! The origin of each value of a resource.

use super::text;
use crate::ask::{Admission, Line, Person, Through, Value, Why};
use crate::diff::FieldValue;
use crate::domain::{ActorKind, Field, LastChange};
use crate::report::Paint;
use crate::report::words::count;
use std::fmt::Write as _;

/// The answer for a person to read.
#[must_use]
pub fn why(answer: &Why, paint: Paint) -> String {
    let Why { format: _, address: _, clinic, resource, exists, declared, last_change, values, blocked, notes } = answer;
    let mut lines = String::new();
    for value in values {
        let _ = writeln!(lines, "{}", paint.title(format!("{clinic}/{resource}.{}", value.path)));
        lines.push_str(&one(value, *exists, paint));
    }
    if values.is_empty() {
        let _ =
            writeln!(lines, "{}\n  The files list it without what a new button needs.", paint.title(&answer.address));
    }
    lines.push_str(&changed(last_change.as_ref(), paint));
    let rules: Vec<_> = blocked.iter().map(|rule| format!("`{rule}`")).collect();
    if !rules.is_empty() {
        let _ = writeln!(lines, "A run leaves this clinic as it is: it is blocked by {}.", rules.join(", "));
    }
    if !declared {
        lines.push_str("No file is about this clinic: a run leaves it as it is.\n");
    }
    notes.iter().for_each(|note| {
        let _ = writeln!(lines, "Note: {}.", text(note));
    });
    lines
}

fn one(value: &Value, exists: bool, paint: Paint) -> String {
    let Value { path, live, wanted, managed, origin, shadows, people } = value;
    let mut lines = format!("  live     {}\n", shown(path, live.as_ref()));
    let wants = match (managed, exists) {
        (true, _) => shown(path, wanted.as_ref()),
        (false, true) => "as it is live: no file says it".to_owned(),
        (false, false) => format!("{}: the default, since no file says it", shown(path, wanted.as_ref())),
    };
    let _ = writeln!(lines, "  wanted   {wants}");
    if let Some(line) = origin {
        let _ = writeln!(lines, "  said by  {}", place(line, paint));
    }
    for line in shadows {
        let _ = writeln!(lines, "  shadows  {}", place(line, paint));
    }
    let width = people.iter().map(|person| who(person).chars().count()).max().unwrap_or_default();
    people.iter().for_each(|person| lines.push_str(&listed(person, *managed, width, paint)));
    lines
}

/// ``the baseline's `enabled: true`  clinics/baselines/primary-care.yaml:6:3``.
fn place(line: &Line, paint: Paint) -> String {
    let Line { location, layer, text: said } = line;
    format!("{layer}: {}  {}", text(said), paint.aside(text(&location.to_string())))
}

fn shown(path: &Field, value: Option<&FieldValue>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(FieldValue::Switch(true)) => "on".to_owned(),
        Some(FieldValue::Switch(false)) => "off".to_owned(),
        Some(FieldValue::Text(title)) if matches!(path, Field::Title(_)) => format!("\"{}\"", text(title)),
        Some(FieldValue::Text(word)) => text(word),
        Some(FieldValue::Items(people)) if *path == Field::AccessibleTo => match people.len() {
            0 => "nobody".to_owned(),
            people => count(people, "person/people"),
        },
        Some(FieldValue::Items(items)) if items.is_empty() => "none".to_owned(),
        Some(FieldValue::Items(items)) => items.iter().map(|item| text(item)).collect::<Vec<_>>().join(", "),
    }
}

fn who(person: &Person) -> String {
    match &person.name {
        Some(name) => format!("{} ({})", text(name), person.person),
        None => person.person.to_string(),
    }
}

/// One person of a list: additions and removals are marked, and those who stay have the line that admits them.
fn listed(person: &Person, managed: bool, width: usize, paint: Paint) -> String {
    let sign = match (person.live, person.wanted) {
        (false, true) => paint.added("+"),
        (true, false) => paint.removed("-"),
        (true, true) | (false, false) => " ".to_owned(),
    };
    let why = match person.admitted_by.as_slice() {
        [] if !managed => String::new(),
        [] if person.wanted => "everyone may".to_owned(),
        [] => "no line admits this person".to_owned(),
        lines => lines.iter().map(|line| admission(line, paint)).collect::<Vec<_>>().join(", "),
    };
    format!("    {sign} {:<width$}  {why}", who(person)).trim_end().to_owned() + "\n"
}

fn admission(Admission { through, location }: &Admission, paint: Paint) -> String {
    let place = paint.aside(text(&location.to_string()));
    match through {
        Through::Name => format!("by name {place}"),
        Through::Group { group } => format!("group `{group}` {place}"),
        Through::Title { title } => format!("title `{title}` {place}"),
    }
}

fn changed(last_change: Option<&LastChange>, paint: Paint) -> String {
    let Some(LastChange { by, kind, at, reference }) = last_change else {
        return format!("{}\n", paint.aside("Nobody has changed it since the clinic was created."));
    };
    let kind = match kind {
        ActorKind::Person => "a person",
        ActorKind::Service => "a service",
    };
    let reference = reference.as_ref().map_or_else(String::new, |reference| format!(" for `{}`", text(reference)));
    format!("{}\n", paint.aside(format!("Last changed by {} ({kind}) at {}{reference}.", text(by), text(at))))
}
