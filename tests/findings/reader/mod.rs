//! What the reader refuses is refused with its name and place, drawn so that a person finds it; what it need not
//! refuse is read.

mod characters;
mod drawing;
mod folder;
mod laws;
mod places;
mod trees;

use clinicctl::compile::{Parsed, parse};
use clinicctl::diagnostic::{Style, render};
use clinicctl::source::{SourceFile, SourceSet};
use std::path::PathBuf;

/// The refusals that a file of this folder can show; the others are of the file system and of odd bytes.
const SHOWN: &[&str] = &[
    "alias",
    "anchor",
    "bidirectional-control",
    "complex-key",
    "control-character",
    "duplicate-key",
    "merge-key",
    "no-document",
    "several-documents",
    "syntax",
    "tag",
    "too-deep",
];

#[test]
fn guilty_files_are_refused_by_name() {
    for (name, sources) in fixtures(|name| !name.starts_with("innocent")) {
        let refusal = name.split("--").next().expect("a name has a first part").to_owned();
        let findings = findings_of(&sources);
        assert!(!findings.is_empty(), "{name} is not refused");
        for finding in &findings {
            assert_eq!(finding.rule, refusal_in(&name, &refusal, finding.rule), "{name}: {}", finding.message);
        }
        snapshot(&name, &render(&findings, &sources, Style::PLAIN));
    }
}

/// Some files are guilty of a second thing on purpose.
fn refusal_in<'r>(name: &str, refusal: &'r str, also: &'r str) -> &'r str {
    match (name, also) {
        ("alias", "duplicate-key") => also,
        _ => refusal,
    }
}

#[test]
fn every_refusal_has_a_guilty_file() {
    let names: Vec<String> = fixtures(|_| true).into_iter().map(|(name, _)| name).collect();
    for refusal in SHOWN {
        assert!(names.iter().any(|name| name.split("--").next() == Some(refusal)), "no file shows `{refusal}`");
    }
}

#[test]
fn innocent_files_are_read_whole() {
    let innocent = fixtures(|name| name.starts_with("innocent"));
    assert!(innocent.len() >= 4, "innocent files are missing");
    for (name, sources) in innocent {
        let parsed = parsed(&sources);
        assert_eq!(parsed.findings, [], "{name}");
        let text = &sources.files()[0].text;
        let document = parsed.document.expect("an innocent file has a document");
        snapshot(&name, &trees::outline(&document, text));
    }
}

#[test]
fn what_is_refused_but_understood_leaves_the_rest_of_the_tree() {
    let text = "a: *x\n<<: {b: 1}\n? [c]\n: d\ne: [1, *y, 2]\nf: 1\nf: 2\ng: &z 3\nh: !t 4\n*k : 5\ni: 6\n";
    let document = parsed(&set("a.yaml", text)).document.expect("a document");
    snapshot("left-out", &trees::outline(&document, text));
}

/// The files of this folder whose name (without its ending) `wanted` likes, each as a set of its own.
fn fixtures(wanted: impl Fn(&str) -> bool) -> Vec<(String, SourceSet)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/findings/reader");
    let all = clinicctl::files::read(&folder).expect("the fixtures are readable");
    let stem = |file: &SourceFile| {
        let name = file.path.rsplit('/').next().expect("a path has a name");
        name.trim_end_matches(".yaml").to_owned()
    };
    let wanted = all.files().iter().filter(|file| wanted(&stem(file)));
    wanted.map(|file| (stem(file), set(&format!("clinics/{}.yaml", stem(file)), &file.text))).collect()
}

/// A set of one file.
fn set(path: &str, text: &str) -> SourceSet {
    SourceSet::new(vec![SourceFile { path: path.into(), text: text.to_owned(), unreadable: None }])
}

fn parsed(sources: &SourceSet) -> Parsed {
    let (file, source) = sources.iter().next().expect("the set has a file");
    parse(file, source)
}

fn findings_of(sources: &SourceSet) -> Vec<clinicctl::diagnostic::Finding> {
    sources.iter().flat_map(|(file, source)| parse(file, source).findings).collect()
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}
