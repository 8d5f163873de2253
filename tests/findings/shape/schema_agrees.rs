//! The published schema and the compiler accept the same documents, as far as a schema can tell.

use super::cases;
use super::compile_today;
use clinicctl::schema::Kind;
use clinicctl::schema::json_schema;
use clinicctl::source::SourceFile;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Refusals that a schema knows too.
const IN_SCHEMA: [&str; 15] = [
    "bad-id",
    "bad-label",
    "bad-limit",
    "bad-person",
    "bad-surface",
    "bad-title",
    "empty-value",
    "http-link",
    "missing-key",
    "system-url",
    "unknown-guard",
    "unknown-key",
    "unknown-word",
    "waiver-without-reason",
    "wrong-type",
];

/// Refusals that a schema knows in part: it does not tell `True` from `true`, and knows neither the calendar nor the
/// register of languages.
const IN_PART: [&str; 4] = ["bad-date", "bad-language", "bad-leads-to", "not-a-switch"];

#[test]
fn schema_and_compiler_agree_on_every_case() {
    let validators: HashMap<_, _> = Kind::ALL
        .into_iter()
        .map(|kind| (kind, jsonschema::draft7::new(&json_schema(kind)).expect("the schema is one")))
        .collect();
    let mut judged = 0;
    for case in cases() {
        let sources = case.sources();
        let findings = compile_today(&sources).findings;
        for (id, file) in sources.iter() {
            let Some((kind, value)) = read(file) else { continue };
            let here = |label: &clinicctl::diagnostic::Label| label.place.file == id;
            let rules: BTreeSet<_> =
                findings.iter().filter(|found| found.labels.first().is_some_and(here)).map(|found| found.rule).collect();
            let at = format!("{}/{}/{}: {rules:?}", case.refusal, case.name, file.path);
            let valid = validators[&kind].is_valid(&value);
            judged += 1;
            if rules.iter().any(|rule| IN_SCHEMA.contains(rule)) {
                assert!(!valid, "only the compiler refuses {at}");
            } else if !rules.iter().any(|rule| IN_PART.contains(rule)) {
                assert!(valid, "only the schema refuses {at}");
            }
        }
    }
    assert!(judged > 100, "only {judged} files were judged");
}

/// A file as another reader sees it, where its kind can be told.
fn read(file: &SourceFile) -> Option<(Kind, serde_json::Value)> {
    let value: serde_yaml::Mapping = serde_yaml::from_str(&file.text).ok()?;
    let kind = Kind::of(value.keys().next()?.as_str()?)?;
    Some((kind, serde_json::to_value(value).expect("YAML of a case is JSON too")))
}
