//! Where a text has not the shape of a seed, and what would be right there.
//!
//! What the YAML reader says of a text repeats parts of it. So nothing of its sentences is passed on: they are recognised,
//! and what is told is made of words that stand here.

use std::fmt;

/// A place at which a text has not the shape of a seed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct SeedMisfit {
    /// Where, by keys and by numbers from 0 (`clinics[2].staff[0].id`), as far as the way is that of a seed.
    pub path: String,
    /// The line, from 1; nothing where the text as a whole is meant.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: usize,
    /// What would be right.
    pub says: String,
}

impl fmt::Display for SeedMisfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, column {}: ", self.column)?;
        }
        match self.path.as_str() {
            "" => f.write_str(&self.says),
            path => write!(f, "{path}: {}", self.says),
        }
    }
}

/// The keys of a seed, and the words that stand behind some of them.
const WORDS: [&str; 35] = [
    "accessible_to",
    "active",
    "administrator",
    "after",
    "app",
    "at",
    "before",
    "buttons",
    "by",
    "changes",
    "clinic",
    "clinics",
    "email",
    "enabled",
    "everyone",
    "healthcare_initiated",
    "healthcare_professional",
    "hsa_id",
    "id",
    "incoming",
    "kind",
    "leads_to",
    "messaging",
    "name",
    "person",
    "reference",
    "resource",
    "roles",
    "scheduler",
    "service",
    "shown_in",
    "staff",
    "system",
    "title",
    "web",
];

/// What the reader expects, in its words and in ours.
const EXPECTED: [(&str, &str); 5] = [
    ("a sequence", "a list belongs here"),
    ("a string", "a text belongs here, in quotes where it looks like a number or a switch"),
    ("a boolean", "`true` or `false` belongs here"),
    ("a map", "a map belongs here"),
    ("struct", "a map with the keys of a seed belongs here"),
];

/// What the reader says of whole texts, by the beginning of its sentence.
const WHOLE: [(&str, &str); 3] = [
    ("recursion limit", "lists and maps stand too deep in each other"),
    ("repetition limit", "aliases repeat too much"),
    ("deserializing from YAML containing more than one document", "a seed is one document"),
];

impl SeedMisfit {
    /// What the reader's error means.
    pub(super) fn of(error: &serde_yaml::Error) -> Self {
        let said = error.to_string();
        let path = path(&said);
        let says = says(&said, path.rsplit('.').next().unwrap_or_default());
        let (line, column) = error.location().map_or((None, 0), |place| (Some(place.line()), place.column()));
        Self { path, line, column, says }
    }
}

/// The way with which a sentence of the reader begins, as far as it is one through a seed: keys of titles are anybody's.
fn path(said: &str) -> String {
    let way = said.split(": ").next().unwrap_or_default().split('.');
    let steps: Vec<_> = way.take_while(|step| is_step(step)).collect();
    steps.join(".")
}

/// A key of a seed, and the number of a thing in its list.
fn is_step(step: &str) -> bool {
    let (key, number) = step.split_at(step.find('[').unwrap_or(step.len()));
    WORDS.contains(&key) && number.bytes().all(|byte| matches!(byte, b'[' | b']' | b'0'..=b'9'))
}

/// What would be right, where the last step of the way is `last`.
fn says(said: &str, last: &str) -> String {
    if let Some(key) = WORDS.iter().find(|key| said.contains(&format!("missing field `{key}`"))) {
        return format!("the key `{key}` is missing here");
    }
    if let Some((_, says)) = WHOLE.iter().find(|(beginning, _)| said.starts_with(beginning)) {
        return (*says).to_owned();
    }
    if said.contains("untagged enum Access") {
        return "`accessible_to` is `everyone` or a list of staff ids".to_owned();
    }
    let expected = said.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
    if said.contains("unknown field `") {
        return format!("a key stands here that no seed has{}", instead(expected));
    }
    if said.contains("unknown variant `") {
        return format!("a word stands here that no seed has{}", instead(expected));
    }
    let known = EXPECTED.iter().find(|(theirs, _)| expected.starts_with(theirs));
    known.map_or_else(|| by_key(last), |(_, ours)| ours).to_owned()
}

