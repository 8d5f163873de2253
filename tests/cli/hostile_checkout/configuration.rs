//! What a configuration can have git run. That of a repository may include a file of the checkout, as teams do.

use super::scene::Scene;
use super::{TOOLS, WAY, Way, asking, assert_nothing_runs};
use crate::cli::tiny_system::TinySystem;
use crate::support::sandbox::signal;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

const fn way(name: &'static str, make: &'static str, proof: &'static str) -> Way {
    Way { name, make, proof, ..WAY }
}

/// Programs that belong to the working tree, the index and the references.
const LOCAL: [Way; 17] = [
    way("a file monitor", "git config core.fsmonitor \"$canary\"", "git status"),
    way(
        "a file of the checkout that the repository's configuration includes",
        "git config -f team.gitconfig core.fsmonitor \"$canary\"; git config include.path ../team.gitconfig",
        "git status",
    ),
    way(
        "the same on a condition",
        "git config -f team.gitconfig core.fsmonitor \"$canary\"; \
         git config \"includeIf.gitdir:$checkout/.path\" ../team.gitconfig",
        "git status",
    ),
    way(
        "a file of the checkout that the person's configuration includes",
        "git config -f team.gitconfig core.fsmonitor \"$canary\"; \
         git config --global include.path \"$checkout/team.gitconfig\"",
        "git status",
    ),
    way(
        "a hook at the index",
        "mkdir -p .git/hooks; cp \"$canary\" .git/hooks/post-index-change",
        "git add clinics; git reset -q",
    ),
    way(
        "a folder of hooks in the checkout",
        "mkdir hooks; cp \"$canary\" hooks/post-index-change; git config core.hooksPath hooks",
        "git add clinics; git reset -q",
    ),
    way("a hook at references", "mkdir -p .git/hooks; cp \"$canary\" .git/hooks/reference-transaction", "git tag v1"),
    way(
        "a hook at a checkout",
        "mkdir -p .git/hooks; cp \"$canary\" .git/hooks/post-checkout",
        "git checkout -q -B main",
    ),
    way(
        "a filter that cleans",
        "echo '*.yaml filter=evil' >.gitattributes; git config filter.evil.clean \"$canary\"",
        "git diff",
    ),
    way(
        "a filter that smudges",
        "echo '*.yaml filter=evil' >.gitattributes; git config filter.evil.smudge \"$canary\"",
        "rm clinics/north.yaml; git checkout -q -- clinics/north.yaml",
    ),
    way(
        "a filter that runs for long",
        "echo '*.yaml filter=evil' >.gitattributes; git config filter.evil.process \"$canary\"",
        "git diff",
    ),
    way("an external diff", "git config diff.external \"$canary\"", "git diff"),
    way(
        "a diff driver",
        "echo '*.yaml diff=evil' >.gitattributes; git config diff.evil.command \"$canary\"",
        "git diff",
    ),
    way(
        "a converter to text",
        "echo '*.yaml diff=evil' >.gitattributes; git config diff.evil.textconv \"$canary\"",
        "git diff",
    ),
    way(
        "a working tree elsewhere",
        "mkdir elsewhere; git config core.worktree \"$checkout/elsewhere\"; git config core.fsmonitor \"$canary\"",
        "git status",
    ),
    way("an editor", "git config core.editor \"$canary\"", "git commit --amend"),
    way(
        "a check of signatures",
        "git config gpg.program \"$canary\"; git config log.showSignature true",
        "git commit -q -S --allow-empty -m Signed",
    ),
];

/// Programs that speak to others, and those that speak to people.
const REMOTE: [Way; 11] = [
    way("a shell elsewhere", "git config core.sshCommand \"$canary\"", "git ls-remote ssh://git.example/clinics"),
    way("a proxy", "git config core.gitProxy \"$canary\"", "git ls-remote git://git.example/clinics"),
    way(
        "who asks for a password",
        "git config core.askPass \"$canary\"",
        "printf 'protocol=https\\nhost=git.example\\n\\n' | git credential fill",
    ),
    way(
        "who keeps passwords",
        "git config credential.helper \"$canary\"",
        "printf 'protocol=https\\nhost=git.example\\n\\n' | GIT_TERMINAL_PROMPT=0 git credential fill",
    ),
    way("a pager", "git config core.pager \"$canary\"", "script -qec 'git log' /dev/null"),
    way(
        "pagers of single commands",
        "for command in rev-parse ls-tree cat-file; do git config pager.$command \"$canary\"; done",
        "script -qec 'git ls-tree HEAD' /dev/null",
    ),
    way(
        "other names of commands",
        "for command in rev-parse ls-tree cat-file mine; do git config alias.$command \"!$canary\"; done",
        "git mine",
    ),
    way(
        "who lists the references of another store of objects",
        "git clone -q . \"$outside/other\"; git -C \"$outside/other\" commit -q --allow-empty -m Third; \
         git clone -q --bare \"$outside/other\" \"$outside/store\"; \
         echo \"$outside/store/objects\" >.git/objects/info/alternates; \
         git -C \"$outside/other\" commit -q --allow-empty -m Fourth; git config core.alternateRefsCommand \"$canary\"",
        "git fetch -q \"$outside/other\"",
    ),
    way(
        "a remote that is a program, asked for a file that a partial clone lacks",
        "lose HEAD~1:clinics/north.yaml; partial \"ext::$canary %S\"",
        "git cat-file -p \"$(cat \"$outside/lost\")\"",
    ),
    Way {
        told: ["reaches 1 of 2 clinics", "error: git cannot say what has changed"],
        ..way(
            "the same for a list of files",
            "lose HEAD~1:clinics; partial \"ext::$canary %S\"",
            "git ls-tree -r HEAD~1",
        )
    },
    Way {
        told: ["reaches 1 of 2 clinics", "error: git cannot say what has changed"],
        ..way(
            "the program at the other end, which is this one",
            "lose HEAD~1:clinics; partial \"$outside\"; git config remote.origin.uploadpack \"$canary\"",
            "git ls-tree -r HEAD~1",
        )
    },
];

