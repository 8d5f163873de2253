//! `patient_interface`: the buttons and their order.

use super::fields::{Fields, entries, list, placed, setting};
use super::shaper::{Name, Shaper, Value};
use super::value::{key, switch, text, word};
use super::{Placed, Setting};
use crate::compile::suggest::closest;
use crate::compile::words::shown;
use crate::diagnostic::Finding;
use crate::domain::{ButtonId, Language, LeadsTo, LeadsToError, ShortText, ShownIn, Surface, TITLE_MAX, Unlisted};
use crate::source::{Content, Entry, Place};
use litemap::LiteMap;
use std::collections::{BTreeMap, HashMap, btree_map};

/// The declarations of one layer about the patients' menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct PatientInterface {
    /// The buttons.
    pub(in crate::compile) buttons: Setting<Buttons>,
    /// Their order; no id stands twice.
    pub(in crate::compile) order: Setting<Vec<Placed<ButtonId>>>,
    /// What happens to unlisted ones.
    pub(in crate::compile) unlisted: Setting<Unlisted>,
}

/// The buttons of one layer, as written; no id stands twice.
pub(in crate::compile) type Buttons = Vec<Button>;

/// The titles of one button in one layer.
pub(in crate::compile) type Title = LiteMap<Language, Setting<ShortText>>;

/// The declarations of one layer about one button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Button {
    /// The key.
    pub(in crate::compile) id: Placed<ButtonId>,
    /// The target.
    pub(in crate::compile) leads_to: Setting<LeadsTo>,
    /// The titles.
    pub(in crate::compile) title: Setting<Title>,
    /// The switch.
    pub(in crate::compile) active: Setting<bool>,
    /// The surfaces.
    pub(in crate::compile) shown_in: Setting<ShownIn>,
}

/// Reads `patient_interface`.
pub(super) fn patient_interface(shaper: &mut Shaper, value: Value<'_>) -> Option<PatientInterface> {
    const UNLISTED: &[(&str, Unlisted)] = &[("keep", Unlisted::Keep), ("remove", Unlisted::Remove)];
    let mut fields = Fields::of(shaper, value)?;
    let patient_interface = PatientInterface {
        buttons: fields.setting(shaper, "buttons", buttons),
        order: fields.setting(shaper, "order", order),
        unlisted: fields.setting(shaper, "unlisted_buttons", word("unknown-word", UNLISTED)),
    };
    fields.finish(shaper);
    Some(patient_interface)
}

/// Reads the list of buttons; `None` also if it is not known which buttons it lists.
fn buttons(shaper: &mut Shaper, value: Value<'_>) -> Option<Buttons> {
    let lines = list(shaper, value, button)?;
    let complete = matches!(&value.node.content, Content::List(nodes) if nodes.len() == lines.len());
    let lines = once(shaper, "button-twice", lines, |button| &button.id);
    complete.then_some(lines)
}

fn order(shaper: &mut Shaper, value: Value<'_>) -> Option<Vec<Placed<ButtonId>>> {
    let ids = list(shaper, value, placed(key(ButtonId::parse)))?;
    Some(once(shaper, "order-twice", ids, |id| id))
}

/// Reports what stands twice in a list of buttons, and keeps the first of each.
fn once<T>(shaper: &mut Shaper, rule: &'static str, lines: Vec<T>, id: fn(&T) -> &Placed<ButtonId>) -> Vec<T> {
    if all_differ(lines.iter().map(|line| &id(line).value)) {
        return lines;
    }
    let mut seen: HashMap<ButtonId, Place> = HashMap::with_capacity(lines.len());
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        let Placed { value: button, place } = id(&line);
        if let Some(first) = seen.get(button) {
            let message = format!("the button `{button}` stands twice in this list");
            shaper.report(Finding::error(rule, *place, message).labelled("again here").also(*first, "first here"));
            continue;
        }
        seen.insert(button.clone(), *place);
        kept.push(line);
    }
    kept
}

fn all_differ<'a>(ids: impl Iterator<Item = &'a ButtonId>) -> bool {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.is_sorted_by(|one, next| one < next)
}

