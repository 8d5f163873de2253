//! Every known bug is real: each patch still goes into the code as it is, says what it does to people,
//! and names tests that there are. That those tests notice the bug is what `tests/known_bugs/run` finds out.

mod mutation;

use crate::support::suite;
use mutation::{Mutation, Patch};
use std::fs;
use std::path::Path;

/// What the project promises.
const FEWEST: usize = 25;

#[test]
fn there_are_known_bugs() {
    let count = mutations().len();
    assert!(count >= FEWEST, "{count} bugs, where {FEWEST} were promised");
}

#[test]
fn every_bug_says_what_it_does_to_people() {
    let silent: Vec<_> = mutations().into_iter().filter(|mutation| mutation.says.is_empty()).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn every_bug_still_goes_into_the_code_as_it_is() {
    let stale: Vec<_> = mutations().iter().flat_map(stale).collect();
    assert!(stale.is_empty(), "mend these patches, or put the bugs in again where the code has gone:\n{stale:#?}");
}

#[test]
fn every_bug_names_tests_that_there_are() {
    let names = suite::names();
    let known = |mutation: &Mutation, filter: &str| match mutation.beside_the_code {
        true => is_tested_beside_the_code(filter),
        false => names.iter().any(|name| name.contains(filter)),
    };
    for mutation in mutations() {
        assert!(!mutation.filters.is_empty(), "{}: no line `Tests: FILTER...`", mutation.name);
        let unknown: Vec<_> = mutation.filters.iter().filter(|filter| !known(&mutation, filter)).collect();
        assert!(unknown.is_empty(), "{}: there is no test with {unknown:?} in its name", mutation.name);
    }
}

#[test]
fn a_stale_patch_is_noticed() {
    let patch = |line: &str| {
        format!(
            "It hurts.\n\nTests: known_bugs\n\n--- a/LICENSE-MIT\n+++ b/LICENSE-MIT\n@@ -1,1 +1,1 @@\n-{line}\n+bug\n"
        )
    };
    let first = fs::read_to_string(root().join("LICENSE-MIT")).expect("a licence");
    let first = first.lines().next().expect("a line");
    assert_eq!(stale(&Mutation::read("fresh", &patch(first))), [""; 0]);
    assert_eq!(stale(&Mutation::read("stale", &patch("no line of it"))), ["stale: LICENSE-MIT, line 1"]);
    let uneven = patch(first).replace(&format!("-{first}"), &format!(" {first}\n-"));
    assert_eq!(stale(&Mutation::read("uneven", &uneven)), ["uneven: LICENSE-MIT, line 1"]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn mutations() -> Vec<Mutation> {
    let files =
        fs::read_dir(root().join("tests/known_bugs")).expect("known bugs").map(|entry| entry.expect("a file").path());
    let patches = files.filter(|path| path.extension().is_some_and(|extension| extension == "patch"));
    let read = |path: &Path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        Mutation::read(&name, &fs::read_to_string(path).expect("a patch"))
    };
    patches.map(|path| read(&path)).collect()
}

/// The places of a patch that are not in the code any more.
fn stale(mutation: &Mutation) -> Vec<String> {
    let gone = |patch: &Patch| {
        let code = fs::read_to_string(root().join(&patch.file)).unwrap_or_default();
        let goes = patch.goes_into(&code.lines().collect::<Vec<_>>());
        (!goes).then(|| format!("{}: {}, line {}", mutation.name, patch.file, patch.line))
    };
    assert!(!mutation.patches.is_empty(), "{}: no patch", mutation.name);
    mutation.patches.iter().filter_map(gone).collect()
}

/// Whether the module that a filter names has tests of its own.
fn is_tested_beside_the_code(filter: &str) -> bool {
    let module = root().join("src").join(filter.replace("::", "/"));
    let files = [module.with_extension("rs"), module.join("mod.rs")];
    files.iter().any(|file| fs::read_to_string(file).is_ok_and(|code| code.contains("#[test]")))
}
