//! Small changes of a JSON document, each of one node: what a hand, a script or a forger does to a file.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

/// What is done, and to which of the nodes that it can be done to.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    kind: Kind,
    at: Index,
    other: Index,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// The node goes: a row of a list, or a key.
    Delete,
    /// A row stands twice.
    Duplicate,
    /// Two rows of one list change places.
    Reorder,
    /// A value becomes another one of its type.
    Alter,
    /// Two nodes of one type change places.
    Swap,
}

pub(crate) fn mutation() -> impl Strategy<Value = Mutation> {
    let kind = prop_oneof![
        Just(Kind::Delete),
        Just(Kind::Duplicate),
        Just(Kind::Reorder),
        Just(Kind::Alter),
        Just(Kind::Swap)
    ];
    (kind, any::<Index>(), any::<Index>()).prop_map(|(kind, at, other)| Mutation { kind, at, other })
}

impl Mutation {
    /// Changes `document` in one of the nodes that `may` be touched, by their pointers. Whether there was one.
    pub(crate) fn apply(&self, document: &mut Value, may: &dyn Fn(&str) -> bool) -> bool {
        let mut nodes = Vec::new();
        pointers(document, String::new(), &mut nodes);
        nodes.retain(|pointer| may(pointer));
        if nodes.is_empty() {
            return false;
        }
        let before = document.clone();
        let (at, other) = (self.at.get(&nodes), self.other.get(&nodes));
        match self.kind {
            Kind::Delete => delete(document, at),
            Kind::Duplicate => duplicate(document, at),
            Kind::Reorder => reorder(document, at, &self.other),
            Kind::Alter => alter(document.pointer_mut(at)),
            Kind::Swap => swap(document, at, other),
        }
        *document != before
    }
}

/// The pointer of every node but the root.
fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (escaped(key), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (key, child) in children {
        let pointer = format!("{at}/{key}");
        pointers(child, pointer.clone(), all);
        all.push(pointer);
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The node that holds the one at `pointer`, and its key there.
fn parent<'v>(document: &'v mut Value, pointer: &str) -> (&'v mut Value, String) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer of a node");
    (document.pointer_mut(parent).expect("a node"), key.replace("~1", "/").replace("~0", "~"))
}

fn delete(document: &mut Value, pointer: &str) {
    match parent(document, pointer) {
        (Value::Object(fields), key) => drop(fields.remove(&key)),
        (Value::Array(items), at) => drop(items.remove(at.parse().expect("a place"))),
        _ => unreachable!("only these have children"),
    }
}

fn duplicate(document: &mut Value, pointer: &str) {
    if let (Value::Array(items), at) = parent(document, pointer) {
        let at = at.parse().expect("a place");
        items.insert(at, items[at].clone());
    }
}

fn reorder(document: &mut Value, pointer: &str, other: &Index) {
    if let (Value::Array(items), at) = parent(document, pointer) {
        let other = other.index(items.len());
        items.swap(at.parse().expect("a place"), other);
    }
}

fn alter(value: Option<&mut Value>) {
    match value.expect("a node") {
        Value::Null | Value::Object(_) => {}
        Value::Bool(on) => *on = !*on,
        value @ Value::Number(_) => *value = (value.as_u64().unwrap_or_default() + 1).into(),
        Value::String(text) => text.push('1'),
        Value::Array(items) => items.clear(),
    }
}

fn swap(document: &mut Value, at: &str, other: &str) {
    let inside = |one: &str, two: &str| two.starts_with(one);
    let (one, two) = (document.pointer(at).expect("a node").clone(), document.pointer(other).expect("a node").clone());
    if inside(at, other) || inside(other, at) || std::mem::discriminant(&one) != std::mem::discriminant(&two) {
        return;
    }
    *document.pointer_mut(at).expect("a node") = two;
    *document.pointer_mut(other).expect("a node") = one;
}
