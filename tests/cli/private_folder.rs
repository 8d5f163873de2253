//! `.clinicctl` may come with a checkout: nothing is written through a link in it, and whatever takes its place is refused.
#![cfg(unix)]

use crate::support::sandbox::{Run, Sandbox};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// What is put in the place of the folder, and of what is complained.
type Way = (&'static str, fn(&Sandbox), &'static str);

const WAYS: [Way; 10] = [
    ("a link", |sandbox| link(sandbox, "outside", ".clinicctl"), "`.clinicctl` is a link"),
    ("a link to nothing", |sandbox| link(sandbox, "outside/new", ".clinicctl"), "`.clinicctl` is a link"),
    ("a file", |sandbox| sandbox.write(".clinicctl", "x"), "`.clinicctl` is not a folder"),
    ("a linked database", |sandbox| in_folder(sandbox, "malardalen.db"), "`.clinicctl/malardalen.db` is a link"),
    ("a linked log", |sandbox| in_folder(sandbox, "malardalen.db-wal"), "`.clinicctl/malardalen.db-wal` is a link"),
    ("a linked index", |sandbox| in_folder(sandbox, "malardalen.db-shm"), "`.clinicctl/malardalen.db-shm` is a link"),
    ("a linked journal", |sandbox| in_folder(sandbox, "malardalen.db-journal"), "-journal` is a link"),
    ("a linked lock", |sandbox| in_folder(sandbox, "malardalen.lock"), "`.clinicctl/malardalen.lock` is a link"),
    ("a linked demonstration", |sandbox| in_folder(sandbox, "demo.sqlite"), "`.clinicctl/demo.sqlite` is a link"),
    ("a folder for a database", folder_for_a_database, "`.clinicctl/malardalen.db` is not a regular file"),
];

fn link(sandbox: &Sandbox, target: &str, name: &str) {
    symlink(sandbox.path(target), sandbox.path(name)).expect("a link");
}

/// A link in the folder to a file outside that is there, as an empty database would be.
fn in_folder(sandbox: &Sandbox, name: &str) {
    fs::create_dir(sandbox.path(".clinicctl")).expect("a folder");
    link(sandbox, "outside/empty", &format!(".clinicctl/{name}"));
}

fn folder_for_a_database(sandbox: &Sandbox) {
    sandbox.write(".clinicctl/malardalen.db/x", "x");
}

/// Every file, link and folder below `folder`, with the bytes of the files.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let kind = entry.file_type().expect("a kind");
        found.insert(entry.path(), if kind.is_file() { fs::read(entry.path()).expect("a file") } else { Vec::new() });
        if kind.is_dir() {
            found.extend(everything(&entry.path()));
        }
    }
    found
}

#[test]
fn p17_nothing_is_written_through_what_a_checkout_put_there() {
    for (what, prepare, says) in WAYS {
        let sandbox = Sandbox::with_real_fleet();
        sandbox.write("outside/empty", "");
        prepare(&sandbox);
        let before = everything(&sandbox.path("."));
        for arguments in [&["plan"][..], &["history"], &["why", "norrtull/messaging/incoming.enabled"]] {
            let Run { code, stdout, stderr } = sandbox.run(arguments);
            assert_eq!(code, Some(3), "{what}: {stdout}{stderr}");
            assert!(stderr.contains(says) && stderr.contains("nothing was written"), "{what}: {stderr}");
        }
        assert_eq!(everything(&sandbox.path(".")), before, "{what}");
    }
}

#[test]
fn a_demonstration_writes_through_no_link_either() {
    let sandbox = Sandbox::new();
    sandbox.write("outside/empty", "");
    in_folder(&sandbox, "demo.sqlite");
    let before = everything(&sandbox.path("."));
    let run = sandbox.run(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    assert!(run.code == Some(3) && run.stderr.contains("`.clinicctl/demo.sqlite` is a link"), "{run:?}");
    assert_eq!(everything(&sandbox.path(".")), before);
}

/// However the fleet's folder is named, and from wherever: also for the plan that was saved there.
#[test]
fn one_folder_has_one_embedded_system() {
    let sandbox = Sandbox::with_real_fleet();
    assert_eq!(sandbox.run(&["apply", "--yes"]).code, Some(0));
    let absolute = sandbox.path("clinics");
    let ways = [
        (".", "clinics"),
        (".", "./clinics/"),
        (".", "clinics/stockholm/.."),
        (".", "examples/../clinics"),
        (".", absolute.to_str().expect("text")),
        ("clinics", "."),
        ("clinics/stockholm", ".."),
        ("examples", "../clinics"),
    ];
    for (here, folder) in ways {
        let in_folder = |arguments: &[&str]| {
            let output = sandbox.command(arguments).current_dir(sandbox.path(here)).output().expect("the binary runs");
            (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
        };
        let (code, said) = in_folder(&["plan", folder, "--detailed-exitcode", "--out", "plan.json"]);
        assert_eq!(code, Some(0), "`{folder}` from `{here}`: {said}");
        let saved = if here == "clinics/stockholm" { None } else { in_folder(&["show", "plan.json"]).0 };
        assert!(saved.is_none() || saved == Some(0));
        let kept = everything(&sandbox.path(".")).into_keys().filter(|path| path.ends_with(".clinicctl"));
        assert_eq!(kept.collect::<Vec<_>>(), [sandbox.path("./.clinicctl")], "`{folder}` from `{here}`");
    }
    let output =
        sandbox.command(&["apply", "plan.json", "--yes", "--system", "embedded"]).current_dir(&absolute).output();
    let output = output.expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A fleet that is a whole checkout keeps its data inside of that.
#[test]
fn nothing_is_kept_outside_of_a_checkout() {
    let sandbox = Sandbox::new();
    sandbox.write("repo/.git/HEAD", "ref: refs/heads/main\n");
    sandbox.write("repo/fleet.yaml", "fleet: t\nlanguages: {default: sv, required: [sv]}\nsystem: embedded\n");
    sandbox.write("repo/norr.yaml", "clinic: norr\nmessaging:\n  incoming: {enabled: false}\n");
    let run = sandbox.run(&["plan", "repo"]);
    assert_eq!(run.code, Some(6), "the system has no such clinic: {run:?}");
    assert!(sandbox.path("repo/.clinicctl/t.db").is_file() && !sandbox.path(".clinicctl").exists(), "{run:?}");
}
