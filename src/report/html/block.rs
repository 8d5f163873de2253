//! One block of changes: what happens to which values, and which lines declare it.

use super::prose::{Piece, prose, text};
use crate::diff::Action;
use crate::domain::Layer;
use crate::plan::{Origin, PersonOrigin, Shadow};
use crate::report::view::{BlockChange, BlockField, BlockValue, Delta, LastEdit, Listed, Side, Word, words};
use crate::report::words::count;
use crate::source::Location;

/// The most items of a list that are shown before they are counted.
const MOST_ITEMS: usize = 60;

/// A change of one resource.
pub(super) struct Change {
    pub(super) sign: &'static str,
    pub(super) class: &'static str,
    pub(super) resource: String,
    pub(super) action: &'static str,
    pub(super) last_edits: Vec<String>,
    pub(super) fields: Vec<Field>,
}

/// One value in it.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) values: Vec<Value>,
    pub(super) origin: Option<Line>,
    pub(super) shadows: Vec<Line>,
}

/// What happens to the value, in some of the clinics.
pub(super) struct Value {
    /// Present if it is not the same in all of them.
    pub(super) clinics: String,
    pub(super) before: Vec<Mark>,
    pub(super) after: Vec<Mark>,
    /// Whether an arrow stands between the sides.
    pub(super) arrow: bool,
    pub(super) gone: Vec<String>,
    pub(super) come: Vec<String>,
    pub(super) lines: Vec<Line>,
}

/// A piece of a side.
pub(super) struct Mark {
    pub(super) differs: bool,
    pub(super) text: String,
}

/// A line of the files.
pub(super) struct Line {
    /// The people that it admits; empty for a value.
    pub(super) who: String,
    pub(super) place: String,
    pub(super) layer: Vec<Piece>,
}

pub(super) fn change(change: &BlockChange<'_>) -> Change {
    let BlockChange { resource, action, fields, last_edits, rows } = change;
    let (sign, class, word) = match action {
        Action::Create => ("+", "added", "is added"),
        Action::Update => ("~", "changed", "changes"),
        Action::Delete => ("−", "removed", "is removed"),
    };
    Change {
        sign,
        class,
        resource: resource.to_string(),
        action: word,
        last_edits: last_edits.iter().map(|row| last_edit(row, rows.len() > 1)).collect(),
        fields: fields.iter().map(|row| field(*action, row)).collect(),
    }
}

/// Who changed it last, and what the last apply left.
fn last_edit(last_edit: &LastEdit<'_>, several: bool) -> String {
    let LastEdit { clinic, last, applied } = last_edit;
    let in_clinic = if several { format!("{clinic}: ") } else { String::new() };
    let who = format!("{in_clinic}last changed by {} at {}", text(&last.by), text(&last.at));
    let value = |(field, side): &(_, Option<Side<'_>>)| {
        let side = side.as_ref().map_or_else(|| "nothing".to_owned(), plain);
        format!("{field}: {side}", field = ToString::to_string(field))
    };
    match applied.as_slice() {
        [] => who,
        applied => format!("{who}; the last apply left {}", applied.iter().map(value).collect::<Vec<_>>().join(", ")),
    }
}

fn field(action: Action, field: &BlockField<'_>) -> Field {
    let BlockField { path, origin, values } = field;
    let differ = values.len() > 1;
    let shadows = origin.iter().flat_map(|origin| &origin.shadows).map(shadow).collect();
    Field {
        name: path.to_string(),
        values: values.iter().map(|row| value(action, row, differ)).collect(),
        origin: origin.map(line),
        shadows,
    }
}

fn line(origin: &Origin) -> Line {
    let Origin { location, layer, shadows: _ } = origin;
    place(String::new(), location, layer)
}

fn shadow(shadow: &Shadow) -> Line {
    let Shadow { location, layer } = shadow;
    place(String::new(), location, layer)
}

