//! The workflows of GitHub, step by step.

use super::WORKFLOWS;
use super::forge::{Forge, TOKEN};
use super::runner::{Bench, System, pipeline, string};
use crate::support::sandbox::Run;
use serde_json::Value;
use std::fs;

/// What GitHub would put for an expression.
type Contexts<'a> = &'a [(&'a str, &'a str)];

/// Every script of the workflows.
pub(super) fn scripts() -> Vec<String> {
    let jobs = WORKFLOWS.map(|name| pipeline(name)["jobs"].as_object().expect("jobs").clone());
    let steps = jobs.iter().flat_map(|jobs| jobs.values()).flat_map(|job| job["steps"].as_array().expect("steps"));
    steps.filter_map(|step| step["run"].as_str().map(str::to_owned)).collect()
}

/// Runs one step of one job as GitHub does, with the files of a job beside it.
fn step(bench: &Bench, (workflow, job, name): (&str, &str, &str), contexts: Contexts<'_>) -> Run {
    let document = pipeline(workflow);
    let steps = document["jobs"][job]["steps"].as_array().expect("steps");
    let step = steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("no step {name}"));
    let mut env: Vec<_> = step["env"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), filled(value, contexts)))
        .collect();
    for (variable, file) in [("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")] {
        env.push((variable.to_owned(), bench.path(file).display().to_string()));
    }
    let given = contexts.iter().filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
    env.extend(given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let script = string(&step["run"]);
    assert!(!script.contains("${{"), "expressions reach a script through its environment only");
    bench.run(&script, &env)
}

/// A value with its expression replaced; one that nobody set is an error of the test or of the workflow.
fn filled(value: &Value, contexts: Contexts<'_>) -> String {
    let text = string(value);
    let Some(expression) = text.strip_prefix("${{ ").and_then(|text| text.strip_suffix(" }}")) else { return text };
    let found = contexts.iter().find(|(name, _)| *name == expression);
    found.unwrap_or_else(|| panic!("nobody sets {expression}")).1.to_owned()
}

#[test]
fn a_pull_request_is_planned_and_commented_and_what_is_merged_is_applied() {
    let (system, forge) = (System::start(), Forge::start());
    let (read, write) = (system.read_token(), system.write_token());
    let contexts = [
        ("vars.CLINICCTL_SYSTEM", system.address()),
        ("secrets.CLINICCTL_READ_TOKEN", &read),
        ("secrets.CLINICCTL_WRITE_TOKEN", &write),
        ("github.token", TOKEN),
        ("github.event.pull_request.number", "7"),
        ("GITHUB_SHA", "5d1e07c0a1b2c3d4e5f60718293a4b5c6d7e8f90"),
        ("GITHUB_API_URL", &forge.address),
        ("GITHUB_REPOSITORY", "strand/clinics"),
    ];
    let checkout = Bench::new();
    let review = |bench: &Bench, job: &str, name: &str| {
        let run = step(bench, (WORKFLOWS[0], job, name), &contexts);
        assert_eq!(run.code, Some(0), "{name}: {}{}", run.stdout, run.stderr);
        run
    };
    assert!(review(&checkout, "validate", "Validate").stdout.contains("::warning file=clinics/"), "marks at the lines");
    assert!(checkout.read("validate.sarif").contains("\"2.1.0\""));
    let plan = review(&checkout, "plan", "Plan");
    assert!(plan.stdout.contains("::notice file=clinics/"), "{}", plan.stdout);
    assert_eq!(checkout.read("output"), "code=2\n");
    review(&checkout, "plan", "Summary");
    assert_eq!(checkout.read("summary"), checkout.read("plan.md"));
    review(&checkout, "plan", "Comment");
    review(&checkout, "plan", "Comment");
    forge.with(|state| {
        assert_eq!(state.comments.len(), 1, "{:?}", state.requests);
        assert_eq!(state.comments[0]["body"], checkout.read("plan.md"));
    });

    let elsewhere = Bench::empty();
    fs::copy(checkout.path("plan.json"), elsewhere.path("plan.json")).expect("the artifact");
    review(&elsewhere, "apply", "Apply");
    review(&elsewhere, "apply", "Summary");
    let again = step(&elsewhere, (WORKFLOWS[0], "apply", "Apply"), &contexts);
    assert_eq!(again.code, Some(5), "a plan is applied once: {}", again.stderr);
    fs::remove_file(checkout.path("output")).expect("the output of the job before");
    review(&checkout, "plan", "Plan");
    assert_eq!(checkout.read("output"), "code=0\n", "nothing is left to approve");
    let drift = review_of_drift(&checkout, &contexts);
    assert_eq!(drift.code, Some(0), "{}", drift.stderr);
}

fn review_of_drift(bench: &Bench, contexts: Contexts<'_>) -> Run {
    step(bench, (WORKFLOWS[1], "drift", "Drift"), contexts)
}

#[test]
fn invalid_files_fail_before_any_token_is_needed_and_are_marked() {
    let bench = Bench::new();
    bench.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    let run = step(&bench, (WORKFLOWS[0], "validate", "Validate"), &[]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stdout.contains("::error file=clinics/fleet.yaml,line=5,col=1,"), "{}", run.stdout);
    assert!(bench.read("validate.sarif").contains("unknown-key"));
}

#[test]
fn a_lost_address_or_token_fails_the_plan() {
    let system = System::start();
    for (address, token, said) in [("", "some", "CLINICCTL_SYSTEM"), (system.address(), "", "CLINICCTL_TOKEN")] {
        let contexts =
            [("vars.CLINICCTL_SYSTEM", address), ("secrets.CLINICCTL_READ_TOKEN", token), ("GITHUB_SHA", "5d1e07c")];
        let run = step(&Bench::new(), (WORKFLOWS[0], "plan", "Plan"), &contexts);
        assert!(matches!(run.code, Some(64 | 7)) && run.stderr.contains(said), "{:?} {}", run.code, run.stderr);
    }
}