fn button(shaper: &mut Shaper, value: Value<'_>) -> Option<Button> {
    let mut fields = Fields::of(shaper, value)?;
    let id = fields.required(shaper, "id", placed(key(ButtonId::parse)));
    let leads_to = fields.setting(shaper, "leads_to", leads_to);
    let title = fields.setting(shaper, "title", title);
    let active = fields.setting(shaper, "active", switch);
    let shown_in = fields.setting(shaper, "shown_in", shown_in);
    fields.finish(shaper);
    Some(Button { id: id?, leads_to, title, active, shown_in })
}

pub(super) fn leads_to(shaper: &mut Shaper, value: Value<'_>) -> Option<LeadsTo> {
    const WORDS: [&str; 3] = ["new_message", "book_appointment", "drop_in"];
    let text = text(shaper, value)?;
    let error = match LeadsTo::parse(text) {
        Ok(target) => return Some(target),
        Err(error) => error,
    };
    let rule = if error == LeadsToError::NotHttps { "http-link" } else { "bad-leads-to" };
    let finding =
        Finding::error(rule, shaper.place(value.anchor()), format!("a button cannot lead to {}", shown(text)));
    let finding = match closest(text, WORDS.into_iter()) {
        Some(near) => finding.labelled(format!("did you mean `{near}`?")),
        None => finding,
    };
    shaper.report(finding.help(error.to_string()));
    None
}

fn title(shaper: &mut Shaper, value: Value<'_>) -> Option<Title> {
    // A tree while it grows, whatever a hostile file holds; one allocation to keep.
    let mut title = BTreeMap::new();
    let entries = entries(shaper, value)?;
    if entries.is_empty() {
        let help = "name at least one language, such as `sv: Nytt meddelande`".to_owned();
        shaper.refuse("bad-title", value, "`title` names no language".to_owned(), help);
    }
    for entry in entries {
        let text = setting(shaper, Value::of(entry), title_text);
        let Some(language) = language_key(shaper, entry) else { continue };
        match title.entry(language) {
            btree_map::Entry::Vacant(place) => {
                place.insert(Some(text));
            }
            btree_map::Entry::Occupied(first) => same_language(shaper, entries, entry, first.key()),
        }
    }
    Some(title.into_iter().collect())
}

/// `sv` and `SV` are two keys in YAML and one language in BCP 47.
fn same_language(shaper: &mut Shaper, entries: &[Entry], entry: &Entry, language: &Language) {
    let names = |other: &&Entry| Language::parse(&other.key.text).as_ref() == Ok(language);
    let Some(first) = entries.iter().find(names) else { return };
    let message = format!("`{}` and `{}` are the same language", first.key.text, entry.key.text);
    let finding = Finding::error("duplicate-key", shaper.place(entry.key.span), message);
    shaper.report(finding.labelled("again here").also(shaper.place(first.key.span), "first here"));
}

fn language_key(shaper: &mut Shaper, entry: &Entry) -> Option<Language> {
    let language = Language::parse(&entry.key.text).map_err(|error| {
        let message = format!("{} is not a language", shown(&entry.key.text));
        let finding = Finding::error("bad-language", shaper.place(entry.key.span), message);
        shaper.report(finding.help(format!("write {}", error.expected)));
    });
    language.ok()
}

fn title_text(shaper: &mut Shaper, value: Value<'_>) -> Option<ShortText> {
    let written = text(shaper, value)?;
    let length = written.chars().count();
    let language = value.name.key();
    let wrong = if written.trim().is_empty() {
        format!("the title in `{language}` is blank")
    } else if written.contains(['\t', '\n', '\r']) {
        format!("the title in `{language}` holds a tab or a line break")
    } else if length > TITLE_MAX {
        format!("the title in `{language}` is {length} characters long")
    } else {
        return Some(written.into());
    };
    let help = format!("write 1 to {TITLE_MAX} characters on one line; a menu has no room for more");
    shaper.refuse("bad-title", value, wrong, help);
    None
}

fn shown_in(shaper: &mut Shaper, value: Value<'_>) -> Option<ShownIn> {
    const SURFACES: &[(&str, Surface)] = &[("app", Surface::App), ("web", Surface::Web)];
    let surfaces = list(shaper, value, word("bad-surface", SURFACES))?;
    if matches!(&value.node.content, Content::List(nodes) if nodes.is_empty()) {
        let help = "write `[app]`, `[web]` or `[app, web]`; to hide the button, write `active: false`".to_owned();
        shaper.refuse("bad-surface", value, format!("{} names no surface", Name::Key(value.name.key())), help);
    }
    ShownIn::of(&surfaces)
}
