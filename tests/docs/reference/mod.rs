//! The pages of `docs/reference/`, made from the code. `UPDATE_DOCS=1 cargo test` rewrites them.

mod capabilities;
mod commands;
mod exit_codes;
mod files;
mod guards;
mod options;
mod promises;
mod rules;
mod types;

use super::root;
use std::fs;

/// A page, and what makes it.
type Row = (&'static str, fn() -> String);

const PAGES: [Row; 7] = [
    ("capabilities.md", capabilities::page),
    ("commands.md", commands::page),
    ("exit-codes.md", exit_codes::page),
    ("files.md", files::page),
    ("guards.md", guards::page),
    ("promises.md", promises::page),
    ("rules.md", rules::page),
];

#[test]
fn generated_pages_are_current() {
    let stale: Vec<_> = PAGES.into_iter().filter(|(name, make)| is_stale(name, &make())).map(|row| row.0).collect();
    assert!(stale.is_empty(), "{stale:?} of docs/reference are not current: UPDATE_DOCS=1 cargo test rewrites them");
}

#[test]
fn every_page_of_the_reference_is_generated() {
    let there = fs::read_dir(root().join("docs/reference")).expect("the folder");
    let mut there: Vec<_> =
        there.map(|file| file.expect("a file").file_name().into_string().expect("a name")).collect();
    there.sort();
    assert_eq!(there, PAGES.map(|(name, _)| name));
}

fn is_stale(name: &str, current: &str) -> bool {
    let path = root().join("docs/reference").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, current).expect("the page is writable");
    }
    fs::read_to_string(&path).unwrap_or_default() != current
}

/// The head of a page, with where it comes from.
fn head(title: &str, from: &str) -> String {
    format!("# {title}\n\n<!-- Made by the tests from {from}. UPDATE_DOCS=1 cargo test rewrites it. -->\n\n")
}

/// Text as it stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The text of a terminal as Markdown: what stands in backticks or is indented is code already.
fn markdown(text: &str) -> String {
    let line = |line: &str| match line.starts_with("    ") {
        true => line.to_owned(),
        false => outside_of_code(line),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn outside_of_code(line: &str) -> String {
    let parts = line.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => part.replace('<', "&lt;").replace('*', "\\*").replace('_', "\\_"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}
