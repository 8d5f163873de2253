//! A corpus of bad files: each is refused at its place, with exit code 3, and nothing is sent.
//!
//! `fleet/` is a small valid fleet. Each file of `files/` is put into it: one called `fleet--...` in place of its
//! `fleet.yaml`, any other beside its files. `expected.txt` says which rules refuse it and at which line and column, in
//! characters from 1. It is edited by hand: where the tool and the table differ, a person decides who is right.

use crate::support::sandbox::Sandbox;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::{fs, thread};

/// The fewest files that make a corpus.
const FEWEST: usize = 150;
/// Runs of the binary at a time.
const AT_A_TIME: usize = 4;

struct Case {
    name: String,
    expected: String,
}

#[test]
fn p01_a_bad_file_is_refused_at_its_place_and_nothing_is_sent() {
    let cases = cases();
    assert!(cases.len() >= FEWEST, "{} files", cases.len());
    let wrong: Vec<String> = thread::scope(|scope| {
        let part = cases.len().div_ceil(AT_A_TIME);
        let parts: Vec<_> = cases
            .chunks(part)
            .map(|cases| scope.spawn(|| cases.iter().filter_map(wrong).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("a part of the corpus")).collect()
    });
    assert!(wrong.is_empty(), "{} of {} files:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn the_fleet_around_the_bad_files_is_valid() {
    let run = sandbox(None).run(&["validate"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), "Valid: 1 clinic of fleet `corpus` in 4 files.\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn every_bad_file_has_a_line_in_the_table() {
    let files: BTreeSet<_> = fs::read_dir(folder().join("files"))
        .expect("the files")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("a name").replace(".yaml", ""))
        .collect();
    let lines: BTreeSet<_> = cases().into_iter().map(|case| case.name).collect();
    assert_eq!(files, lines);
}

/// What is wrong with the answer to a case; `None` where it is right.
fn wrong(case: &Case) -> Option<String> {
    let Case { name, expected } = case;
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let system = format!("http://{}", nobody.local_addr().expect("an address"));
    let run = sandbox(Some(name)).env("CLINICCTL_TOKEN", "canary").run(&["plan", "--system", &system, "-o", "json"]);
    let found = found(name, &run.stdout);
    if asked(&nobody) {
        return Some(format!("{name}: the system was asked"));
    }
    let right = run.code == Some(3) && found == *expected;
    (!right).then(|| format!("{name}: exit {:?}, {found}; expected {expected}\n{}", run.code, run.stderr))
}

/// The errors of a document of findings, as the table says them.
fn found(name: &str, document: &str) -> String {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let errors = document["findings"].as_array().into_iter().flatten().filter(|finding| finding["severity"] == "error");
    let file = Path::new("clinics").join(place_of(name));
    let said = errors.map(|error| {
        let elsewhere = if error["file"] == file.to_str().expect("text") { "" } else { " elsewhere" };
        format!("{} {}:{}{elsewhere}", error["rule"].as_str().unwrap_or_default(), error["line"], error["column"])
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Whether anybody connected. Connections wait in the queue of the listener until they are accepted.
fn asked(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).expect("a listener");
    !matches!(listener.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

fn sandbox(bad: Option<&str>) -> Sandbox {
    let sandbox = Sandbox::new();
    let clinics = sandbox.path("clinics");
    fs::create_dir(&clinics).expect("a folder");
    for file in fs::read_dir(folder().join("fleet")).expect("the fleet") {
        let file = file.expect("a file");
        fs::copy(file.path(), clinics.join(file.file_name())).expect("a copy");
    }
    if let Some(name) = bad {
        let file = folder().join("files").join(format!("{name}.yaml"));
        fs::copy(file, clinics.join(place_of(name))).expect("a copy");
    }
    sandbox
}

/// The name of a bad file in its fleet: last, so that of two files that cannot both be right it is the later one.
fn place_of(name: &str) -> &'static str {
    if name.starts_with("fleet--") { "fleet.yaml" } else { "zz.yaml" }
}

fn cases() -> Vec<Case> {
    let table = fs::read_to_string(folder().join("expected.txt")).expect("the table");
    let case = |line: &str| {
        let (name, expected) = line.split_once(": ").unwrap_or_else(|| panic!("no case: {line}"));
        Case { name: name.to_owned(), expected: expected.to_owned() }
    };
    table.lines().map(case).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}
