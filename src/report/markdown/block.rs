//! One folded block: the changes of the same clinics, value by value, each with the line of the files that declares it.

use super::escape::{code, place, shadows, text};
use super::impact::named;
use super::value::cells;
use crate::diff::Action;
use crate::domain::{ClinicId, Layer};
use crate::plan::{Because, Origin, PersonOrigin, Redaction};
use crate::report::view::{Block, BlockChange, BlockField, BlockValue};
use crate::report::words::count;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What the names of the clinics of one block may take: some two hundred names.
const MOST_NAMES: usize = 4_000;
/// The most rows that say what one value means in different clinics.
const MOST_DIFFERENT: usize = 40;
/// The most lines that are named for the people of one list.
const MOST_LINES: usize = 5;

/// One block. It opens and closes what it opens, whatever its texts say.
pub(super) fn block(block: &Block<'_>, names: Redaction) -> String {
    let mut details = format!("<details><summary>{}</summary>\n\n", summary(block));
    if block.is_shared() {
        let clinics = count(block.clinics.len(), "clinic");
        let _ = writeln!(details, "In {clinics}: {}.\n", named(&block.clinics, MOST_NAMES));
    }
    details.push_str("| What | Value | Now | After | Line to discuss |\n|---|---|---|---|---|\n");
    block.changes.iter().for_each(|change| details.push_str(&rows(change, names)));
    details.push_str("\n</details>\n\n");
    details
}

/// What can be read while the block is folded: HTML, in which ids and numbers stand and nothing else.
fn summary(block: &Block<'_>) -> String {
    let reason = match block.because {
        Because::Conflict => "conflict: ",
        Because::Drift => "drift: ",
        Because::Intent => "",
    };
    let resources: Vec<_> = block.changes.iter().map(|change| html(&change.resource.to_string())).collect();
    let shown = resources.iter().take(MOST_RESOURCES).cloned().collect::<Vec<_>>().join(", ");
    let more = resources.len().saturating_sub(MOST_RESOURCES);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{reason}{}: {shown}{more}", whom(block))
}

/// The most resources that a summary names.
const MOST_RESOURCES: usize = 4;

/// ``baseline <code>front-door</code> reaches 40 clinics``, or the one clinic.
fn whom(block: &Block<'_>) -> String {
    if let [only] = block.clinics.as_slice() {
        return html(only.as_str());
    }
    let clinics = count(block.clinics.len(), "clinic");
    let layers: Vec<_> = block.layers.iter().map(|layer| layer_html(layer)).collect();
    match layers.as_slice() {
        [] => clinics,
        [only] => format!("{only} reaches {clinics}"),
        several => format!("{} reach {clinics}", several.join(" and ")),
    }
}

fn layer_html(layer: &Layer) -> String {
    match layer {
        Layer::Clinic => "clinic".to_owned(),
        Layer::Baseline(name) => format!("baseline {}", html(name.as_str())),
        Layer::Group(name) => format!("group {}", html(name.as_str())),
        Layer::Fleet => "fleet".to_owned(),
    }
}

/// An id or an address, whose alphabets have nothing that HTML reads.
fn html(id: &str) -> String {
    format!("<code>{id}</code>")
}

/// The values of one change; the resource stands in the first row.
fn rows(change: &BlockChange<'_>, names: Redaction) -> String {
    let verb = match change.action {
        Action::Create => "add",
        Action::Update => "change",
        Action::Delete => "**remove**",
    };
    let mut what = format!("{verb} {}", code(&change.resource.to_string()));
    let mut rows = String::new();
    for field in &change.fields {
        for (value, told) in values(field) {
            let (now, after) = cells(&value.delta, names);
            let path = code(&field.path.to_string());
            let line = said(field.origin, value.people);
            let _ = writeln!(rows, "| {} | {path}{told} | {now} | {after} | {line} |", std::mem::take(&mut what));
        }
        let more = field.values.len().saturating_sub(MOST_DIFFERENT);
        if more > 0 {
            let _ = writeln!(
                rows,
                "| | | and {} | | |",
                count(more, "more value in other clinics/more values in other clinics")
            );
        }
    }
    rows
}

/// Each value with the clinics that it is about, if it is not the same in all.
fn values<'b, 'p>(field: &'b BlockField<'p>) -> impl Iterator<Item = (&'b BlockValue<'p>, String)> {
    let alike = field.values.len() == 1;
    let told = move |clinics: &[&ClinicId]| {
        if alike { String::new() } else { format!(" in {}", named(clinics, MOST_NAMES / 8)) }
    };
    field.values.iter().take(MOST_DIFFERENT).map(move |value| (value, told(&value.clinics)))
}

/// The line that declares it with its layer and what it shadows, and the lines of other files that admit people.
fn said(origin: Option<&Origin>, people: &[PersonOrigin]) -> String {
    let mut said = origin.map_or_else(String::new, of_origin);
    let elsewhere = people.iter().filter(|row| origin.is_none_or(|origin| origin.location.file != row.location.file));
    let own: BTreeSet<_> = elsewhere.map(|row| (place(&row.location), of_layer(&row.layer))).collect();
    for (at, (line, layer)) in own.iter().take(MOST_LINES).enumerate() {
        let joint = match (at, said.is_empty()) {
            (0, true) => "",
            (0, false) => "; people from ",
            _ => ", ",
        };
        let _ = write!(said, "{joint}{line}{layer}");
    }
    let more = own.len().saturating_sub(MOST_LINES);
    if more > 0 {
        let _ = write!(said, ", {}", count(more, "more line"));
    }
    said
}

fn of_origin(Origin { location, layer, shadows: behind }: &Origin) -> String {
    format!("{}{}{}", place(location), of_layer(layer), shadows(behind))
}

fn of_layer(layer: &Layer) -> String {
    if layer.is_shared() { format!(" ({})", text(&layer.to_string())) } else { String::new() }
}
