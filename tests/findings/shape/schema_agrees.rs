//! The published schema and the compiler accept the same documents, as far as a schema can tell.

use super::{cases, compile_today};
use clinicctl::schema::{Kind, json_schema};
use clinicctl::source::SourceFile;
use std::collections::{BTreeSet, HashMap};

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
/// register of languages. Nor does it see quotes, see `guilty-unmanaged-in-quotes`.
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
            let Some((kind, value)) = read(file).filter(|_| !case.name.ends_with("in-quotes")) else { continue };
            let here = |label: &clinicctl::diagnostic::Label| label.place.file == id;
            let rules: BTreeSet<_> = findings
                .iter()
                .filter(|found| found.labels.first().is_some_and(here))
                .map(|found| found.rule)
                .collect();
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

/// A map of the format with a key that nothing is near to, the definition of that map, and the kind it belongs to.
const MAPS: [(Kind, &str, &str); 18] = [
    (Kind::Fleet, "fleet: x\nzzzzzzzzzzzzzzzzzzzzzzzz: 1\n", ""),
    (Kind::Fleet, "fleet: x\nlanguages: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}\n", "/definitions/Languages"),
    (Kind::Fleet, "fleet: x\nguards: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}\n", "/definitions/Guards"),
    (Kind::Fleet, "fleet: x\nembedded: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}\n", "/definitions/Embedded"),
    (Kind::Baseline, "baseline: x\nzzzzzzzzzzzzzzzzzzzzzzzz: 1\n", ""),
    (Kind::Checks, "checks: []\nzzzzzzzzzzzzzzzzzzzzzzzz: 1\n", ""),
    (Kind::Checks, "checks: [{zzzzzzzzzzzzzzzzzzzzzzzz: 1}]\n", "/definitions/Check"),
    (Kind::Checks, "checks: [{may: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}}]\n", "/definitions/Holders"),
    (Kind::Checks, "checks: [{at_least: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}}]\n", "/definitions/AtLeast"),
    (Kind::Checks, "checks: [{enabled: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}}]\n", "/definitions/Enabled"),
    (Kind::Group, "group: x\nmembers: []\nzzzzzzzzzzzzzzzzzzzzzzzz: 1\n", ""),
    (Kind::Clinic, "clinic: x\nzzzzzzzzzzzzzzzzzzzzzzzz: 1\n", ""),
    (Kind::Clinic, "clinic: x\nwaive: [{rule: a, reason: b, zzzzzzzzzzzzzzzzzzzzzzzz: 1}]\n", "/definitions/Waiver"),
    (Kind::Clinic, "clinic: x\nmessaging: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}\n", "/definitions/Messaging"),
    (Kind::Clinic, "clinic: x\nmessaging: {incoming: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}}\n", "/definitions/Direction"),
    (Kind::Clinic, "clinic: x\npatient_interface: {zzzzzzzzzzzzzzzzzzzzzzzz: 1}\n", "/definitions/PatientInterface"),
    (
        Kind::Clinic,
        "clinic: x\npatient_interface: {buttons: [{id: a, zzzzzzzzzzzzzzzzzzzzzzzz: 1}]}\n",
        "/definitions/Button",
    ),
    (
        Kind::Clinic,
        "clinic: x\nmessaging: {incoming: {accessible_to: [{zzzzzzzzzzzzzzzzzzzzzzzz: 1}]}}\n",
        "/definitions/Listed",
    ),
];

#[test]
fn the_compiler_knows_exactly_the_keys_of_the_schema() {
    for (kind, text, definition) in MAPS {
        let sources = clinicctl::source::SourceSet::new(vec![super::file("a.yaml", text)]);
        let findings = compile_today(&sources).findings;
        let unknown = findings.iter().find(|finding| finding.message.contains("`zzzzzzzzzzzzzzzzzzzzzzzz`"));
        let help = &unknown.expect("the key is unknown").help[0];
        let known: BTreeSet<_> = help.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let schema = json_schema(kind);
        let map = schema.pointer(definition).unwrap_or_else(|| panic!("{kind:?} has no {definition}"));
        assert_eq!(known, properties(map), "{kind:?}{definition}");
    }
}

/// The keys of a map, or of all maps that it may be.
fn properties(schema: &serde_json::Value) -> BTreeSet<String> {
    let own = schema["properties"].as_object().into_iter().flat_map(|properties| properties.keys().cloned());
    let choices = schema["anyOf"].as_array().into_iter().flatten().flat_map(properties);
    own.chain(choices).collect()
}
