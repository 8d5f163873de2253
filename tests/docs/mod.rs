//! The documents for people who carry on: every page is reachable, every link leads somewhere, every command and every
//! file that a page shows is one that the tool takes, and what can be made from the code is made from it.

mod book;
mod examples;
mod glossary;
mod links;
mod markdown;
mod reference;

use markdown::Page;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders whose Markdown is not written for people of the project.
const NOT_OURS: [&str; 3] = ["target", "cases", "corpus"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One page, by its path from the root of the project.
fn page(path: &str) -> Page {
    Page::read(root(), Path::new(path))
}

/// Every page of the project.
fn pages() -> Vec<Page> {
    let mut found = Vec::new();
    files(root(), &mut found);
    let pages = found.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.map(|path| Page::read(root(), path)).collect()
}

/// Every file below `folder`, by its path from the root of the project; hidden ones and those of others left out.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with('.') || (path.is_dir() && NOT_OURS.contains(&name)) {
            continue;
        }
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path.strip_prefix(root()).expect("below the root").to_owned()),
        }
    }
}
