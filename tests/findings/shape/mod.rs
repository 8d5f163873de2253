//! What a document and a folder of documents may say: a folder per case, `cases/<refusal>/<guilty|innocent>-<name>/`.
//!
//! A guilty case is drawn beside its files in `findings.snap`; an innocent one must compile. `innocent-broken` and the
//! like hold some other mistake: there the refusal must merely not be raised.

mod documents;
mod places;
mod schema_agrees;
mod second_opinion;

use clinicctl::compile::{Compiled, compile};
use clinicctl::diagnostic::Finding;
use clinicctl::source::{SourceFile, SourceSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Every refusal that is raised between the tree and the fleet.
const REFUSALS: [&str; 36] = [
    "bad-date",
    "bad-id",
    "bad-label",
    "bad-language",
    "bad-leads-to",
    "bad-limit",
    "bad-person",
    "bad-surface",
    "bad-title",
    "baseline-cycle",
    "button-twice",
    "check-twice",
    "duplicate-document",
    "duplicate-key",
    "empty-value",
    "fixed-rule",
    "http-link",
    "missing-key",
    "no-clinics",
    "no-files",
    "no-fleet",
    "not-a-switch",
    "order-twice",
    "order-unknown-button",
    "remove-without-buttons",
    "several-fleets",
    "system-url",
    "unknown-baseline",
    "unknown-group",
    "unknown-guard",
    "unknown-key",
    "unknown-kind",
    "unknown-rule",
    "unknown-word",
    "waiver-without-reason",
    "wrong-type",
];

#[test]
fn every_refusal_has_guilty_and_innocent_cases() {
    let cases = cases();
    for refusal in REFUSALS {
        for verdict in ["guilty", "innocent"] {
            let has = cases.iter().any(|case| case.refusal == refusal && case.name.starts_with(verdict));
            assert!(has, "`{refusal}` has no {verdict} case");
        }
        assert!(clinicctl::rules::find(refusal).is_some(), "`{refusal}` cannot be explained");
    }
    for Case { refusal, name, .. } in &cases {
        assert!(REFUSALS.contains(&refusal.as_str()), "`{refusal}` is not in REFUSALS");
        assert!(name.starts_with("guilty") || name.starts_with("innocent"), "`{name}` is neither guilty nor innocent");
    }
}

#[test]
fn guilty_cases_are_refused() {
    for case in cases().into_iter().filter(|case| case.name.starts_with("guilty")) {
        let sources = case.sources();
        let Compiled { fleet, findings } = compile_today(&sources);
        assert!(fleet.is_none(), "{}/{} gives a fleet", case.refusal, case.name);
        let raised = findings.iter().any(|finding| finding.rule == case.refusal);
        assert!(raised, "{}/{} does not raise it:\n{}", case.refusal, case.name, told(&sources, &findings));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("findings", told(&sources, &findings)));
    }
}

#[test]
fn innocent_cases_are_not_refused() {
    for case in cases().into_iter().filter(|case| case.name.starts_with("innocent")) {
        let sources = case.sources();
        let Compiled { fleet, findings } = compile_today(&sources);
        let raised = findings.iter().any(|finding| finding.rule == case.refusal);
        assert!(!raised, "{}/{} raises it:\n{}", case.refusal, case.name, told(&sources, &findings));
        let other_mistake = case.name.contains("broken");
        assert!(fleet.is_some() != other_mistake, "{}/{}:\n{}", case.refusal, case.name, told(&sources, &findings));
    }
}

#[test]
fn a_value_with_an_invisible_character_has_one_finding() {
    let fleet = file("fleet.yaml", "fleet: coast\n");
    for text in ["clinic: a\0b\n", "clinic: a\u{200b}b\n", "clinic: a\nextends: b\u{202e}c\n"] {
        let sources = SourceSet::new(vec![file("a.yaml", text), fleet.clone()]);
        let Compiled { findings, .. } = compile_today(&sources);
        let [one] = findings.as_slice() else { panic!("{text:?}:\n{}", told(&sources, &findings)) };
        assert!(["control-character", "bidirectional-control"].contains(&one.rule), "{text:?}: {}", one.rule);
    }
}

/// One folder of files.
pub(crate) struct Case {
    refusal: String,
    name: String,
    folder: PathBuf,
}

impl Case {
    fn sources(&self) -> SourceSet {
        SourceSet::new(yaml_files(&self.folder).iter().map(|path| source(&self.folder, path)).collect())
    }
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings/shape/cases");
    let mut cases = Vec::new();
    for refusal in folders(&root) {
        for folder in folders(&root.join(&refusal)) {
            let path = root.join(&refusal).join(&folder);
            cases.push(Case { refusal: refusal.clone(), name: folder, folder: path });
        }
    }
    cases
}

fn folders(path: &Path) -> Vec<String> {
    let names = fs::read_dir(path).expect("the folder is readable").map(|entry| entry.expect("entry").file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().expect("names are UTF-8")).collect();
    names.sort();
    names
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("entry").path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => files.extend(yaml_files(&path)),
            Some("yaml" | "yml") => files.push(path),
            _ => {}
        }
    }
    files
}

fn source(folder: &Path, path: &Path) -> SourceFile {
    let shown = path.strip_prefix(folder).expect("below the folder").to_str().expect("names are UTF-8");
    file(shown, &fs::read_to_string(path).expect("the file is readable"))
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.into(), text: text.to_owned(), unreadable: None }
}

fn compile_today(sources: &SourceSet) -> Compiled {
    compile(sources, jiff::civil::date(2026, 11, 22))
}

/// The findings as plain text, each with all its places and what stands there.
fn told(sources: &SourceSet, findings: &[Finding]) -> String {
    let mut text = String::new();
    for Finding { rule, severity, message, labels, help } in findings {
        writeln!(text, "{severity:?} {rule}: {message}").expect("a String takes everything");
        for label in labels {
            let there = &sources.file(label.place.file).text[label.place.span.range()];
            writeln!(text, "  {} {there:?} {}", sources.locate(label.place), label.text).expect("as above");
        }
        help.iter().for_each(|help| writeln!(text, "  help: {help}").expect("as above"));
    }
    text
}
