//! Bodies of writes: from JSON to the contract's types, with everything that is wrong found at once.

pub(crate) mod conversations;

use crate::{language, leads_to};
use clinic_wire::{Access, ButtonBody, DirectionBody, Everyone, FieldProblem, OrderBody};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The longest title, in characters.
const TITLE_MAX: usize = 40;
/// The most languages of one title: all that a region ever needs, and a bound on what a button can grow to.
const LANGUAGES_MAX: usize = 50;
/// The most texts of one list: more people than any clinic has, and a bound on the work of one request.
const LIST_MAX: usize = 5000;
/// The most unknown keys that are named.
const UNKNOWN_MAX: usize = 20;
/// The longest id of a person, in characters.
const ID_MAX: usize = 63;

/// What reading a body gives.
pub type Shaped<T> = Result<T, Vec<FieldProblem>>;

/// `{enabled, accessible_to}`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn direction(value: &Value) -> Shaped<DirectionBody> {
    let mut body = Body::of(value, &["enabled", "accessible_to"])?;
    let enabled = body.field("enabled", switch);
    let accessible_to = body.field("accessible_to", access);
    body.end(enabled.zip(accessible_to)).map(|(enabled, accessible_to)| DirectionBody { enabled, accessible_to })
}

/// `{leads_to, title, active, shown_in}`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn button(value: &Value) -> Shaped<ButtonBody> {
    let mut body = Body::of(value, &["leads_to", "title", "active", "shown_in"])?;
    let leads_to = body.field("leads_to", leads_to);
    let title = body.field("title", title);
    let active = body.field("active", switch);
    let shown_in = body.field("shown_in", shown_in);
    let all = leads_to.zip(title).zip(active).zip(shown_in);
    body.end(all).map(|(((leads_to, title), active), shown_in)| ButtonBody { leads_to, title, active, shown_in })
}

/// `{order}`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn order(value: &Value) -> Shaped<OrderBody> {
    let mut body = Body::of(value, &["order"])?;
    let order = body.field("order", |value, at| texts(value, at, "a list of the ids of buttons"));
    body.end(order).map(|order| OrderBody { order })
}

/// An object under inspection.
struct Body<'a> {
    object: &'a Map<String, Value>,
    problems: Vec<FieldProblem>,
}

impl<'a> Body<'a> {
    fn of(value: &'a Value, known: &[&str]) -> Shaped<Self> {
        let Value::Object(object) = value else { return Err(wrong("", "an object", value)) };
        let unknown = object.keys().filter(|key| !known.contains(&key.as_str())).take(UNKNOWN_MAX);
        let expected = known.join("`, `");
        let problems = unknown.map(|key| problem(&below("", key), format!("is unknown here; expected `{expected}`")));
        Ok(Self { object, problems: problems.collect() })
    }

    fn field<T>(&mut self, key: &str, read: impl FnOnce(&Value, &str) -> Shaped<T>) -> Option<T> {
        let pointer = below("", key);
        let Some(value) = self.object.get(key) else {
            self.problems.push(problem(&pointer, "is missing"));
            return None;
        };
        read(value, &pointer).map_err(|problems| self.problems.extend(problems)).ok()
    }

    fn end<T>(self, value: Option<T>) -> Shaped<T> {
        value.filter(|_| self.problems.is_empty()).ok_or(self.problems)
    }
}

fn switch(value: &Value, at: &str) -> Shaped<bool> {
    value.as_bool().ok_or_else(|| wrong(at, "`true` or `false`", value))
}

fn access(value: &Value, at: &str) -> Shaped<Access> {
    let expected = "the word `everyone` or a list of staff ids";
    if value == "everyone" {
        return Ok(Access::Everyone(Everyone::Everyone));
    }
    let people = texts(value, at, expected)?;
    let long = people.iter().enumerate().filter(|(_, id)| id.chars().count() > ID_MAX);
    let mut problems: Vec<_> =
        long.map(|(place, _)| problem(&format!("{at}/{place}"), "is too long for a staff id")).collect();
    problems.extend(repeated(&people, at));
    none(problems).map(|()| Access::People(people))
}

