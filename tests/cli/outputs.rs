//! The files that a run writes: whole, as private as they were, and in the place of nothing but files.
#![cfg(unix)]

use crate::support::sandbox::Sandbox;
use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::process::Command;

/// A fleet beside a pipe, a folder, and links to a file, to the pipe and to nothing.
fn with_no_files() -> Sandbox {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.write("kept", "kept");
    fs::create_dir(sandbox.path("folder")).expect("a folder");
    assert!(Command::new("mkfifo").arg(sandbox.path("pipe")).status().expect("mkfifo runs").success());
    for (link, target) in [("link", "kept"), ("link-to-pipe", "pipe"), ("link-to-nothing", "nothing")] {
        symlink(target, sandbox.path(link)).expect("a link");
    }
    sandbox
}

fn assert_kept(sandbox: &Sandbox) {
    assert!(fs::metadata(sandbox.path("pipe")).expect("it is there").file_type().is_fifo());
    assert!(["link", "link-to-pipe", "link-to-nothing"].iter().all(|link| sandbox.path(link).is_symlink()));
    assert_eq!(sandbox.read("kept"), "kept");
    assert!(!sandbox.path("nothing").exists());
}

#[test]
fn nothing_but_a_file_is_replaced_and_nothing_is_read_before_that_is_known() {
    let sandbox = with_no_files();
    for place in ["link", "link-to-pipe", "link-to-nothing", "pipe", "folder"] {
        for arguments in [
            &["plan", "--system", "embedded", "--out", place][..],
            &["preview", "norrtull", "--system", "embedded", "--out", place],
            &["plan", "--system", "embedded", "--report", &format!("json={place}")],
        ] {
            let run = sandbox.run(arguments);
            assert_eq!(run.code, Some(64), "{arguments:?}: {}", run.stderr);
            assert!(run.stderr.contains(&format!("`{place}` is not a regular file")), "{arguments:?}: {}", run.stderr);
            assert_kept(&sandbox);
            assert!(!sandbox.path(".clinicctl").exists(), "{arguments:?}: no system was started");
        }
    }
    for arguments in [&["plan", "--out", "none/plan.json"][..], &["preview", "norrtull", "--out", "none/menu.svg"]] {
        let run = sandbox.run(arguments);
        assert_eq!(run.code, Some(64), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("there is no folder `none`"), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_file_of_a_fleet_is_never_replaced_by_what_is_said_about_it() {
    let sandbox = Sandbox::with_real_fleet();
    let clinic = "clinics/stockholm/norrtull.yaml";
    let before = sandbox.read(clinic);
    let report = format!("json={clinic}");
    for arguments in [
        &["validate", "--report", &report][..],
        &["plan", "--out", clinic],
        &["apply", "--yes", "--report", &report],
        &["preview", "norrtull", "--out", clinic],
    ] {
        let run = sandbox.run(arguments);
        assert_eq!(run.code, Some(64), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("looks like a part of a fleet"), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(sandbox.read(clinic), before);
}

#[test]
fn two_ways_to_one_file_are_one_file() {
    let sandbox = with_no_files();
    symlink("folder", sandbox.path("link-to-folder")).expect("a link");
    let run = sandbox.run(&["plan", "--out", "folder/plan", "--report", "json=link-to-folder/plan"]);
    assert_eq!(run.code, Some(64), "{}", run.stderr);
    assert!(run.stderr.contains("the run uses `link-to-folder/plan` already"), "{}", run.stderr);
}

#[test]
fn a_link_in_the_place_of_the_embedded_systems_note_stays() {
    let sandbox = with_no_files();
    fs::create_dir(sandbox.path(".clinicctl")).expect("a folder");
    symlink("../nothing", sandbox.path(".clinicctl/.gitignore")).expect("a link");
    assert_eq!(sandbox.run(&["plan", "--system", "embedded"]).code, Some(0));
    assert!(sandbox.path(".clinicctl/.gitignore").is_symlink());
    assert_kept(&sandbox);
}

#[test]
fn schemas_are_written_into_a_folder_that_takes_all_of_them_or_not_at_all() {
    let sandbox = with_no_files();
    symlink("../kept", sandbox.path("folder/group.schema.json")).expect("a link");
    let run = sandbox.run(&["schema", "--write", "folder"]);
    assert_eq!(run.code, Some(64), "{}", run.stderr);
    assert!(run.stderr.contains("`folder/group.schema.json` is not a regular file"), "{}", run.stderr);
    assert_eq!(fs::read_dir(sandbox.path("folder")).expect("a folder").count(), 1);
    assert_kept(&sandbox);
    fs::remove_file(sandbox.path("folder/group.schema.json")).expect("it was there");
    assert_eq!(sandbox.run(&["schema", "--write", "folder"]).code, Some(0));
    assert_eq!(sandbox.run(&["schema", "--write", "none"]).code, Some(64));
}

#[test]
fn a_backup_takes_the_place_of_nothing_at_all() {
    let sandbox = with_no_files();
    assert_eq!(sandbox.run(&["plan", "--system", "embedded"]).code, Some(0));
    let database = fs::read_dir(sandbox.path(".clinicctl")).expect("a folder").map(|file| file.expect("a file").path());
    let database = database.into_iter().find(|path| path.extension().is_some_and(|ends| ends == "db")).expect("one");
    let database = database.to_str().expect("UTF-8");
    for place in ["link", "link-to-pipe", "link-to-nothing", "pipe", "folder", "kept"] {
        let run = sandbox.run(&["serve", "backup", "--database", database, place]);
        assert_eq!(run.code, Some(1), "{place}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("`{place}` exists already")), "{place}: {}", run.stderr);
        assert_kept(&sandbox);
    }
}

#[test]
fn a_new_plan_is_for_its_owner_alone_and_a_replaced_one_for_whom_it_was() {
    let sandbox = Sandbox::with_real_fleet();
    let mode = || fs::metadata(sandbox.path("plan.json")).expect("a plan").permissions().mode() & 0o7777;
    for wanted in [None, Some(0o640), Some(0o644), Some(0o600), Some(0o444)] {
        if let Some(wanted) = wanted {
            fs::set_permissions(sandbox.path("plan.json"), Permissions::from_mode(wanted)).expect("permissions");
        }
        let run = sandbox.run(&["plan", "--system", "embedded", "--out", "plan.json"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert_eq!(mode(), wanted.unwrap_or(0o600));
    }
}
