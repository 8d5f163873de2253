//! Single values: text, switches, ids, dates, words of an enumeration.

use super::meaning::plain_meaning;
use super::shaper::{Shaper, Value};
use crate::compile::suggest::closest;
use crate::compile::words::{alternatives, shown};
use crate::diagnostic::Finding;
use crate::domain::{KeyError, Language, PersonRef};
use crate::source::{Content, Style};

/// A text: quoted, a block, or plain and not something else in YAML.
pub(super) fn text<'a>(shaper: &mut Shaper, value: Value<'a>) -> Option<&'a str> {
    let Content::Scalar(scalar) = &value.node.content else {
        shaper.wrong_type(value, "text");
        return None;
    };
    let Some(other) = plain_meaning(scalar) else { return Some(&scalar.text) };
    let message = format!("{} must be text, and `{}` is {other}", value.name, scalar.text);
    shaper.refuse("wrong-type", value, message, format!("write it in quotes to make it text: `\"{}\"`", scalar.text));
    None
}

/// A switch: exactly `true` or `false`.
pub(super) fn switch(shaper: &mut Shaper, value: Value<'_>) -> Option<bool> {
    const LOOKALIKES: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    let Content::Scalar(scalar) = &value.node.content else {
        shaper.wrong_type(value, "`true` or `false`");
        return None;
    };
    match (&*scalar.text, scalar.style) {
        ("true", Style::Plain) => return Some(true),
        ("false", Style::Plain) => return Some(false),
        _ => {}
    }
    if !LOOKALIKES.iter().any(|word| scalar.text.eq_ignore_ascii_case(word)) {
        shaper.wrong_type(value, "`true` or `false`");
        return None;
    }
    let written = if scalar.style == Style::Plain { &*scalar.text } else { &format!("\"{}\"", scalar.text) };
    let on = ["true", "yes", "on", "y"].iter().any(|word| scalar.text.eq_ignore_ascii_case(word));
    let message = format!("{} is a switch, and `{written}` is not how a switch is written", value.name);
    shaper.refuse("not-a-switch", value, message, format!("write `{on}`, without quotes"));
    None
}

/// An id or a name with an alphabet of its own.
pub(super) fn key<K>(parse: fn(&str) -> Result<K, KeyError>) -> impl Fn(&mut Shaper, Value<'_>) -> Option<K> {
    move |shaper, value| {
        let text = text(shaper, value)?;
        parse(text).map_err(|error| refuse_key(shaper, "bad-id", value, text, error.expected)).ok()
    }
}

/// A language tag.
pub(super) fn language(shaper: &mut Shaper, value: Value<'_>) -> Option<Language> {
    let text = text(shaper, value)?;
    Language::parse(text).map_err(|error| refuse_key(shaper, "bad-language", value, text, error.expected)).ok()
}

/// A person, in any spelling.
pub(super) fn person(shaper: &mut Shaper, value: Value<'_>) -> Option<PersonRef> {
    const EXPECTED: &str = "an e-mail address, an HSA-id such as `SE2321000131-N1001`, or the live system's staff id";
    let text = text(shaper, value)?;
    let person = PersonRef::parse(text);
    if person.is_none() {
        refuse_key(shaper, "bad-person", value, text, EXPECTED);
    }
    person
}

/// A day.
pub(super) fn date(shaper: &mut Shaper, value: Value<'_>) -> Option<jiff::civil::Date> {
    let text = text(shaper, value)?;
    let date = jiff::civil::Date::strptime("%Y-%m-%d", text).ok().filter(|_| text.len() == "2027-03-31".len());
    if date.is_none() {
        refuse_key(shaper, "bad-date", value, text, "a day of the calendar as `YYYY-MM-DD`, such as `2027-03-31`");
    }
    date
}

/// One of the words of an enumeration.
pub(super) fn word<T: Copy>(
    rule: &'static str,
    words: &'static [(&'static str, T)],
) -> impl Fn(&mut Shaper, Value<'_>) -> Option<T> {
    move |shaper, value| {
        let text = text(shaper, value)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            refuse_word(shaper, rule, value, text, words.iter().map(|(word, _)| *word));
        }
        found.map(|(_, meaning)| *meaning)
    }
}

fn refuse_key(shaper: &mut Shaper, rule: &'static str, value: Value<'_>, text: &str, expected: &str) {
    let message = format!("{} cannot be {}", value.name, shown(text));
    shaper.refuse(rule, value, message, format!("write {expected}"));
}

fn refuse_word(
    shaper: &mut Shaper,
    rule: &'static str,
    value: Value<'_>,
    text: &str,
    words: impl Iterator<Item = &'static str> + Clone,
) {
    let message = format!("{} cannot be {}", value.name, shown(text));
    let finding = Finding::error(rule, shaper.place(value.anchor()), message);
    let near = closest(text, words.clone()).map(|near| format!("did you mean `{near}`?"));
    let words: Vec<_> = words.collect();
    shaper.report(finding.labelled(near.unwrap_or_default()).help(format!("write {}", alternatives(&words))));
}
