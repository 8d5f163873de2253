//! The types that schemas name, each described once.

use super::{cell, markdown};
use serde_json::Value;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// The definitions of several schemas.
pub(super) struct Definitions<'a>(Vec<Definition<'a>>);

/// One of them.
struct Definition<'a> {
    name: &'a str,
    /// The schemas that define it so.
    kinds: Vec<&'a str>,
    schema: &'a Value,
    /// Whether more schemas, or earlier ones, mean something else by that name.
    second: bool,
}

impl<'a> Definitions<'a> {
    pub(super) fn of(schemas: &'a [(&'a str, Value)]) -> Self {
        let mut found: Vec<Definition<'a>> = Vec::new();
        for (kind, schema) in schemas {
            for (name, schema) in schema["definitions"].as_object().into_iter().flatten() {
                match found.iter_mut().find(|known| known.name == name && known.schema == schema) {
                    Some(known) => known.kinds.push(kind),
                    None => found.push(Definition { name, kinds: vec![kind], schema, second: false }),
                }
            }
        }
        found.sort_by_key(|known| (known.name, Reverse(known.kinds.len())));
        for at in 1..found.len() {
            found[at].second = found[at].name == found[at - 1].name;
        }
        Self(found)
    }

    /// A heading and a description for each.
    pub(super) fn sections(&self, text: &mut String) {
        for definition in &self.0 {
            let _ = write!(text, "\n### {}\n\n", definition.heading());
            self.section(text, definition.kinds[0], definition.schema);
        }
    }

    fn section(&self, text: &mut String, kind: &str, schema: &Value) {
        let _ = writeln!(text, "{}", markdown(schema["description"].as_str().unwrap_or_default()));
        let choices: Vec<_> = choices(schema).filter(|choice| choice["description"].is_string()).collect();
        if !choices.is_empty() {
            text.push('\n');
        }
        for choice in choices {
            let says = markdown(choice["description"].as_str().unwrap_or_default());
            let _ = writeln!(text, "- {}: {says}", self.expression(kind, choice));
        }
        let facts = self.facts(kind, schema);
        if !facts.is_empty() {
            let _ = writeln!(text, "\n{}", facts.join(" "));
        }
        if schema["properties"].is_object() {
            text.push('\n');
            self.table(text, kind, schema);
        }
    }

    /// The keys of an object.
    pub(super) fn table(&self, text: &mut String, kind: &str, schema: &Value) {
        text.push_str("| Key | Value | Means |\n| --- | --- | --- |\n");
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let strong = if required.contains(&key.as_str()) { "**" } else { "" };
            let value = self.expression(kind, property);
            let says = markdown(property["description"].as_str().unwrap_or_default());
            let _ = writeln!(text, "| {strong}`{key}`{strong} | {} | {} |", cell(&value), cell(&says));
        }
    }

    /// What holds of a text, a number or a map beyond its type.
    fn facts(&self, kind: &str, schema: &Value) -> Vec<String> {
        let pattern = schema["pattern"].as_str().map(|pattern| format!("Text that matches `{pattern}`."));
        let items = (schema["type"] == "array").then(|| format!("A {}.", self.expression(kind, schema)));
        let map = map(schema).map(|(keys, value)| {
            format!("A map: its keys match `{keys}`, and each value is {}.", self.expression(kind, value))
        });
        let examples = schema["examples"].as_array().into_iter().flatten();
        let examples: Vec<_> = examples.map(|example| format!("`{}`", word(example))).collect();
        let examples = (!examples.is_empty()).then(|| format!("For example {}.", examples.join(", ")));
        [pattern, items, map, examples].into_iter().flatten().collect()
    }

    /// What a value may be, in a few words.
    fn expression(&self, kind: &str, schema: &Value) -> String {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.link(kind, name);
        }
        if let Some(only) = schema["allOf"].as_array().and_then(|all| all.first()) {
            return self.expression(kind, only);
        }
        if !schema["const"].is_null() {
            return format!("`{}`", word(&schema["const"]));
        }
        let choices: Vec<_> = choices(schema).map(|choice| self.expression(kind, choice)).collect();
        if !choices.is_empty() {
            return choices.join(" or ");
        }
        match schema["type"].as_str().unwrap_or_default() {
            "array" => format!("list of {}", self.expression(kind, &schema["items"])),
            "boolean" => "`true` or `false`".to_owned(),
            "integer" => "whole number".to_owned(),
            "object" => self.object(kind, schema),
            _ => "text".to_owned(),
        }
    }

    fn object(&self, kind: &str, schema: &Value) -> String {
        if let Some((_, value)) = map(schema) {
            return format!("map of {}", self.expression(kind, value));
        }
        let keys = schema["properties"].as_object().into_iter().flatten();
        let keys: Vec<_> = keys.map(|(key, value)| format!("`{key}:` {}", self.expression(kind, value))).collect();
        keys.join(", ")
    }

    fn link(&self, kind: &str, name: &str) -> String {
        let known = self.0.iter().find(|known| known.name == name && known.kinds.contains(&kind));
        let heading = known.expect("a schema defines what it names").heading();
        let anchor = heading.to_lowercase().replace(' ', "-").replace(['(', ')'], "");
        format!("[{name}](#{anchor})")
    }
}

impl Definition<'_> {
    fn heading(&self) -> String {
        if self.second { format!("{} ({})", self.name, self.kinds[0]) } else { self.name.to_owned() }
    }
}

/// The alternatives of a schema, without those that only say which keys go together.
fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    let choices = ["anyOf", "oneOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    choices.filter(|choice| choice["required"].is_null() || choice["type"] == "object")
}

/// The keys and the values of a map.
fn map(schema: &Value) -> Option<(&str, &Value)> {
    let (pattern, value) = schema["patternProperties"].as_object()?.iter().next()?;
    Some((pattern, value))
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