fn leads_to(value: &Value, at: &str) -> Shaped<String> {
    let text = value.as_str().ok_or_else(|| wrong(at, "a text", value))?;
    leads_to::check(text).map(|()| text.to_owned()).map_err(|detail| vec![problem(at, detail)])
}

fn title(value: &Value, at: &str) -> Shaped<BTreeMap<String, String>> {
    let Value::Object(texts) = value else { return Err(wrong(at, "an object of language tags and texts", value)) };
    if texts.is_empty() || texts.len() > LANGUAGES_MAX {
        return Err(vec![problem(at, format!("needs 1 to {LANGUAGES_MAX} languages"))]);
    }
    let (mut title, mut problems) = (BTreeMap::new(), Vec::new());
    for (tag, text) in texts {
        let pointer = below(at, tag);
        problems.extend(of_title(text).map(|detail| problem(&pointer, detail)));
        match language::normal(tag) {
            None => problems.push(problem(&pointer, "is not under a language tag such as `sv` or `en`")),
            Some(tag) => {
                let twice = title.insert(tag, text.as_str().unwrap_or_default().to_owned()).is_some();
                problems.extend(twice.then(|| problem(&pointer, "is the second text for this language")));
            }
        }
    }
    none(problems).map(|()| title)
}

fn of_title(text: &Value) -> Option<String> {
    let Some(text) = text.as_str() else { return Some(format!("expected a text, found {}", kind_of(text))) };
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Some("is empty".to_owned());
    }
    if length > TITLE_MAX {
        return Some(format!("has {length} characters, at most {TITLE_MAX} are allowed"));
    }
    text.contains(char::is_control).then(|| "has a control character such as a tab or a line break".to_owned())
}

fn shown_in(value: &Value, at: &str) -> Shaped<Vec<String>> {
    let places = texts(value, at, "a list of `app`, `web` or both")?;
    let known = |place: &String| matches!(place.as_str(), "app" | "web");
    let unknown = places.iter().enumerate().filter(|(_, place)| !known(place));
    let mut problems: Vec<_> =
        unknown.map(|(place, _)| problem(&format!("{at}/{place}"), "expected `app` or `web`")).collect();
    problems.extend(repeated(&places, at));
    problems.extend(places.is_empty().then(|| problem(at, "needs `app`, `web` or both")));
    none(problems)?;
    // A set: `app` comes first in every answer, whatever was said.
    let places: BTreeSet<String> = places.into_iter().collect();
    Ok(places.into_iter().collect())
}

fn texts(value: &Value, at: &str, expected: &str) -> Shaped<Vec<String>> {
    let Value::Array(values) = value else { return Err(wrong(at, expected, value)) };
    if values.len() > LIST_MAX {
        return Err(vec![problem(at, format!("has {} members, at most {LIST_MAX} are allowed", values.len()))]);
    }
    let bad = values.iter().enumerate().filter(|(_, value)| !value.is_string());
    let problems = bad.flat_map(|(place, value)| wrong(&format!("{at}/{place}"), "a text", value));
    none(problems.collect())?;
    Ok(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn repeated(texts: &[String], at: &str) -> Vec<FieldProblem> {
    let mut seen = BTreeSet::new();
    let again = texts.iter().enumerate().filter(|(_, text)| !seen.insert(text.as_str()));
    again.map(|(place, _)| problem(&format!("{at}/{place}"), "stands in the list already")).collect()
}

fn none(problems: Vec<FieldProblem>) -> Shaped<()> {
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn wrong(at: &str, expected: &str, found: &Value) -> Vec<FieldProblem> {
    vec![problem(at, format!("expected {expected}, found {}", kind_of(found)))]
}

fn problem(pointer: &str, detail: impl Into<String>) -> FieldProblem {
    FieldProblem { pointer: pointer.to_owned(), detail: detail.into() }
}

/// The pointer to `key` below `pointer` (RFC 6901).
fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a switch",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
