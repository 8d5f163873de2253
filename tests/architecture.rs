//! The import law of `src/`, as a table and the test that enforces it.
//!
//! A floor may use itself, the floors listed beside it, and of the fenced things (outside crates and doors to the
//! world) those listed after that. Anything else fails here, with the line that did it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// `(floor, floors it may use, fenced things it may use)`.
const LAW: &[(&str, &[&str], &[&str])] = &[
    ("source", &[], &["saphyr_parser"]),
    ("domain", &["source"], &[]),
    ("schema", &[], &["schemars"]),
    ("wire", &[], &["schemars"]),
    ("diagnostic", &["source"], &["annotate_snippets"]),
    ("diff", &["domain", "source"], &[]),
    ("rules", &["domain", "source", "diagnostic", "diff"], &[]),
    ("compile", &["domain", "source", "schema", "diagnostic", "rules"], &[]),
    ("plan", &["domain", "source", "diagnostic", "diff", "rules"], &[]),
    ("ask", &["domain", "source", "diff", "rules", "plan"], &[]),
    ("model", &["domain", "diff", "plan"], &[]),
    ("execute", &["domain", "diff", "plan"], &["tokio"]),
    (
        "report",
        &["domain", "source", "diagnostic", "rules", "diff", "plan", "ask", "execute"],
        &["askama", "quick_junit", "similar"],
    ),
    ("files", &["source"], &["std::fs", "notify", "rustix", "tempfile", "SystemTime"]),
    ("git", &["files"], &["rustix", "std::env", "std::process", "Instant"]),
    ("client", &["domain", "wire", "diff", "plan", "execute"], &["httpdate", "reqwest", "tokio", "Instant"]),
    (
        "reference",
        &["wire"],
        &[
            "argon2",
            "askama",
            "axum",
            "cookie",
            "prometheus_client",
            "sqlx",
            "tempfile",
            "tokio",
            "serde_yaml",
            "schemars",
            "std::net",
            "std::fs",
            "Instant",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "source",
            "schema",
            "wire",
            "diagnostic",
            "rules",
            "compile",
            "diff",
            "plan",
            "ask",
            "execute",
            "report",
            "files",
            "git",
            "client",
            "reference",
        ],
        &[
            "clap",
            "tokio",
            "anstream",
            "indicatif",
            "stdout()",
            "stderr()",
            "std::env",
            "std::net",
            "std::process",
            "Instant",
        ],
    ),
];

/// Everything the law fences; what is not listed here is free to use.
const FENCED: &[&str] = &[
    "annotate_snippets",
    "anstream",
    "argon2",
    "askama",
    "axum",
    "clap",
    "cookie",
    "httpdate",
    "indicatif",
    "notify",
    "prometheus_client",
    "quick_junit",
    "reqwest",
    "rustix",
    "saphyr_parser",
    "schemars",
    "serde_yaml",
    "similar",
    "sqlx",
    "tempfile",
    "tokio",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant",
    "stdout()",
    "stderr()",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
];

/// What opens stdout or stderr, and the only files of `src/` that hold it. A line that leaves by another way could be a
/// command for the program that runs the pipeline.
const OUTLETS: &[(&str, &[&str])] = &[
    ("stdout()", &["cli/outlet.rs"]),
    // The line of progress, which only a terminal gets, and whose text goes the same way.
    ("stderr()", &["cli/outlet.rs", "cli/progress.rs"]),
    ("io::stdout", &["cli/outlet.rs"]),
    ("io::stderr", &["cli/outlet.rs"]),
    ("anstream", &["cli/outlet.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    // A token command is chosen by whoever starts the run, and talks to them as it likes.
    ("inherit()", &["cli/token_command.rs"]),
    // What clap would print by itself.
    ("print()", &[]),
    ("Arguments::parse", &[]),
];

#[test]
fn every_floor_keeps_the_import_law() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    for row in LAW {
        for line in code_lines(&src.join(row.0)) {
            broken.extend(
                breaches(row, &line.text)
                    .into_iter()
                    .map(|what| format!("{}: {what}\n    {}", line.at, line.text.trim())),
            );
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_floor_is_under_the_law() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).expect("src is readable") {
        let path = entry.expect("entry is readable").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        assert!(!path.is_dir() || LAW.iter().any(|(floor, ..)| *floor == name), "src/{name} has no row in LAW");
    }
}

#[test]
fn lines_leave_in_one_place() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut opened = BTreeMap::<&str, BTreeSet<String>>::new();
    for line in code_lines(&src) {
        let file = line.at.strip_prefix(&format!("{}/", src.display())).and_then(|at| at.split(':').next());
        let used = OUTLETS.iter().filter(|(name, _)| mentions(&line.text, name));
        for (name, _) in used {
            opened.entry(name).or_default().insert(file.expect("a file").to_owned());
        }
    }
    for (name, files) in OUTLETS {
        let files: BTreeSet<_> = files.iter().map(|file| (*file).to_owned()).collect();
        assert_eq!(opened.remove(name).unwrap_or_default(), files, "`{name}`");
    }
}

#[test]
fn the_law_notices_a_breach() {
    let plan = LAW.iter().find(|(floor, ..)| *floor == "plan").expect("plan has a row");
    assert!(breaches(plan, "use crate::domain::ClinicId;").is_empty());
    assert_eq!(breaches(plan, "use crate::client::Client;").len(), 1);
    assert_eq!(breaches(plan, "let now = std::time::Instant::now();").len(), 1);
    assert_eq!(breaches(plan, "use crate::{domain, client};").len(), 1);
    assert_eq!(breaches(plan, "use super::super::client::Client;").len(), 1);
}

/// What `line` does that `row` does not allow.
fn breaches((floor, floors, outside): &(&str, &[&str], &[&str]), line: &str) -> Vec<String> {
    let mut found = Vec::new();
    if line.contains("crate::{") || line.contains("super::super") {
        found.push(format!("`{floor}` hides its imports; write one `use crate::floor::Item;` a line"));
    }
    let used = line.split("crate::").skip(1).map(first_word);
    let used = used.filter(|used| LAW.iter().any(|(name, ..)| name == used));
    found.extend(
        used.filter(|used| used != floor && !floors.contains(used))
            .map(|used| format!("`{floor}` may not use `{used}`")),
    );
    let fenced = FENCED.iter().filter(|name| mentions(line, name) && !outside.contains(name));
    found.extend(fenced.map(|name| format!("`{floor}` may not use `{name}`")));
    found
}

struct Line {
    at: String,
    text: String,
}

/// The lines of every `.rs` file under `dir` that are not comments.
fn code_lines(dir: &Path) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display())) {
        let path = entry.expect("entry is readable").path();
        if path.is_dir() {
            lines.extend(code_lines(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("source is UTF-8");
            let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            lines.extend(
                code.map(|(at, line)| Line { at: format!("{}:{}", path.display(), at + 1), text: line.to_owned() }),
            );
        }
    }
    lines
}

/// Whether `line` uses `name` as a whole word.
fn mentions(line: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| !line[..at].ends_with(word) && !line[at + name.len()..].starts_with(word))
}

fn first_word(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}
