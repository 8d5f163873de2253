//! The promises have numbers, and each number has a test: a promise without one would be a hope.

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

/// The numbers of the promises. The others are not made yet.
const PROMISES: [RangeInclusive<usize>; 3] = [1..=14, 17..=17, 21..=21];

#[test]
fn every_promise_has_a_test_named_after_it() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let kept: BTreeSet<_> = sources(&tests).iter().flat_map(|text| promises(text)).collect();
    let missing: Vec<_> = PROMISES.into_iter().flatten().filter(|number| !kept.contains(number)).collect();
    assert!(missing.is_empty(), "no test is named after the promises {missing:?}");
}

/// Every Rust file in a folder and in its folders.
fn sources(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| match path.extension() {
            _ if path.is_dir() => sources(&path),
            Some(extension) if extension == "rs" => vec![fs::read_to_string(&path).expect("a source")],
            Some(_) | None => Vec::new(),
        })
        .collect()
}

/// The promises that the tests of a file are named after: `p04_p06_...` is named after two.
fn promises(text: &str) -> Vec<usize> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let tests = lines.windows(WITH_ATTRIBUTES).filter_map(|window| {
        let (name, before) = window.split_last()?;
        let name = name.trim_start_matches("async ").strip_prefix("fn ")?;
        let mut attributes = before.iter().rev().take_while(|line| line.starts_with("#["));
        attributes.any(|line| matches!(*line, "#[test]" | "#[tokio::test]")).then_some(name)
    });
    tests.flat_map(numbers).collect()
}

/// A test's name with as many lines before it as attributes stand there.
const WITH_ATTRIBUTES: usize = 4;

fn numbers(name: &str) -> impl Iterator<Item = usize> {
    name.split('_').map_while(|word| word.strip_prefix('p').filter(|digits| digits.len() == 2)?.parse().ok())
}

#[test]
fn a_promise_counts_only_as_a_test() {
    let test = |attribute: &str, name: &str| format!("// first\n\n{attribute}\nfn {name}() {{\n}}\n");
    assert_eq!(promises(&test("#[test]", "p07_kill_anywhere")), [7]);
    assert_eq!(promises(&test("#[test]", "p04_p06_two_of_them")), [4, 6]);
    assert!(promises(&test("/// No test.", "p07_kill_anywhere")).is_empty());
    assert!(promises(&test("#[test]", "put_without_a_number")).is_empty());
}
