//! The shape of the documents: a short README, a table of contents with everything in it, decisions of one screen each.

use super::{files, page, root};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A newcomer reads no more than this before the first command.
const README_LINES: usize = 150;
/// One screen.
const DECISION_LINES: usize = 45;
const DECISIONS: usize = 12;

#[test]
fn the_readme_is_short_and_shows_one_picture() {
    let readme = page("README.md");
    assert!(readme.lines() <= README_LINES, "the README has {} lines", readme.lines());
    let pictures = readme.links.iter().filter(|link| link.ends_with(".png")).count();
    assert_eq!(pictures, 1, "one picture");
}

#[test]
fn the_table_of_contents_names_every_page_once_and_no_other() {
    let mut named: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for link in page("docs/SUMMARY.md").links {
        *named.entry(Path::new("docs").join(link)).or_default() += 1;
    }
    let mut there = Vec::new();
    files(&root().join("docs"), &mut there);
    there.retain(|path| path != Path::new("docs/SUMMARY.md"));
    there.sort();
    assert!(named.values().all(|times| *times == 1), "{named:#?}");
    assert_eq!(named.into_keys().collect::<Vec<_>>(), there);
}

#[test]
fn decisions_are_few_numbered_and_one_screen_each() {
    let mut there = Vec::new();
    files(&root().join("docs/decisions"), &mut there);
    there.sort();
    assert!(there.len() <= DECISIONS, "{} decisions", there.len());
    for (number, path) in (1..).zip(&there) {
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(name.starts_with(&format!("{number:02}-")), "decision {number} is called {name}");
        let decision = page(&path.to_string_lossy());
        assert!(decision.lines() <= DECISION_LINES, "{name} has {} lines", decision.lines());
        assert!(decision.text.starts_with(&format!("# {number}. ")), "{name} says its number");
        for part in ["## Choice", "## Why", "## Cost"] {
            assert!(decision.text.contains(part), "{name} has no `{part}`");
        }
    }
}
