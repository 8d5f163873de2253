//! A map as a set of known keys, each asked for once, by name.

use super::shaper::{Name, Shaper, Value};
use super::{Declaration, Placed, Setting};
use crate::compile::suggest::closest;
use crate::compile::words::quoted;
use crate::diagnostic::Finding;
use crate::source::{Content, Entry, Key, Scalar, Span, Style};
use smallvec::SmallVec;

/// The word that takes an inherited setting back out of management.
const UNMANAGED: &str = "unmanaged";

/// The keys of one map. Asking for a key makes it known; [`finish`](Fields::finish) reports the unknown ones, so that
/// no list of keys stands beside the code that reads them.
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    /// Where something missing is reported: the first key of the map, or the key whose value is empty.
    lacking: Span,
    asked: SmallVec<[&'static str; 8]>,
    /// How many of the keys were asked for: the reader leaves no key twice.
    found: usize,
}

/// What can be read from a value; `None` when it has given its finding.
pub(super) trait Decode<T>: Fn(&mut Shaper, Value<'_>) -> Option<T> {}

impl<T, F: Fn(&mut Shaper, Value<'_>) -> Option<T>> Decode<T> for F {}

impl<'a> Fields<'a> {
    /// The map that `value` must be.
    pub(super) fn of(shaper: &mut Shaper, value: Value<'a>) -> Option<Self> {
        let Content::Map(entries) = &value.node.content else {
            shaper.wrong_type(value, "a map of keys and values");
            return None;
        };
        let lacking = entries.first().map_or(value.key, |entry| entry.key.span);
        Some(Self { entries, lacking, asked: SmallVec::new(), found: 0 })
    }

    /// The value of a key that must be there.
    pub(super) fn required<T>(&mut self, shaper: &mut Shaper, key: &'static str, decode: impl Decode<T>) -> Option<T> {
        let Some(value) = self.find(key) else {
            let place = shaper.place(self.lacking);
            shaper.report_missing(Finding::error("missing-key", place, format!("`{key}` is missing here")));
            return None;
        };
        shaper.present(value).and_then(|value| decode(shaper, value))
    }

    /// The value of a key that may be left out; also `None` when it is wrong.
    pub(super) fn optional<T>(&mut self, shaper: &mut Shaper, key: &'static str, decode: impl Decode<T>) -> Option<T> {
        let value = self.find(key)?;
        shaper.present(value).and_then(|value| decode(shaper, value))
    }

    /// A setting: a value that may be left out or `unmanaged`.
    pub(super) fn setting<T>(&mut self, shaper: &mut Shaper, key: &'static str, decode: impl Decode<T>) -> Setting<T> {
        let value = self.find(key)?;
        Some(setting(shaper, value, decode))
    }

    /// Whether the map has no keys at all.
    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether `key` is there, with or without a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| *entry.key.text == *key)
    }

    /// Where something that this map lacks is reported.
    pub(super) const fn lacking(&self) -> Span {
        self.lacking
    }

    /// Reports every unknown key.
    pub(super) fn finish(self, shaper: &mut Shaper) {
        if self.found == self.entries.len() {
            return;
        }
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&&*entry.key.text)) {
            shaper.report(unknown_key(shaper, &entry.key, &self.asked));
        }
    }

    fn find(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.asked.push(key);
        let named = |entry: &&Entry| *entry.key.text == *key;
        // Most files keep the order in which keys are asked for.
        let next = self.entries.get(self.found).filter(named);
        let entry = next.or_else(|| self.entries.iter().find(named))?;
        self.found += 1;
        Some(Value::of(entry))
    }
}

/// Reads one setting whose key is there.
pub(super) fn setting<T>(shaper: &mut Shaper, value: Value<'_>, decode: impl Decode<T>) -> Placed<Declaration<T>> {
    let place = shaper.place(value.anchor());
    let wish = match &value.node.content {
        Content::Scalar(Scalar { text, style }) if **text == *UNMANAGED => match style {
            Style::Plain => Declaration::Unmanaged,
            Style::Quoted | Style::Block => quoted_unmanaged(shaper, value),
        },
        Content::Scalar(_) | Content::List(_) | Content::Map(_) => {
            let decoded = shaper.present(value).and_then(|value| decode(shaper, value));
            decoded.map_or(Declaration::Broken, Declaration::Managed)
        }
    };
    Placed { value: wish, place }
}

/// In quotes it would be a text, which is a title at best; it would be unclear which was meant.
fn quoted_unmanaged<T>(shaper: &mut Shaper, value: Value<'_>) -> Declaration<T> {
    let message = format!("{} is the text `\"unmanaged\"`, in quotes", value.name);
    shaper.refuse("wrong-type", value, message, "write the word `unmanaged` without quotes".to_owned());
    Declaration::Broken
}

/// Keeps the place of what `decode` reads.
pub(super) fn placed<T>(decode: impl Decode<T>) -> impl Decode<Placed<T>> {
    move |shaper: &mut Shaper, value: Value<'_>| {
        let place = shaper.place(value.anchor());
        decode(shaper, value).map(|value| Placed { value, place })
    }
}

/// Reads every entry of a list; wrong ones are left out.
pub(super) fn list<T>(shaper: &mut Shaper, value: Value<'_>, decode: impl Decode<T>) -> Option<Vec<T>> {
    let Content::List(nodes) = &value.node.content else {
        shaper.wrong_type(value, "a list");
        return None;
    };
    let line = |node| Value { node, name: Name::Line(value.name.key()), key: value.key };
    Some(nodes.iter().filter_map(|node| shaper.present(line(node)).and_then(|value| decode(shaper, value))).collect())
}

/// The entries of a map whose keys are free.
pub(super) fn entries<'a>(shaper: &mut Shaper, value: Value<'a>) -> Option<&'a [Entry]> {
    let Content::Map(entries) = &value.node.content else {
        shaper.wrong_type(value, "a map of keys and values");
        return None;
    };
    Some(entries)
}

fn unknown_key(shaper: &Shaper, key: &Key, known: &[&'static str]) -> Finding {
    let finding = Finding::error("unknown-key", shaper.place(key.span), format!("`{}` is not a key here", key.text));
    match closest(&key.text, known.iter().copied()) {
        Some(near) => finding.labelled(format!("did you mean `{near}`?")),
        None => finding.help(format!("the keys here are {}", quoted(known))),
    }
}
