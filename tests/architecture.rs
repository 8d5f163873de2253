//! The import law of `src/`: who may use whom, and the test that reads it from the code's syntax.
//!
//! A folder may use itself, the folders listed beside it, and of the fenced names (crates and parts of the standard
//! library that do input or output) those listed after that. The crates of the workspace are kept apart by Cargo:
//! `src/wire` and `src/clinic_system` know nothing of the tool.

use proc_macro2::Span;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemUse, Macro, UseTree};

/// What one folder of `src/` may use.
struct Row {
    folder: &'static str,
    folders: &'static [&'static str],
    fenced: &'static [&'static str],
}

const fn row(folder: &'static str, folders: &'static [&'static str], fenced: &'static [&'static str]) -> Row {
    Row { folder, folders, fenced }
}

const LAW: &[Row] = &[
    row("source", &[], &["saphyr_parser"]),
    row("domain", &["source"], &[]),
    row("schema", &[], &["schemars"]),
    row("diagnostic", &["source"], &["annotate_snippets"]),
    row("diff", &["domain", "source"], &[]),
    row("rules", &["domain", "source", "diagnostic", "diff"], &[]),
    row("compile", &["domain", "source", "schema", "diagnostic", "rules"], &[]),
    row("plan", &["domain", "source", "diagnostic", "diff", "rules"], &[]),
    row("ask", &["domain", "source", "diff", "rules", "plan"], &[]),
    row("model", &["domain", "diff", "plan"], &[]),
    row("execute", &["domain", "diff", "plan"], &["tokio"]),
    row(
        "report",
        &["domain", "source", "diagnostic", "rules", "diff", "plan", "ask", "execute"],
        &["askama", "quick_junit", "similar"],
    ),
    row(
        "files",
        &["source"],
        &["std::fs", "notify", "notify_debouncer_full", "rustix", "tempfile", "std::time::SystemTime"],
    ),
    row("git", &["files"], &["rustix", "std::env", "std::process", "std::time::Instant"]),
    row(
        "client",
        &["domain", "diff", "plan", "execute"],
        &["clinic_wire", "httpdate", "reqwest", "tokio", "std::time::Instant"],
    ),
    row(
        "cli",
        &[
            "domain",
            "source",
            "schema",
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
        ],
        &[
            "clap",
            "anstream",
            "clap_complete",
            "clap_mangen",
            "clinic_system",
            "clinic_wire",
            "indicatif",
            "std::env",
            "std::net",
            "std::process",
            "std::time::Instant",
            "tokio",
        ],
    ),
];

/// Everything that the law fences; what is not listed here is free to use.
const FENCED: &[&str] = &[
    "annotate_snippets",
    "anstream",
    "argon2",
    "askama",
    "axum",
    "clap",
    "clap_complete",
    "clap_mangen",
    "clinic_system",
    "clinic_wire",
    "cookie",
    "httpdate",
    "indicatif",
    "notify",
    "notify_debouncer_full",
    "prometheus_client",
    "quick_junit",
    "reqwest",
    "rustix",
    "saphyr_parser",
    "schemars",
    "serde_yaml",
    "similar",
    "sqlx",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
    "tempfile",
    "tokio",
];

/// Macros that write to a stream.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// Folders of `src/` that are crates of their own.
const CRATES: &[&str] = &["clinic_system", "wire"];

#[test]
fn every_folder_keeps_the_import_law() {
    let broken: Vec<_> = LAW
        .iter()
        .flat_map(|row| {
            sources(&src().join(row.folder)).into_iter().flat_map(|file| {
                let code = fs::read_to_string(&file).expect("a source");
                breaches(row, &code).into_iter().map(move |breach| format!("{}:{breach}", file.display()))
            })
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_folder_is_under_the_law() {
    for entry in fs::read_dir(src()).expect("src is readable") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let known = LAW.iter().any(|row| row.folder == name) || CRATES.contains(&name.as_str());
        assert!(!path.is_dir() || known, "src/{name} has no row in LAW");
    }
}

/// A pipeline needs no server, no database and no passwords.
#[test]
fn without_the_clinic_system_nothing_of_a_server_is_built() {
    let asked = ["tree", "--locked", "--offline", "--package", "clinicctl", "--edges", "normal", "--prefix", "none"];
    let tree = |more: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        let output = cargo.args(asked).args(more).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let holds = |tree: &str, package: &str| tree.lines().any(|line| line.split(' ').next() == Some(package));
    let (whole, without) = (tree(&[]), tree(&["--no-default-features"]));
    for package in ["argon2", "axum", "clinic-system", "sqlx"] {
        assert!(holds(&whole, package) && !holds(&without, package), "{package}");
    }
}

#[test]
fn the_law_notices_every_way_to_break_it() {
    let plan = LAW.iter().find(|row| row.folder == "plan").expect("plan has a row");
    for allowed in [
        "use crate::domain::ClinicId;",
        "use crate::{domain, diff::Change};",
        "// use crate::client::Client;",
        "const TEXT: &str = \"crate::client and println!\";",
        "use super::step::Step;",
        "use std::fmt;",
        "#[cfg(test)] mod tests { use super::*; use std::time::Instant; }",
    ] {
        assert_eq!(breaches(plan, allowed), Vec::<String>::new(), "{allowed}");
    }
    for broken in [
        "use crate::client::Client;",
        "use crate::{domain, client};",
        "use crate::{domain::{ClinicId}, client::{Client, Limits}};",
        "use crate::client as other;",
        "pub use crate::client::Client;",
        "use super::super::client::Client;",
        "fn f() { crate::client::connect() }",
        "fn f() { let now = std::time::Instant::now(); }",
        "use std::{fmt, fs};",
        "use std::time::{Duration, Instant};",
        "fn f() { tokio::spawn(async {}); }",
        "fn f(client: &reqwest::Client) {}",
        "type T = Vec<crate::client::Client>;",
        "fn f() { println!(\"hi\") }",
        "fn f() { vec![crate::client::connect()] }",
        "#[derive(schemars::JsonSchema)] struct S;",
    ] {
        assert!(!breaches(plan, broken).is_empty(), "{broken}: {:?}", breaches(plan, broken));
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file in a folder and in its folders.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| match path.extension() {
            _ if path.is_dir() => sources(&path),
            Some(extension) if extension == "rs" => vec![path],
            Some(_) | None => Vec::new(),
        })
        .collect()
}

/// What `code` does that `row` does not allow, each with its line.
fn breaches(row: &Row, code: &str) -> Vec<String> {
    let file = syn::parse_file(code).unwrap_or_else(|error| panic!("{}: {error}\n{code}", row.folder));
    let mut uses = Uses::default();
    uses.visit_file(&file);
    let broken = uses.paths.iter().filter_map(|(line, path)| Some(format!("{line}: {}", breach(row, path)?)));
    broken.collect()
}

fn breach(row: &Row, path: &[String]) -> Option<String> {
    let folder = row.folder;
    match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["crate", used, ..] => {
            let known = LAW.iter().any(|other| other.folder == *used);
            (known && *used != folder && !row.folders.contains(used))
                .then(|| format!("`{folder}` may not use `{used}`"))
        }
        ["super", "super", ..] => {
            Some(format!("`{folder}` hides an import behind `super::super`; name it from `crate`"))
        }
        [name] if PRINTING.contains(&name.trim_end_matches('!')) && name.ends_with('!') => {
            Some(format!("`{folder}` may not use `{name}`"))
        }
        _ => {
            let full = path.join("::");
            let fenced = FENCED.iter().find(|name| full == **name || full.starts_with(&format!("{name}::")))?;
            (!row.fenced.contains(fenced)).then(|| format!("`{folder}` may not use `{fenced}`"))
        }
    }
}

/// Every path that a file names outside of its unit tests: in `use` items whole, in code as it is written, in macros
/// token by token.
#[derive(Default)]
struct Uses {
    paths: Vec<(usize, Vec<String>)>,
}

impl Uses {
    fn tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.add(name.ident.span(), with(name.ident.to_string())),
            UseTree::Rename(name) => self.add(name.ident.span(), with(name.ident.to_string())),
            UseTree::Glob(glob) => self.add(glob.star_token.spans[0], before.to_vec()),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before, item)),
        }
    }

    fn add(&mut self, at: Span, mut path: Vec<String>) {
        path.retain(|name| name != "self");
        self.paths.push((at.start().line, path));
    }

    /// The paths among tokens that are no syntax yet, such as the arguments of a macro or of a derive.
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        use proc_macro2::TokenTree;
        let mut path: Vec<(Span, String)> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.flush(&mut path);
                    }
                    path.push((name.span(), name.to_string()));
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.flush(&mut path);
                    self.tokens(group.stream());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.flush(&mut path);
                    colons = 0;
                }
            }
        }
        self.flush(&mut path);
    }

    fn flush(&mut self, path: &mut Vec<(Span, String)>) {
        if let Some((at, _)) = path.first().filter(|_| path.len() > 1) {
            let names = path.iter().map(|(_, name)| name.clone()).collect();
            self.add(*at, names);
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // Unit tests may use whatever the tests in `tests/` may.
        if !module.attrs.iter().any(is_for_tests) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(first) = path.segments.first().filter(|_| names.len() > 1) {
            self.add(first.ident.span(), names);
        }
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        if let Some(name) = called.path.get_ident() {
            self.add(name.span(), vec![format!("{name}!")]);
        }
        visit::visit_macro(self, called);
        self.tokens(called.tokens.clone());
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    attribute.path().is_ident("cfg") && list.tokens.to_string() == "test"
}
