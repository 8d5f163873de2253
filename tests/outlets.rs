//! Lines leave the program in one place: what opens stdout or stderr stands in the files that are listed here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

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
