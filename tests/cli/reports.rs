//! `-o` and `--report`: one run, several formats, and no report without its reason.

use crate::support::sandbox::Sandbox;
use serde_json::Value;

/// What a sandbox has after a run, by name.
fn read(sandbox: &Sandbox, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| sandbox.read(name)).collect()
}

const FORMATS: [&str; 8] = ["human", "json", "github", "gitlab", "sarif", "junit", "markdown", "html"];
const FILES: [&str; 8] =
    ["out.txt", "out.json", "out.github", "out.gitlab", "out.sarif", "out.xml", "out.md", "out.html"];
const REPORTS: [&str; 16] = [
    "--report",
    "human=out.txt",
    "--report",
    "json=out.json",
    "--report",
    "github=out.github",
    "--report",
    "gitlab=out.gitlab",
    "--report",
    "sarif=out.sarif",
    "--report",
    "junit=out.xml",
    "--report",
    "markdown=out.md",
    "--report",
    "html=out.html",
];

#[test]
fn one_plan_writes_every_report_as_it_would_print_it() {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&[&["plan", "--system", "embedded"], &REPORTS[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (report, format) in FILES.into_iter().zip(FORMATS) {
        let printed = sandbox.run(&["plan", "--system", "embedded", "-o", format]);
        assert_eq!(sandbox.read(report), printed.stdout, "{format}");
    }
    assert_eq!(sandbox.read("out.txt"), run.stdout);
}

#[test]
fn a_saved_plan_writes_the_same_reports() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.run(&[&["plan", "--system", "embedded", "--out", "plan.json"], &REPORTS[..]].concat());
    let planned = read(&sandbox, &FILES);
    let run = sandbox.run(&[&["show", "plan.json"], &REPORTS[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(read(&sandbox, &FILES), planned);
}

#[test]
fn invalid_files_are_reported_by_validate_and_by_plan_in_the_same_words() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    let run = sandbox.run(&[&["validate", "-q"], &REPORTS[..]].concat());
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    let validated = read(&sandbox, &FILES);
    for verb in ["plan", "apply"] {
        let run = sandbox.run(&[&[verb, "--system", "embedded", "-q"], &REPORTS[..]].concat());
        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert_eq!(read(&sandbox, &FILES), validated, "{verb}");
        assert_eq!(run.stdout, "", "a person reads it on stderr");
    }
    for (name, text) in FILES.into_iter().zip(validated) {
        assert!(text.contains("unknown-key"), "{name}: {text}");
        let run = sandbox.run(&["plan", "--system", "embedded", "-o", "sarif"]);
        assert!(run.stdout.contains("unknown-key"), "{}", run.stdout);
    }
}

#[test]
fn valid_files_are_said_to_be_valid_in_every_format() {
    let sandbox = Sandbox::with_real_fleet();
    for format in ["human", "json", "github", "gitlab", "sarif", "junit"] {
        let run = sandbox.run(&["validate", "-o", format]);
        assert_eq!(run.code, Some(0), "{format}: {}", run.stderr);
        insta::assert_snapshot!(format!("validate_{format}"), run.stdout);
    }
}

#[test]
fn reports_that_cannot_be_right_are_refused_before_anything_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write("folder/file", "");
    let cases: &[(&[&str], &str)] = &[
        (&["--report", "json"], "expected `FORMAT=FILE`"),
        (&["--report", "yaml=out"], "there is no format `yaml`"),
        (&["--report", "json="], "no file is named"),
        (&["--report", "json=-"], "`-` is no file; `-o json` prints to stdout"),
        (&["--report", "json=a", "--report", "sarif=./a"], "uses `./a` already"),
        (&["--report", "json=none/a"], "there is no folder `none`"),
        (&["--report", "json=folder"], "`folder` is not a regular file"),
        (&["--report", "json=/dev/stdout"], "`/dev/stdout` is not a regular file"),
    ];
    for (arguments, said) in cases {
        for verb in [&["validate"][..], &["plan"], &["apply"], &["show", "no-such-plan.json"]] {
            let run = sandbox.run(&[verb, *arguments].concat());
            assert_eq!(run.code, Some(64), "{verb:?} {arguments:?}: {}", run.stderr);
            assert!(run.stderr.contains(said), "{verb:?} {arguments:?}: {}", run.stderr);
        }
    }
    for arguments in [
        ["plan", "--out", "p", "--report", "json=p"],
        ["show", "folder/file", "-q", "--report", "json=folder/../folder/file"],
        ["apply", "folder/file", "-q", "--report", "json=folder/file"],
    ] {
        let run = sandbox.run(&arguments);
        assert_eq!(run.code, Some(64), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("already"), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn reports_of_an_apply_say_what_became_of_it() {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&[&["apply", "--system", "embedded", "--yes"], &REPORTS[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let document: Value = serde_json::from_str(&sandbox.read("out.json")).expect("JSON");
    assert_eq!(document["format"], "clinicctl-apply/1");
    assert_eq!(document["summary"]["clinics_done"], 9);
    assert_eq!(sandbox.read("out.txt"), run.stdout, "the plan, and what became of it");
}

#[test]
fn a_guard_that_stops_an_apply_is_reported() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/fleet.yaml", "people_losing_access: 50", "people_losing_access: 0");
    let run = sandbox.run(&[&["apply", "--system", "embedded", "--yes"], &REPORTS[..]].concat());
    assert_eq!(run.code, Some(4), "{}", run.stderr);
    for (name, text) in FILES.into_iter().zip(read(&sandbox, &FILES)) {
        let said = text.contains("people_losing_access") || text.contains("guard-people-losing-access");
        assert!(said, "{name}: {text}");
    }
}

#[test]
fn an_apply_that_nobody_agreed_to_leaves_the_plan_in_its_reports() {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&[&["apply", "--system", "embedded"], &REPORTS[..]].concat());
    assert_eq!(run.code, Some(64), "{}", run.stderr);
    assert!(sandbox.read("out.txt").contains("Plan: 3 to add"), "{}", sandbox.read("out.txt"));
}

/// As a folder that goes away while the run works: it is there when the arguments are checked.
#[test]
fn a_report_that_cannot_be_written_hides_neither_the_others_nor_the_exit_code() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/fleet.yaml", "\nlanguages:", "\nlanguage:");
    // A file of the longest name that a folder can hold has no room for the name of its draft.
    let long = format!("json={}", "x".repeat(300));
    let run = sandbox.run(&["validate", "--report", &long, "--report", "junit=out.xml"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
    assert!(sandbox.read("out.xml").contains("unknown-key"));
    let valid = Sandbox::with_real_fleet();
    let run = valid.run(&["validate", "--report", &long]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let run =
        valid.run(&["plan", "--system", "embedded", "--detailed-exitcode", "--report", &long, "--out", "plan.json"]);
    assert_eq!(run.code, Some(1), "2 would send a pipeline on to a report that is not there: {}", run.stderr);
    assert!(valid.read("plan.json").contains("clinicctl-plan/1"));
}
