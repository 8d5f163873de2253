//! The published schemas are current, and every YAML file of the project obeys them.
//!
//! A schema that is generated elsewhere adds its row to [`generated`]; a file is judged by the schema that its own
//! modeline names, whichever that is.

use clinicctl::schema::{Kind, json_schema};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const MODELINE: &str = "# yaml-language-server: $schema=";

/// Folders whose YAML is not written by people of the project, is wrong on purpose, or obeys other programs' schemas.
const NOT_OURS: [&str; 4] = ["target", ".git", "tests", "pipelines"];

/// Every committed schema with the value that it must hold.
fn generated() -> Vec<(String, Value)> {
    Kind::ALL.into_iter().map(|kind| (format!("{}.schema.json", kind.key()), json_schema(kind))).collect()
}

#[test]
fn committed_schemas_are_current() {
    let folder = root().join("schemas");
    for (name, schema) in generated() {
        let current = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        let path = folder.join(&name);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, &current).expect("the schema is writable");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == current,
            "schemas/{name} is not current: run the tests with UPDATE_SCHEMAS=1 and commit it"
        );
    }
}

#[test]
fn schemas_are_valid_and_say_what_they_are() {
    for (name, schema) in generated() {
        assert!(jsonschema::draft7::meta::is_valid(&schema), "{name} is no schema");
        for key in ["$schema", "title", "description"] {
            assert!(schema[key].is_string(), "{name} has no {key}");
        }
        let silent = undescribed(&schema["properties"]);
        assert!(silent.is_empty(), "{name} says nothing about {silent:?}");
    }
}

#[test]
fn every_yaml_file_names_its_schema_and_obeys_it() {
    let mut files = Vec::new();
    yaml_files(&root(), &mut files);
    yaml_files(&root().join("tests/schemas/fleet"), &mut files);
    let wrong: Vec<_> = files.iter().filter_map(|path| wrong(path).map(|why| (path, why))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(files.len() >= Kind::ALL.len(), "no YAML was found");
}

#[test]
fn a_file_that_breaks_its_schema_is_noticed() {
    let folder = root().join("tests/schemas/broken");
    let why = |name: &str| wrong(&folder.join(name)).unwrap_or_default();
    assert!(why("no-modeline.yaml").contains("modeline"), "{}", why("no-modeline.yaml"));
    assert!(why("no-such-schema.yaml").contains("cannot be read"), "{}", why("no-such-schema.yaml"));
    assert!(why("unknown-key.yaml").contains("mesaging"), "{}", why("unknown-key.yaml"));
}

/// What is wrong with one file, if anything.
fn wrong(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).expect("the file is readable");
    let Some(named) = text.lines().find_map(|line| line.strip_prefix(MODELINE)) else {
        return Some(format!("the file has no modeline `{MODELINE}...`"));
    };
    let schema = path.parent().expect("a file is in a folder").join(named.trim());
    let Ok(schema) = fs::read_to_string(&schema) else {
        return Some(format!("the schema {} cannot be read", schema.display()));
    };
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema is one");
    let value: Value = match serde_yaml::from_str(&text) {
        Ok(value) => value,
        Err(error) => return Some(error.to_string()),
    };
    let errors: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    (!errors.is_empty()).then(|| errors.join("\n"))
}

fn undescribed(properties: &Value) -> Vec<&String> {
    let described = |schema: &Value| schema["description"].is_string();
    properties.as_object().into_iter().flatten().filter(|(_, schema)| !described(schema)).map(|(key, _)| key).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() && !NOT_OURS.contains(&name) && !name.starts_with('.') => yaml_files(&path, files),
            Some("yaml" | "yml") if path.is_file() => files.push(path),
            _ => {}
        }
    }
}
