//! The changes of the same clinics, value by value, each with the line of the files that declares it.

use super::flow::{Flow, Ink};
use super::value;
use super::value::{Inked, text};
use crate::diff::Action;
use crate::domain::{ActorKind, ClinicId, Layer};
use crate::plan::{Because, Origin, PersonOrigin, Redaction, Shadow};
use crate::report::Paint;
use crate::report::view::{Block, BlockChange, BlockField, BlockValue, LastEdit};
use crate::report::words::count;
use crate::source::Location;
use std::collections::BTreeSet;

/// The narrowest column of field names, as wide as `accessible_to`: the changes of most clinics then stand in line.
const NARROWEST: usize = 13;
/// The most clinics that are named in a block before the rest are counted: some ten lines of a terminal.
const MOST_CLINICS: usize = 60;
/// The most lines that are named for the people of one list.
const MOST_LINES: usize = 5;

/// One block: its clinics, then its changes in the order of execution.
pub(super) fn block(block: &Block<'_>, names: Redaction, paint: Paint) -> String {
    let mut lines = heading(block, paint);
    for change in &block.changes {
        lines.push_str(&self::change(change, block, names, paint));
    }
    lines
}

/// The one clinic; or which layers reach how many, and then which.
fn heading(block: &Block<'_>, paint: Paint) -> String {
    if let [only] = block.clinics.as_slice() {
        return Flow::new(0, 2).add(Ink::Title, only.as_str()).end(paint);
    }
    let clinics = count(block.clinics.len(), "clinic");
    let layers: Vec<_> = block.layers.iter().map(ToString::to_string).collect();
    let reach = match layers.as_slice() {
        [] => clinics,
        [only] => format!("{only} reaches {clinics}"),
        several => format!("{} reach {clinics}", several.join(" and ")),
    };
    let named = Flow::new(2, 2).add(Ink::Plain, clinic_names(&block.clinics)).end(paint);
    Flow::new(0, 2).add(Ink::Title, reach).end(paint) + &named
}

/// Clinics by id, the rest counted.
pub(super) fn clinic_names(clinics: &[&ClinicId]) -> String {
    let rest = clinics.len().saturating_sub(MOST_CLINICS);
    let shown: Vec<_> = clinics.iter().take(MOST_CLINICS).map(|clinic| clinic.as_str()).collect();
    let more = if rest == 0 { String::new() } else { format!(" and {}", count(rest, "more clinic")) };
    format!("{}{more}", shown.join(", "))
}

fn change(change: &BlockChange<'_>, block: &Block<'_>, names: Redaction, paint: Paint) -> String {
    let sign = match change.action {
        Action::Create => (Ink::Added, "+".to_owned()),
        Action::Update => (Ink::Changed, "~".to_owned()),
        Action::Delete => (Ink::Removed, "-".to_owned()),
    };
    let mut flow = Flow::new(2, 6).extend([sign]).add(Ink::Plain, format!(" {}", change.resource));
    if let ([last_edit], false) = (change.last_edits.as_slice(), block.is_shared()) {
        flow = flow.add(Ink::Aside, format!("  {}", by(last_edit, block.because)));
    }
    let mut lines = flow.end(paint);
    for last_edit in change.last_edits.iter().filter(|_| block.is_shared()).take(MOST_CLINICS) {
        let who = format!("{}: {}", last_edit.clinic, by(last_edit, block.because));
        lines.push_str(&Flow::new(6, 8).add(Ink::Aside, who).end(paint));
    }
    let width = change.fields.iter().map(|field| field.path.to_string().len()).fold(NARROWEST, usize::max);
    for field in &change.fields {
        lines.push_str(&self::field(field, change, width, names, paint));
    }
    lines
}

/// Who touched the live resource last: the one whom the plan overrules.
fn by(last_edit: &LastEdit<'_>, because: Because) -> String {
    let word = match because {
        Because::Intent => "last changed by",
        Because::Drift | Because::Conflict => "changed by",
    };
    let service = if last_edit.last.kind == ActorKind::Service { "the service " } else { "" };
    format!("{word} {service}{} at {}", text(&last_edit.last.by), text(&last_edit.last.at))
}

/// One value; if it differs from clinic to clinic, its line, and below it each clinic's.
fn field(field: &BlockField<'_>, change: &BlockChange<'_>, width: usize, names: Redaction, paint: Paint) -> String {
    let name = format!("{:<width$}  ", field.path.to_string());
    let flow = Flow::new(6, 8).add(Ink::Plain, name);
    if let [only] = field.values.as_slice() {
        let shown = value::change(change.action, &only.delta, names);
        let flow = flow.extend(shown).extend(applied(field, change));
        return flow.add(Ink::Aside, said(field.origin, only.people)).end(paint);
    }
    let mut lines = flow.add(Ink::Aside, said(field.origin, &[]).trim_start()).end(paint);
    for value in &field.values {
        lines.push_str(&differing(value, change.action, names).end(paint));
    }
    lines
}

fn differing(value: &BlockValue<'_>, action: Action, names: Redaction) -> Flow {
    let clinics = format!("{}: ", clinic_names(&value.clinics));
    let shown = value::change(action, &value.delta, names);
    Flow::new(8, 10).add(Ink::Plain, clinics).extend(shown).add(Ink::Aside, said(None, value.people))
}

/// What the last apply left, if that is neither what is nor what will be.
fn applied(field: &BlockField<'_>, change: &BlockChange<'_>) -> Inked {
    let [last_edit] = change.last_edits.as_slice() else { return Vec::new() };
    let was = last_edit.applied.iter().find(|(path, _)| *path == field.path);
    let say = |(_, side): &(_, Option<_>)| side.as_ref().map_or_else(|| "nothing".to_owned(), value::side);
    was.map(|was| (Ink::Aside, format!(", was {}", say(was)))).into_iter().collect()
}

/// The line that declares it with its layer and what it shadows; and after it, the lines of other files that name
/// people.
fn said(origin: Option<&Origin>, people: &[PersonOrigin]) -> String {
    let elsewhere = people.iter().filter(|row| origin.is_none_or(|origin| origin.location.file != row.location.file));
    let naming: BTreeSet<_> = elsewhere.map(|row| place(&row.location, &row.layer)).collect();
    let more = naming.len().saturating_sub(MOST_LINES);
    let more = (more > 0).then(|| count(more, "more line"));
    let naming: Vec<_> = naming.into_iter().take(MOST_LINES).chain(more).collect();
    match (origin.map(of_origin), naming.is_empty()) {
        (None, true) => String::new(),
        (Some(line), true) => format!("  {line}"),
        (None, false) => format!("  {}", naming.join(", ")),
        (Some(line), false) => format!("  {line}; people from {}", naming.join(", ")),
    }
}

fn of_origin(Origin { location, layer, shadows }: &Origin) -> String {
    let behind: Vec<_> = shadows.iter().map(|Shadow { location, layer }| place(location, layer)).collect();
    let behind = if behind.is_empty() { String::new() } else { format!(", instead of {}", behind.join(", ")) };
    format!("{}{behind}", place(location, layer))
}

fn place(location: &Location, layer: &Layer) -> String {
    let place = text(&location.to_string());
    if layer.is_shared() { format!("{place} ({layer})") } else { place }
}