/// A line; its layer is shown only if several clinics share it.
fn place(who: String, location: &Location, layer: &Layer) -> Line {
    let layer = if layer.is_shared() { prose(&layer.to_string()) } else { Vec::new() };
    Line { who, place: text(&location.to_string()), layer }
}

fn value(action: Action, value: &BlockValue<'_>, differ: bool) -> Value {
    let BlockValue { clinics, delta, people } = value;
    let clinics = if differ { ids(clinics) } else { String::new() };
    let names = |listed: &[Listed<'_>]| listed.iter().take(MOST_ITEMS).map(name).chain(more(listed.len())).collect();
    let (before, after) = sides(action, delta);
    let (gone, come): (Vec<_>, Vec<_>) = match delta {
        Delta::List { gone, come, .. } => (names(gone), names(come)),
        Delta::Value { .. } => (Vec::new(), Vec::new()),
    };
    let lines = match delta {
        Delta::List { come, .. } => people.iter().map(|person| admits(person, come)).collect(),
        Delta::Value { .. } => Vec::new(),
    };
    Value { clinics, arrow: !before.is_empty() && !after.is_empty(), before, after, gone, come, lines }
}

fn ids(clinics: &[impl ToString]) -> String {
    clinics.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn name(listed: &Listed<'_>) -> String {
    text(listed.name.unwrap_or(listed.id))
}

fn more(number: usize) -> Option<String> {
    (number > MOST_ITEMS).then(|| format!("and {} more", number - MOST_ITEMS))
}

/// The line that admits a person.
fn admits(person: &PersonOrigin, come: &[Listed<'_>]) -> Line {
    let PersonOrigin { person, location, layer } = person;
    let listed = come.iter().find(|listed| listed.id == person.as_str());
    let who = listed.map_or_else(|| person.to_string(), name);
    place(who, location, layer)
}

/// Both sides; of what comes or goes as a whole, the only side that there is.
fn sides(action: Action, delta: &Delta<'_>) -> (Vec<Mark>, Vec<Mark>) {
    match delta {
        Delta::List { before, after, .. } => (whole(&number(*before)), whole(&number(*after))),
        Delta::Value { before: Some(Side::Title(before)), after: Some(Side::Title(after)) } => {
            let (was, will) = words(before, after);
            (quoted(&was), quoted(&will))
        }
        Delta::Value { before, after } => {
            let side = |side: &Option<Side<'_>>, other: &Option<Side<'_>>| match side {
                Some(side) => whole(&plain(side)),
                None if action == Action::Update && other.is_some() => whole("none"),
                None => Vec::new(),
            };
            (side(before, after), side(after, before))
        }
    }
}

fn whole(text: &str) -> Vec<Mark> {
    vec![Mark { differs: false, text: text.to_owned() }]
}

/// The words of a title between quotes.
fn quoted(words: &[Word<'_>]) -> Vec<Mark> {
    let quote = |text: &str| Mark { differs: false, text: text.to_owned() };
    let word = |word: &Word<'_>| match word {
        Word::Same(same) => Mark { differs: false, text: text(same) },
        Word::Other(other) => Mark { differs: true, text: text(other) },
    };
    std::iter::once(quote("“")).chain(words.iter().map(word)).chain([quote("”")]).collect()
}

fn number(people: usize) -> String {
    if people == 0 { "nobody".to_owned() } else { count(people, "person/people") }
}

fn plain(side: &Side<'_>) -> String {
    match side {
        Side::Switch(true) => "on".to_owned(),
        Side::Switch(false) => "off".to_owned(),
        Side::Title(title) => format!("“{}”", text(title)),
        Side::Text(word) => text(word),
        Side::Everyone => "everyone".to_owned(),
        Side::People(people) => number(*people),
        Side::Items(items) if items.is_empty() => "none".to_owned(),
        Side::Items(items) => {
            let shown = items.iter().take(MOST_ITEMS).map(|item| text(item));
            shown.chain(more(items.len())).collect::<Vec<_>>().join(", ")
        }
    }
}
