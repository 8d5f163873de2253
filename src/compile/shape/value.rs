//! Single values: text, switches, ids, dates, words of an enumeration.

use crate::compile::suggest::closest;
use crate::diagnostic::Finding;
use crate::domain::KeyError;
use crate::domain::Language;
use crate::domain::PersonRef;
use crate::source::Content;
use crate::source::Entry;
use crate::source::FileId;
use crate::source::Node;
use crate::source::Place;
use crate::source::Scalar;
use crate::source::Span;
use crate::source::Style;
use std::fmt;

/// One file being shaped, and what was found in it.
pub(super) struct Shaper {
    file: FileId,
    /// Whether the tree is all that the file says; from the rest nothing can be missing.
    whole: bool,
    findings: Vec<Finding>,
}

/// A value, what messages call it, and the key that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    /// The value.
    pub(super) node: &'a Node,
    /// Its name in messages.
    pub(super) name: Name<'a>,
    /// The key.
    pub(super) key: Span,
}

/// What messages call a value.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    /// The value of this key.
    Key(&'a str),
    /// A line of the list under this key.
    Line(&'a str),
    /// The whole document.
    Document,
}

impl<'a> Name<'a> {
    /// The key.
    pub(super) const fn key(self) -> &'a str {
        match self {
            Self::Key(key) | Self::Line(key) => key,
            Self::Document => "document",
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "`{key}`"),
            Self::Line(key) => write!(f, "a line of `{key}`"),
            Self::Document => f.write_str("a document"),
        }
    }
}

impl<'a> Value<'a> {
    /// The value of a key.
    pub(super) fn of(entry: &'a Entry) -> Self {
        Self { node: &entry.value, name: Name::Key(&entry.key.text), key: entry.key.span }
    }

    /// What a message about this value points to: lists and maps cover many lines, so that their key stands for them.
    pub(super) const fn anchor(&self) -> Span {
        match (&self.node.content, self.name) {
            (Content::Scalar(_), _) | (_, Name::Line(_) | Name::Document) => self.node.span,
            (Content::List(_) | Content::Map(_), Name::Key(_)) => self.key,
        }
    }
}

impl Shaper {
    /// A shaper of `file`.
    pub(super) const fn new(file: FileId, whole: bool) -> Self {
        Self { file, whole, findings: Vec::new() }
    }

    /// Whether the tree is all that the file says.
    pub(super) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Everything that was found.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Bytes of this file as a place.
    pub(super) const fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// Keeps a finding.
    pub(super) fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Keeps the finding that something is missing, unless the reader may have left it out.
    pub(super) fn report_missing(&mut self, finding: Finding) {
        if self.whole {
            self.report(finding);
        }
    }

    /// Reports `value` under `rule`, and what would be right.
    pub(super) fn refuse(&mut self, rule: &'static str, value: Value<'_>, message: String, help: String) {
        let finding = Finding::error(rule, self.place(value.anchor()), message);
        self.report(finding.help(help));
    }

    /// Reports that `value` is not the `wanted` kind of thing.
    pub(super) fn wrong_type(&mut self, value: Value<'_>, wanted: &str) {
        let is = describe(value.node);
        let message = format!("{} must be {wanted}, and this is {is}", value.name);
        self.report(Finding::error("wrong-type", self.place(value.anchor()), message));
    }

    /// The value, unless there is nothing.
    pub(super) fn present<'a>(&mut self, value: Value<'a>) -> Option<Value<'a>> {
        if !value.node.is_empty() {
            return Some(value);
        }
        let (message, help) = match value.name {
            Name::Key(key) => (
                format!("`{key}` has no value"),
                "write a value (an empty list is `[]`), or leave the key out".to_owned(),
            ),
            Name::Line(key) => {
                (format!("a line of `{key}` has no value"), "write a value, or take the line out".to_owned())
            }
            Name::Document => ("the document is empty".to_owned(), "start with the document's kind".to_owned()),
        };
        self.refuse("empty-value", value, message, help);
        None
    }
}

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

/// A text in backticks, or what an empty one is called.
pub(super) fn shown(text: &str) -> String {
    if text.is_empty() { "an empty text".to_owned() } else { format!("`{text}`") }
}

/// "`a`, `b` and `c`".
pub(super) fn quoted(words: &[&str]) -> String {
    joined(words, "and")
}

/// "`a`, `b` or `c`".
pub(super) fn alternatives(words: &[&str]) -> String {
    joined(words, "or")
}

fn joined(words: &[&str], last: &str) -> String {
    let quote = |word: &&str| format!("`{word}`");
    match words {
        [] => String::new(),
        [only] => quote(only),
        [before @ .., end] => {
            format!("{} {last} {}", before.iter().map(quote).collect::<Vec<_>>().join(", "), quote(end))
        }
    }
}

fn describe(node: &Node) -> String {
    match &node.content {
        Content::List(_) => "a list".to_owned(),
        Content::Map(_) => "a map".to_owned(),
        Content::Scalar(scalar) => match plain_meaning(scalar) {
            Some(meaning) => format!("{meaning}, `{}`", scalar.text),
            None => format!("the text `{}`", scalar.text),
        },
    }
}

/// What YAML 1.2 takes a plain scalar for, where that is not text.
fn plain_meaning(scalar: &Scalar) -> Option<&'static str> {
    if scalar.style != Style::Plain {
        return None;
    }
    match &*scalar.text {
        "" | "~" | "null" | "Null" | "NULL" => Some("nothing"),
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Some("a switch"),
        text => is_number(text).then_some("a number"),
    }
}

/// Whether YAML 1.2's core schema, or an older reader's habits (`0b1`), take a plain text for a number.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.as_bytes() {
        [b'0', b'x' | b'o' | b'b', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(|digit| digit.is_ascii_hexdigit())
        }
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => unsigned.parse::<f64>().is_ok(),
        [b'.', ..] => matches!(&unsigned[1..], "inf" | "Inf" | "INF" | "nan" | "NaN" | "NAN"),
        _ => false,
    }
}