/// The words that may stand in a place, from the reader's list of them.
fn instead(expected: &str) -> String {
    let words: Vec<_> =
        expected.split('`').filter(|word| WORDS.contains(word)).map(|word| format!("`{word}`")).collect();
    if words.is_empty() { String::new() } else { format!("; it has {}", words.join(", ")) }
}

/// What belongs behind a key whose values have a form of their own.
fn by_key(key: &str) -> &'static str {
    match key.split('[').next().unwrap_or_default() {
        "at" => "a time such as `2026-11-02T08:15:00Z` belongs here, in quotes",
        _ => "this is not what a seed says here",
    }
}

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::seed::{Seed, SeedError};
    use crate::seed_schema;
    use proptest::prelude::*;
    use serde_json::Value;

    fn misfit(text: &str) -> super::SeedMisfit {
        match Seed::parse(text) {
            Err(SeedError::Shape(misfit)) => misfit,
            other => panic!("{text}: {other:?}"),
        }
    }

    /// Every key and every word that the schema knows.
    fn words(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(fields) => {
                found.extend(
                    fields
                        .get("properties")
                        .and_then(Value::as_object)
                        .into_iter()
                        .flatten()
                        .map(|(key, _)| key.clone()),
                );
                let said = fields
                    .get("const")
                    .into_iter()
                    .chain(fields.get("enum").and_then(Value::as_array).into_iter().flatten());
                found.extend(said.filter_map(Value::as_str).map(str::to_owned));
                fields.values().for_each(|field| words(field, found));
            }
            Value::Array(values) => values.iter().for_each(|value| words(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn the_words_are_those_of_the_schema() {
        let mut found = Vec::new();
        words(&serde_json::from_str(&seed_schema().expect("a schema")).expect("JSON"), &mut found);
        found.sort();
        found.dedup();
        assert_eq!(found, WORDS);
    }

    #[test]
    fn what_would_be_right_is_said_in_our_words_only() {
        for (text, path, says) in [
            ("[SECRET]", "", "a map with the keys of a seed belongs here"),
            ("SECRET", "", "a map with the keys of a seed belongs here"),
            ("system: S\nclinics: SECRET", "clinics", "a list belongs here"),
            ("system: [SECRET]\nclinics: []", "system", "a text belongs here"),
            (
                "system: S\nclinics: [{clinic: a, SECRET: b}]",
                "clinics[0]",
                "a key stands here that no seed has; it has `clinic`, `name`",
            ),
            ("system: S\nclinics: [{clinic: a}]", "clinics[0]", "the key `name` is missing here"),
            (
                "system: S\nclinics: [{clinic: a, name: N, buttons: [{id: b, leads_to: x, title: {SECRET: [SECRET]}}]}]",
                "clinics[0].buttons[0].title",
                "a text belongs here",
            ),
            (
                "system: S\nclinics: [{clinic: a, name: N, changes: [{resource: r, by: b, kind: person, at: 'SECRET, expected SECRET'}]}]",
                "clinics[0].changes[0].at",
                "a time such as",
            ),
            (
                "system: S\nclinics: [{clinic: a, name: N, changes: [{resource: r, by: b, kind: 'SECRET`, expected `SECRET'}]}]",
                "clinics[0].changes[0].kind",
                "a word stands here that no seed has; it has `person`, `service`",
            ),
            (
                "system: S\nclinics: [{clinic: a, name: N, messaging: {incoming: {accessible_to: SECRET}}}]",
                "clinics[0].messaging.incoming",
                "`accessible_to` is `everyone` or a list",
            ),
        ] {
            let misfit = misfit(text);
            assert_eq!(misfit.path, path, "{text}");
            assert!(misfit.says.starts_with(says), "{text}: {misfit}");
            assert!(!misfit.to_string().contains("SECRET"), "{text}: {misfit}");
        }
    }

    proptest! {
        #[test]
        fn no_text_comes_back(pieces in proptest::collection::vec("SECRET|[\\[\\]{},:`'\" \n]|, expected |unknown field `|system: |clinics: ", 0..12)) {
            if let Err(error) = Seed::parse(&pieces.concat()) {
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                prop_assert!(!format!("{error}{cause}").contains("SECRET"), "{error}: {cause}");
            }
        }
    }
}