#[test]
fn p17_no_configuration_of_a_working_tree_runs_a_program() {
    assert_nothing_runs(&LOCAL);
}

#[test]
fn p17_no_configuration_of_remotes_and_people_runs_a_program() {
    assert_nothing_runs(&REMOTE);
}

/// What a hook of another repository, or a job, has set for whoever it starts.
#[test]
fn p17_no_variable_runs_a_program() {
    const fn set(name: &'static str, proof: &'static str, env: &'static [(&'static str, &'static str)]) -> Way {
        Way { name, make: "fake evil", proof, env, ..WAY }
    }
    assert_nothing_runs(&[
        set("a repository", "git status", &[("GIT_DIR", "evil"), ("GIT_WORK_TREE", ".")]),
        set(
            "the shared part of a repository",
            "git status",
            &[("GIT_DIR", ".git"), ("GIT_COMMON_DIR", "$checkout/evil")],
        ),
        set(
            "a setting",
            "git status",
            &[("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "core.fsmonitor"), ("GIT_CONFIG_VALUE_0", "$canary")],
        ),
        set("settings", "git status", &[("GIT_CONFIG_PARAMETERS", "'core.fsmonitor'='$canary'")]),
        set("a file of settings", "git status", &[("GIT_CONFIG_GLOBAL", "$checkout/evil/config")]),
        set("a diff", "git diff", &[("GIT_EXTERNAL_DIFF", "$canary")]),
        set("a shell elsewhere", "git ls-remote ssh://git.example/clinics", &[("GIT_SSH_COMMAND", "$canary")]),
        set("a program for that", "git ls-remote ssh://git.example/clinics", &[("GIT_SSH", "$canary")]),
        set("a proxy", "git ls-remote git://git.example/clinics", &[("GIT_PROXY_COMMAND", "$canary")]),
        set("a pager", "script -qec 'git log' /dev/null", &[("GIT_PAGER", "$canary")]),
        set("another pager", "script -qec 'git log' /dev/null", &[("PAGER", "$canary")]),
        set("an editor", "git commit --amend", &[("GIT_EDITOR", "$canary")]),
        Way {
            make: "cp \"$canary\" git-mine",
            ..set("the programs of git", "git mine", &[("GIT_EXEC_PATH", "$checkout")])
        },
    ]);
}

/// All at once, before whatever asks git; `watch` asks from a process that goes on.
#[test]
fn p17_nothing_runs_while_a_fleet_is_watched() {
    let system = TinySystem::start(|_| None);
    let scene = Scene::new("clinics", &system.address);
    let ways = LOCAL.iter().chain(&REMOTE).filter(|way| way.told == WAY.told && !way.make.contains("core.worktree"));
    ways.for_each(|way| drop(scene.shell(&[TOOLS, way.make].concat(), &[])));
    scene.shell(&[TOOLS, "fake clinics"].concat(), &[]);
    scene.fired();
    scene.shell("git status", &[]);
    assert!(scene.fired(), "a person runs it");
    let arguments = ["watch", "--changed-since", "HEAD"];
    let mut process = scene.command(&arguments, &[]);
    let mut process = process.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    let lines = BufReader::new(process.stderr.take().expect("stderr")).lines();
    let seen: Vec<_> = lines.map_while(Result::ok).take_while(|line| !line.contains("Watching")).collect();
    signal(&process, "INT");
    assert_eq!(process.wait().expect("an end").code(), Some(130));
    assert!(!scene.fired(), "{seen:?}");
    assert!(seen.iter().any(|line| line.contains("reaches 1 of 2 clinics")), "{seen:?}");
    for (arguments, _) in asking("clinics") {
        let run = scene.run(&arguments, &[]);
        assert!(!scene.fired() && run.code == Some(0), "{arguments:?}: {run:?}");
    }
}
