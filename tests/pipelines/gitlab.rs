//! The pipeline of GitLab, job by job.

use super::forge::{Forge, TOKEN};
use super::runner::{Bench, System, pipeline, string};
use crate::support::sandbox::Run;
use serde_json::Value;
use std::fs;

const FILE: &str = "gitlab/clinics.gitlab-ci.yml";

/// Every script of the pipeline.
pub(super) fn scripts() -> Vec<String> {
    let document = pipeline(FILE);
    document.as_object().expect("jobs").values().filter(|job| job["script"].is_array()).map(script).collect()
}

fn script(job: &Value) -> String {
    job["script"].as_array().expect("a script").iter().map(string).collect::<Vec<_>>().join("\n")
}

/// Runs one job as GitLab does: its own variables may name those of the project.
fn job(bench: &Bench, name: &str, variables: &[(&str, &str)]) -> Run {
    let document = pipeline(FILE);
    let job = &document[name];
    let mut env: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    for (key, value) in job["variables"].as_object().into_iter().flatten() {
        let value = string(value);
        let named = value.strip_prefix('$').map(|name| variables.iter().find(|(other, _)| *other == name));
        let value =
            named.map_or(value.clone(), |found| found.unwrap_or_else(|| panic!("nobody sets {value}")).1.to_owned());
        env.push((key.clone(), value));
    }
    bench.run(&script(job), &env)
}

#[test]
fn a_merge_request_is_planned_and_commented_and_what_is_merged_is_applied() {
    let (system, forge) = (System::start(), Forge::start());
    let (read, write) = (system.read_token(), system.write_token());
    let variables = [
        ("CLINICCTL_SYSTEM", system.address()),
        ("CLINICCTL_READ_TOKEN", &read),
        ("CLINICCTL_WRITE_TOKEN", &write),
        ("GITLAB_COMMENT_TOKEN", TOKEN),
        ("CI_API_V4_URL", &forge.address),
        ("CI_PROJECT_ID", "5"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_COMMIT_SHA", "5d1e07c0a1b2c3d4e5f60718293a4b5c6d7e8f90"),
    ];
    let checkout = Bench::new();
    let well = |bench: &Bench, name: &str| {
        let run = job(bench, name, &variables);
        assert_eq!(run.code, Some(0), "{name}: {}{}", run.stdout, run.stderr);
    };
    well(&checkout, "validate");
    well(&checkout, "plan-merge-request");
    well(&checkout, "plan-merge-request");
    forge.with(|state| {
        assert_eq!(state.comments.len(), 1, "{:?}", state.requests);
        assert_eq!(state.comments[0]["body"], checkout.read("plan.md"));
    });
    well(&checkout, "plan");
    let elsewhere = Bench::empty();
    fs::copy(checkout.path("plan.json"), elsewhere.path("plan.json")).expect("the artifact");
    well(&elsewhere, "apply");
    assert_eq!(job(&elsewhere, "apply", &variables).code, Some(5), "a plan is applied once");
    well(&checkout, "drift");
    for name in ["validate", "plan-merge-request", "plan", "apply"] {
        for file in artifacts(name) {
            let there = if name == "apply" { elsewhere.path(&file) } else { checkout.path(&file) };
            assert!(there.is_file(), "{name} keeps `{file}`, which it does not write");
        }
    }
}

/// The files that a job keeps.
fn artifacts(name: &str) -> Vec<String> {
    let document = pipeline(FILE);
    let artifacts = &document[name]["artifacts"];
    let paths = artifacts["paths"].as_array().into_iter().flatten();
    paths.chain(artifacts["reports"].as_object().into_iter().flat_map(serde_json::Map::values)).map(string).collect()
}

#[test]
fn invalid_files_fail_with_their_reports() {
    let bench = Bench::new();
    bench.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    assert_eq!(job(&bench, "validate", &[]).code, Some(3));
    for file in artifacts("validate") {
        assert!(bench.read(&file).contains("unknown-key"), "{file}");
    }
}
