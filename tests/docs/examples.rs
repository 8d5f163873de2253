//! What the pages show is what the tool takes: commands, YAML, variables, routes.

use super::markdown::Page;
use super::{page, pages, root};
use crate::support::sandbox::Sandbox;
use clinicctl::schema::Kind;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// How the pages call the tool: installed, or as the README starts it.
const CALLS: [&str; 2] = ["clinicctl ", "cargo run --release -- "];

#[test]
fn every_command_that_a_page_shows_is_one_that_the_tool_takes() {
    let mut seen = 0;
    for page in pages() {
        for command in commands(&page) {
            let words = std::iter::once("clinicctl".to_owned()).chain(words(&command));
            let parsed = clinicctl::cli::command().try_get_matches_from(words);
            assert!(parsed.is_ok(), "{}: `{command}`: {}", page.path.display(), parsed.unwrap_err());
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen} commands were found");
}

#[test]
fn the_commands_of_getting_started_work_one_after_the_other() {
    let sandbox = Sandbox::with_real_fleet();
    let commands = commands(&page("docs/getting-started.md"));
    let commands: Vec<_> = commands.iter().filter(|command| !command.starts_with("serve")).collect();
    for command in &commands {
        let words = words(command);
        let run = sandbox.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.code, Some(0), "`{command}`: {}{}", run.stdout, run.stderr);
    }
    assert!(commands.len() > 5, "{commands:?}");
}

#[test]
fn every_file_of_a_fleet_that_a_page_shows_obeys_its_schema() {
    let mut seen = 0;
    for page in pages() {
        for text in page.blocks_in("yaml") {
            let value: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
            let first = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
            let kind = first.split(':').next().and_then(Kind::of);
            let kind = kind.unwrap_or_else(|| panic!("{}: no kind of file begins so:\n{text}", page.path.display()));
            let errors = faults(kind, &value);
            assert!(errors.is_empty(), "{}: {errors:?}\n{text}", page.path.display());
            seen += 1;
        }
    }
    assert!(seen >= Kind::ALL.len(), "{seen} files were found");
}

#[test]
fn every_variable_of_the_tool_is_explained() {
    let mut sources = Vec::new();
    super::files(&root().join("src"), &mut sources);
    let sources = sources.iter().filter_map(|path| fs::read_to_string(root().join(path)).ok());
    let variables: BTreeSet<_> = sources.flat_map(|text| variables(&text)).collect();
    assert!(variables.len() >= 5, "{variables:?}");
    let told = page("docs/running.md").text;
    let untold: Vec<_> = variables.iter().filter(|name| !told.contains(&format!("| `{name}` |"))).collect();
    assert!(untold.is_empty(), "docs/running.md has no row for {untold:?}");
}

#[test]
fn every_route_of_the_api_is_named() {
    let document = fs::read_to_string(root().join("schemas/openapi.json")).expect("the document");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let told = page("docs/api.md").text;
    let routes = document["paths"].as_object().expect("paths").iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").keys();
        methods.map(move |method| format!("| `{} {path}` |", method.to_uppercase()))
    });
    let untold: Vec<_> = routes.filter(|route| !told.contains(route)).collect();
    assert!(untold.is_empty(), "docs/api.md has no row for {untold:?}");
}

#[test]
fn every_file_of_the_checklists_exists() {
    let contributing = page("CONTRIBUTING.md").text;
    let (_, checklists) = contributing.split_once("## Adding a field").expect("the checklists");
    let named = checklists.split('`').skip(1).step_by(2);
    let named: Vec<_> = named.filter(|code| code.starts_with("src/") || code.starts_with("tests/")).collect();
    let missing: Vec<_> = named.iter().filter(|path| !root().join(path).exists()).collect();
    assert!(missing.is_empty() && named.len() > 50, "of {} files, there is no {missing:#?}", named.len());
}

/// The calls of the tool in the shell blocks of a page, without the program.
fn commands(page: &Page) -> Vec<String> {
    let blocks: Vec<_> = page.blocks_in("sh").map(|text| text.replace("\\\n", " ")).collect();
    let lines = blocks.iter().flat_map(|text| text.lines());
    lines.filter_map(|line| CALLS.iter().find_map(|call| line.trim().strip_prefix(call))).map(str::to_owned).collect()
}

/// The words of a command, as a shell would split them; a comment ends it.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote, mut inside) = (vec![String::new()], None, false);
    for c in command.chars() {
        match (c, quote) {
            ('\'' | '"', None) => (quote, inside) = (Some(c), true),
            (_, Some(open)) if c == open => quote = None,
            ('#', None) if !inside => break,
            (' ', None) if inside => {
                words.push(String::new());
                inside = false;
            }
            (' ', None) => {}
            _ => {
                words.last_mut().expect("a word").push(c);
                inside = true;
            }
        }
    }
    if !inside {
        words.pop();
    }
    words
}

#[test]
fn a_command_is_split_as_a_shell_splits_it() {
    let command = "plan -l region=stockholm --token-command 'pass show x'  --reference \"a b\"  # a comment";
    let expected = ["plan", "-l", "region=stockholm", "--token-command", "pass show x", "--reference", "a b"];
    assert_eq!(words(command), expected);
}

fn faults(kind: Kind, value: &Value) -> Vec<String> {
    let schema = clinicctl::schema::json_schema(kind);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Every `CLINICCTL_...` in a text.
fn variables(text: &str) -> Vec<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect::<String>();
    text.match_indices("CLINICCTL_").map(|(at, _)| name(&text[at..])).collect()
}
