//! The keys of every kind of file, from the published schemas.

use super::head;
use super::types::Definitions;
use crate::docs::root;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// The kinds of a fleet, and the file that fills a clinic system.
const KINDS: [&str; 6] = ["fleet", "baseline", "group", "clinic", "checks", "live-system"];

pub(super) fn page() -> String {
    let schemas = KINDS.map(|kind| (kind, schema(kind)));
    let definitions = Definitions::of(&schemas);
    let mut text = head("Keys of the files", "`schemas/`");
    text.push_str(
        "What each key means and when to use it is told in [The files](../files.md). The first key of a file says its \
         kind; **bold** keys must be there. `live-system` is the file that fills a clinic system (`embedded: {seed: \
         FILE}`, `serve --seed FILE`).\n",
    );
    for (kind, schema) in &schemas {
        let _ = write!(text, "\n## {kind}\n\n{}\n\n", schema["description"].as_str().unwrap_or_default());
        definitions.table(&mut text, kind, schema);
    }
    text.push_str("\n## Types\n");
    definitions.sections(&mut text);
    text
}

fn schema(kind: &str) -> Value {
    let path = root().join(format!("schemas/{kind}.schema.json"));
    serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON")
}
