//! A tree as text, for snapshots: every key and value with the bytes that its place covers.

use clinicctl::source::{Content, Node};
use std::fmt::Write as _;

/// One line a key or value: what it is, what it means, and between `⟨⟩` the bytes of its place.
pub(super) fn outline(node: &Node, text: &str) -> String {
    let mut lines = String::new();
    value(node, text, 0, &mut lines);
    lines
}

fn value(node: &Node, text: &str, depth: usize, lines: &mut String) {
    let written = &text[node.span.range()];
    match &node.content {
        Content::Scalar(scalar) => {
            let _ = writeln!(lines, "{}{:?} {:?} {}", indent(depth), scalar.style, scalar.text, cut(written));
        }
        Content::List(nodes) => {
            let _ = writeln!(lines, "{}List {}", indent(depth), cut(written));
            nodes.iter().for_each(|node| value(node, text, depth + 1, lines));
        }
        Content::Map(entries) => {
            let _ = writeln!(lines, "{}Map {}", indent(depth), cut(written));
            for entry in entries {
                let key = &text[entry.key.span.range()];
                let _ = writeln!(lines, "{}{:?} {}", indent(depth + 1), entry.key.text, cut(key));
                value(&entry.value, text, depth + 2, lines);
            }
        }
    }
}

fn cut(written: &str) -> String {
    let count = written.chars().count();
    if count <= 40 {
        return format!("⟨{}⟩", written.escape_debug());
    }
    let head: String = written.chars().take(18).collect();
    let tail: String = written.chars().skip(count - 18).collect();
    format!("⟨{} ... {}⟩", head.escape_debug(), tail.escape_debug())
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}
