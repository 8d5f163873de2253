//! The fuzzer's programs, which no test builds: that each of them is there, is declared, and can find what it uses.

use super::harness;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a program says: it has all harnesses, and gives its bytes to the one of its name.
fn program(name: &str) -> String {
    format!(
        "#![no_main]\n\n#[path = \"../harness/mod.rs\"]\nmod harness;\n\n\
         libfuzzer_sys::fuzz_target!(|data: &[u8]| harness::{name}(data));\n"
    )
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of a folder.
fn files(folder: &str) -> BTreeSet<String> {
    let files = fs::read_dir(project(folder)).expect("a folder").map(|file| file.expect("a file").file_name());
    files.map(|name| name.to_str().expect("UTF-8").to_owned()).collect()
}

#[test]
fn every_harness_has_a_program_of_its_own_and_every_program_a_harness() {
    let harnesses: BTreeSet<_> = harness::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files("tests/fuzz/targets"), harnesses.iter().map(|name| format!("{name}.rs")).collect());
    assert_eq!(files("tests/fuzz/corpus"), harnesses);
    let declared = text("tests/fuzz/Cargo.toml");
    assert_eq!(declared.matches("[[bin]]").count(), harnesses.len());
    for name in &harnesses {
        assert_eq!(text(&format!("tests/fuzz/targets/{name}.rs")), program(name), "{name}");
        let bin = format!("[[bin]]\nname = \"{name}\"\npath = \"targets/{name}.rs\"\n");
        assert!(declared.contains(&bin), "tests/fuzz/Cargo.toml lacks\n{bin}");
    }
}

/// The harnesses are built with the packages of the tests here, and with those that the fuzzer declares there.
#[test]
fn the_fuzzer_declares_every_package_that_the_harnesses_use() {
    let (here, there) = (declared(&text("Cargo.toml")), declared(&text("tests/fuzz/Cargo.toml")));
    assert!(there.contains("clinicctl") && here.contains("jiff"), "{there:?} {here:?}");
    let sources: Vec<_> = files("tests/fuzz/harness").into_iter().filter(|name| name.ends_with(".rs")).collect();
    let used: BTreeSet<_> =
        sources.iter().flat_map(|name| roots(&text(&format!("tests/fuzz/harness/{name}")))).collect();
    assert!(used.contains("clinicctl") && used.contains("serde_json"), "{used:?}");
    let missing: Vec<_> = used.iter().filter(|name| here.contains(*name) && !there.contains(*name)).collect();
    assert!(missing.is_empty(), "add them to tests/fuzz/Cargo.toml: {missing:?}");
}

/// A lock file of another day would be written anew by every run of the fuzzer.
#[test]
fn the_fuzzer_locks_what_the_tool_needs_today() {
    let lock = text("tests/fuzz/Cargo.lock");
    let (_, ours) = lock.split_once("name = \"clinicctl\"\n").expect("the tool itself");
    let ours = ours.split("\n]").next().unwrap_or_default();
    let locked: BTreeSet<_> =
        ours.lines().filter_map(|line| line.trim().strip_prefix('"')?.split(['"', ' ']).next()).collect();
    let manifest = text("Cargo.toml");
    let (needed, _) = manifest.split_once("[dev-dependencies]").expect("a manifest");
    let needed: BTreeSet<_> = packages(needed).collect();
    assert_eq!(locked, needed, "let cargo write tests/fuzz/Cargo.lock again");
}

/// The names under which code finds the packages of a manifest.
fn declared(manifest: &str) -> BTreeSet<String> {
    dependencies(manifest).map(|(name, _)| name.replace('-', "_")).collect()
}

/// The packages behind the dependencies of a manifest, as a lock file calls them.
fn packages(manifest: &str) -> impl Iterator<Item = &str> {
    dependencies(manifest).map(|(name, rest)| {
        let renamed = rest.split_once("package = \"").and_then(|(_, package)| package.split('"').next());
        renamed.unwrap_or(name)
    })
}

fn dependencies(manifest: &str) -> impl Iterator<Item = (&str, &str)> {
    let sections = manifest
        .split("\n[")
        .filter(|section| section.lines().next().is_some_and(|head| head.ends_with("dependencies]")))
        .filter(|section| !section.starts_with("workspace."));
    let entries = sections.flat_map(str::lines).filter(|line| !line.starts_with('#'));
    entries.filter_map(|line| line.split_once(" = ")).map(|(name, rest)| (name.trim_end_matches(".workspace"), rest))
}

/// The first words of all paths in a source.
fn roots(source: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.split(|c: char| !word(c) && c != ':'));
    paths.filter_map(|path| path.split_once("::")).map(|(root, _)| root.to_owned()).collect()
}
