//! Programs that tests need and Cargo cannot bring: browsers, databases. What is missing comes from Debian's packages.
//!
//! Where a program is installed already, nothing is run and no network is needed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::{fs, thread};

/// Where Debian puts the programs of PostgreSQL, beside the path: one folder a version.
const POSTGRESQL: &str = "/usr/lib/postgresql";

/// One installation at a time: `apt-get` would refuse the second.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Where `program` is, after it was installed where it was missing. `package` names the Debian package that carries it;
/// more of them may stand behind it, separated by blanks.
pub(crate) fn need(program: &str, package: &str) -> PathBuf {
    need_where(program, package, |_| true)
}

/// The same, where not every program of that name will do.
pub(crate) fn need_where(program: &str, package: &str, fits: fn(&Path) -> bool) -> PathBuf {
    need_by(&|| find(program, fits), (program, package), install)
}

fn need_by(
    find: &dyn Fn() -> Option<PathBuf>,
    (program, package): (&str, &str),
    install: fn(&str) -> Result<(), String>,
) -> PathBuf {
    if let Some(found) = find() {
        return found;
    }
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = find() {
        return found;
    }
    let refused = install(package).err().unwrap_or_else(|| format!("`{package}` is installed and does not carry it"));
    find().unwrap_or_else(|| {
        let thread = thread::current();
        let test = thread.name().unwrap_or("this test").to_owned();
        panic!("`{test}` and its neighbours cannot run: `{program}` is missing; install `{package}` ({refused})")
    })
}

/// The program on the path, or in the newest PostgreSQL.
fn find(program: &str, fits: fn(&Path) -> bool) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(postgresql_folders());
    folders.into_iter().map(|folder| folder.join(program)).find(|file| file.is_file() && fits(file))
}

fn postgresql_folders() -> Vec<PathBuf> {
    let versions = fs::read_dir(POSTGRESQL).into_iter().flatten().flatten().map(|version| version.path());
    let mut folders: Vec<PathBuf> = versions.map(|version| version.join("bin")).collect();
    let number = |folder: &PathBuf| -> Option<u32> { folder.parent()?.file_name()?.to_str()?.parse().ok() };
    folders.sort_by_key(number);
    folders.reverse();
    folders
}

/// Tries with the lists of packages as they are; a machine that has none, or old ones, fetches them first.
fn install(package: &str) -> Result<(), String> {
    let packages: Vec<_> = package.split_whitespace().collect();
    let install = [&["install", "--yes", "--no-install-recommends"], packages.as_slice()].concat();
    apt(&install).or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))
}

fn apt(arguments: &[&str]) -> Result<(), String> {
    let program = Path::new("/usr/bin/apt-get");
    if !program.is_file() {
        return Err("this machine has no `apt-get`".to_owned());
    }
    let waiting = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"];
    let mut command = if is_root() { Command::new(program) } else { Command::new("sudo") };
    if !is_root() {
        command.args(["--non-interactive", "DEBIAN_FRONTEND=noninteractive"]).arg(program);
    }
    let output = command.env("DEBIAN_FRONTEND", "noninteractive").args(waiting).args(arguments).output();
    let output = output.map_err(|error| format!("neither root nor `sudo`: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("`apt-get {}` says: {said}", arguments.join(" ")))
}

fn is_root() -> bool {
    let user = Command::new("/usr/bin/id").arg("-u").output();
    user.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[test]
#[should_panic(
    expected = "cannot run: `no-such-program` is missing; install `no-such-package` (the machine is offline)"
)]
fn what_cannot_be_installed_is_named_with_its_package() {
    need_by(&|| None, ("no-such-program", "no-such-package"), |_| Err("the machine is offline".to_owned()));
}

#[test]
fn what_is_there_is_found_and_not_installed() {
    let shell = || find("sh", |_| true);
    assert!(need_by(&shell, ("sh", "dash"), |package| panic!("`{package}` is there already")).is_absolute());
}
