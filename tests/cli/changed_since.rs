//! `--changed-since` in real repositories: what is planned is what the changed files reach, and nothing else differs.

use crate::support::sandbox::{Run, Sandbox};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The real fleet, committed, and a git that it can be asked about with.
fn repository() -> Sandbox {
    let path = std::env::var("PATH").expect("a PATH with git in it");
    let sandbox = Sandbox::with_real_fleet().env("PATH", &path);
    git(&sandbox, &["init", "--quiet", "--initial-branch=main"]);
    sandbox.write(".gitignore", ".clinicctl\n*.local.yaml\n");
    commit(&sandbox);
    git(&sandbox, &["tag", "start"]);
    sandbox
}

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(sandbox.path(".")).args(["-c", "user.name=Test", "-c", "user.email=test@norrtull.example"]);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = git.args(arguments).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(sandbox: &Sandbox) {
    git(sandbox, &["add", "--all"]);
    git(sandbox, &["commit", "--quiet", "--message=Change"]);
}

fn plan(sandbox: &Sandbox, since: &str, more: &[&str]) -> Run {
    sandbox.run(&[&["plan", "--reference", "test", "-o", "json", "--changed-since", since], more].concat())
}

fn document(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// How many clinics were planned, and which of them change.
fn planned(run: &Run) -> (u64, Vec<String>) {
    let document = document(run);
    let changes = document["changes"].as_array().expect("changes").iter();
    let changed: BTreeSet<_> = changes.map(|change| change["clinic"].as_str().expect("an id").to_owned()).collect();
    (document["summary"]["clinics"].as_u64().expect("a count"), changed.into_iter().collect())
}

#[test]
fn changed_files_reach_their_clinics_committed_or_not() {
    let sandbox = repository();
    assert_eq!(planned(&plan(&sandbox, "start", &[])), (0, vec![]));
    let edit = |file: &str| {
        let text = sandbox.read(file);
        sandbox.write(file, &format!("{text}# changed\n"));
    };
    edit("clinics/stockholm/norrtull.yaml");
    assert_eq!(planned(&plan(&sandbox, "start", &[])), (1, vec!["norrtull".to_owned()]), "not committed");
    git(&sandbox, &["add", "--all"]);
    assert_eq!(planned(&plan(&sandbox, "start", &[])).0, 1, "staged");
    commit(&sandbox);
    assert_eq!(planned(&plan(&sandbox, "start", &[])).0, 1, "committed");
    assert_eq!(planned(&plan(&sandbox, "HEAD", &[])).0, 0, "since itself");
    edit("clinics/groups/triage-nurses.yaml");
    assert_eq!(planned(&plan(&sandbox, "HEAD", &["--clinic", "m*"])).0, 1, "combined with a pattern");
    edit("clinics/fleet.yaml");
    assert_eq!(planned(&plan(&sandbox, "HEAD", &[])).0, 18);
    assert_eq!(planned(&plan(&sandbox, "HEAD", &["-l", "wave=pilot", "--clinic", "norrtull"])).0, 1);
}

#[test]
fn files_that_come_go_or_move_count_too() {
    let sandbox = repository();
    let since_start = |why: &str| planned(&plan(&sandbox, "start", &[])).0.to_string() + " " + why;
    fs::rename(sandbox.path("clinics/stockholm/norrtull.yaml"), sandbox.path("clinics/norrtull.yaml")).expect("a move");
    assert_eq!(since_start("moved"), "1 moved");
    fs::remove_file(sandbox.path("clinics/norrtull.yaml")).expect("it was there");
    assert_eq!(since_start("deleted"), "0 deleted");
    git(&sandbox, &["checkout", "--quiet", "."]);
    let text = sandbox.read("clinics/stockholm/norrtull.yaml");
    fs::remove_file(sandbox.path("clinics/stockholm/norrtull.yaml")).expect("it was there");
    commit(&sandbox);
    sandbox.write("clinics/norrtull.local.yaml", &text);
    let run = plan(&sandbox, "HEAD", &[]);
    assert_eq!(planned(&run).0, 1, "git ignores it, and it is read all the same: {}", run.stderr);
}

/// What a check no longer stops or tells is planned too, wherever it stood and whatever is in its place.
#[test]
fn checks_that_go_reach_whom_they_were_about() {
    const ABOUT_ALL: &str = "  - {check: all, because: It was agreed, may: {right: respond, title: nurse}}\n";
    const ABOUT_ONE: &str =
        "  - {check: one, because: It was agreed, clinics: {wave: pilot}, may: {right: send, title: nurse}}\n";
    let checks = |checks: &[&str]| ["checks:\n", &checks.concat()].concat();
    let since = |before: &str, edit: &dyn Fn(&Sandbox)| {
        let sandbox = repository();
        sandbox.write("clinics/checks/agreed.yaml", before);
        commit(&sandbox);
        edit(&sandbox);
        let uncommitted = planned(&plan(&sandbox, "HEAD", &[])).0;
        commit(&sandbox);
        assert_eq!(planned(&plan(&sandbox, "HEAD~1", &[])).0, uncommitted, "committed or not");
        uncommitted
    };
    let pilot = planned(&repository().run(&["plan", "--reference", "test", "-o", "json", "-l", "wave=pilot"])).0;
    let all = planned(&repository().run(&["plan", "--reference", "test", "-o", "json"])).0;
    assert!(0 < pilot && pilot < all, "{pilot} of {all}");
    let remove = |sandbox: &Sandbox| fs::remove_file(sandbox.path("clinics/checks/agreed.yaml")).expect("a file");
    let becomes = |text: String| move |sandbox: &Sandbox| sandbox.write("clinics/checks/agreed.yaml", &text);
    assert_eq!(since(&checks(&[ABOUT_ONE]), &remove), pilot, "a file");
    assert_eq!(since(&checks(&[ABOUT_ONE, ABOUT_ALL]), &remove), all, "a file of two");
    assert_eq!(since(&checks(&[ABOUT_ONE, ABOUT_ALL]), &becomes(checks(&[ABOUT_ONE]))), all, "one of two");
    assert_eq!(since(&checks(&[ABOUT_ALL]), &becomes(checks(&[ABOUT_ONE]))), all, "all but some");
    assert_eq!(since(&checks(&[ABOUT_ONE]), &becomes("group: agreed\nmembers: []\n".to_owned())), pilot, "a group");
    let unreadable = "checks:\n  - {check: one, because: It was agreed, must: [be, so]}\n";
    assert_eq!(since(unreadable, &becomes(checks(&[ABOUT_ONE]))), all, "nobody knows any more");
}

#[test]
fn the_plan_is_the_full_one_restricted_to_the_clinics() {
    let sandbox = repository();
    sandbox.edit("clinics/groups/triage-nurses.yaml", "  - maja.virtanen@norrtull.example\n", "");
    let full = document(&sandbox.run(&["plan", "--reference", "test", "-o", "json"]));
    let part = document(&plan(&sandbox, "start", &[]));
    let reached = BTreeSet::from(["morkullan", "norrtull"]);
    let rows = |document: &Value, rows: &Value| -> Vec<Value> {
        let rows = rows.as_array().expect("rows").iter();
        let of_reached = rows.filter(|row| row["clinic"].as_str().is_some_and(|clinic| reached.contains(clinic)));
        let mut rows: Vec<_> = of_reached.cloned().collect();
        let base = document["changes"][0]["id"].as_u64().unwrap_or_default();
        rows.iter_mut().filter_map(Value::as_object_mut).for_each(|row| {
            row.remove("id");
            row.remove("waits_for");
        });
        assert!(base > 0);
        rows
    };
    for key in ["changes", "findings", "blocked"] {
        assert_eq!(rows(&part, &part[key]), rows(&full, &full[key]), "{key}");
    }
    for key in ["gain", "lose", "menus"] {
        assert_eq!(rows(&part, &part["impact"][key]), rows(&full, &full["impact"][key]), "{key}");
    }
    let elsewhere = |row: &Value| row["clinic"].as_str().is_some_and(|clinic| !reached.contains(clinic));
    assert!(!part["changes"].as_array().expect("changes").iter().any(elsewhere), "{part}");
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_always_counts() {
    let sandbox = repository();
    fs::rename(sandbox.path("clinics/stockholm/norrtull.yaml"), sandbox.path("clinics/norrtull.txt")).expect("a move");
    std::os::unix::fs::symlink("../norrtull.txt", sandbox.path("clinics/stockholm/norrtull.yaml")).expect("a link");
    commit(&sandbox);
    assert_eq!(planned(&plan(&sandbox, "HEAD", &[])).0, 1);
}

#[test]
fn a_hook_may_ask_from_anywhere_in_its_repository() {
    let sandbox = repository().env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").env("GIT_PREFIX", "clinics/");
    sandbox.edit("clinics/fleet.yaml", "# The one", "# The");
    assert_eq!(planned(&plan(&sandbox, "HEAD", &[])).0, 18);
}

#[test]
fn a_plan_of_nothing_says_so_and_is_a_success() {
    let sandbox = repository();
    let commands: [&[&str]; 3] = [
        &["plan", "--changed-since", "start", "--reference", "test"],
        &["apply", "--changed-since", "start", "--yes", "--reference", "test"],
        &["plan", "--changed-since", "start", "--reference", "test", "--clinic", "no-such-clinic"],
    ];
    insta::assert_snapshot!(sandbox.transcript(&commands));
}

#[test]
fn what_git_does_not_know_is_said_with_what_to_do() {
    let sandbox = repository();
    git(&sandbox, &["commit", "--quiet", "--allow-empty", "--message=Second"]);
    let url = format!("file://{}", sandbox.path(".").canonicalize().expect("a folder").display());
    git(&sandbox, &["clone", "--quiet", "--depth=1", &url, "shallow"]);
    let plain = Sandbox::with_real_fleet().env("PATH", &std::env::var("PATH").expect("a PATH"));
    let without_git = Sandbox::with_real_fleet();
    let missing = "1111111111111111111111111111111111111111";
    let cases: [(&Sandbox, &[&str], i32, &str); 9] = [
        (&sandbox, &["clinics", "--changed-since", ""], 64, "its value is empty"),
        (&sandbox, &["clinics", "--changed-since=--output=x"], 64, "`--output=x` is an option"),
        (&sandbox, &["clinics", "--changed-since", "mian"], 64, "git knows no commit `mian`"),
        (&sandbox, &["clinics", "--changed-since", "HEAD:clinics"], 64, "git knows no commit"),
        (&sandbox, &["clinics", "--changed-since", "\u{1b}[31m"], 64, "\\u{1b}"),
        (&sandbox, &["shallow/clinics", "--changed-since", "HEAD~1"], 64, "fetch-depth: 0"),
        (&sandbox, &["clinics", "--changed-since", missing], 64, "`origin/NAME`"),
        (&plain, &["clinics", "--changed-since", "main"], 1, "is in no git repository"),
        (&without_git, &["clinics", "--changed-since", "main"], 1, "needs the program `git`"),
    ];
    for (sandbox, arguments, code, says) in cases {
        let run = sandbox.run(&[&["plan"], arguments].concat());
        assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
    assert!(!sandbox.path("x").exists() && !sandbox.path("clinics/x").exists(), "no option reached git");
}
