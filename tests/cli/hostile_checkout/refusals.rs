//! A repository that may not be read, or not in full: said once, with the cure; a plan that only wants to name a commit goes
//! on without.

use super::TOOLS;
use super::scene::Scene;
use crate::cli::tiny_system::TinySystem;

/// What is wrong, what makes it so, and what is said about it.
const WRONG: [(&str, &str, &[&str]); 9] = [
    ("an empty folder", "rm -rf .git; mkdir .git", &["git refuses `$checkout/.git`: not a git repository"]),
    ("a file that says nothing", "rm -rf .git; echo hello >.git", &["does not say `gitdir:` and a folder"]),
    ("a file without end", "rm -rf .git; head -c 70000 /dev/zero >.git", &["does not say `gitdir:` and a folder"]),
    ("a pipe", "rm -rf .git; mkfifo .git", &["does not say `gitdir:` and a folder"]),
    (
        "a way to nowhere",
        "rm -rf .git; echo 'gitdir: /no/such/folder' >.git",
        &["`/no/such/folder` cannot be looked at"],
    ),
    ("a link to nowhere", "rm -rf .git; ln -s /no/such/folder .git", &["`$checkout/.git` cannot be looked at"]),
    ("a later format", "git config core.repositoryformatversion 99", &["git refuses `$checkout/.git`", "99"]),
    ("a broken configuration", "echo '[' >>.git/config", &["git refuses `$checkout/.git`: bad config line"]),
    (
        "a repository in the checkout",
        "mv .git inside; echo 'gitdir: inside' >.git",
        &["leads to `$checkout/inside`, among the files of the checkout"],
    ),
];

#[test]
fn what_is_wrong_with_a_repository_is_said() {
    let system = TinySystem::start(|_| None);
    for (name, make, says) in WRONG {
        let scene = Scene::new("clinics", &system.address);
        scene.shell(make, &[]);
        let strict = scene.run(&["plan", "--changed-since", "HEAD"], &[]);
        assert_eq!(strict.code, Some(1), "{name}: {strict:?}");
        let lenient = scene.run(&["plan", "-o", "json"], &[]);
        assert_eq!(lenient.code, Some(0), "{name}: {lenient:?}");
        assert!(lenient.stdout.contains("\"reference\": null") || !lenient.stdout.contains("\"reference\""), "{name}");
        assert!(lenient.stderr.contains("The change log will name no commit: "), "{name}: {}", lenient.stderr);
        for says in says {
            let says = says.replace("$checkout", &scene.name("checkout"));
            assert!(strict.stderr.contains(&says), "{name}: no {says:?} in {}", strict.stderr);
            assert!(lenient.stderr.contains(&says), "{name}: no {says:?} in {}", lenient.stderr);
        }
        let silent = scene.run(&["plan", "--reference", "x"], &[]);
        assert!(silent.code == Some(0) && !silent.stderr.contains(".git"), "{name}: {silent:?}");
    }
}

#[test]
fn without_a_repository_nothing_is_said_and_before_the_first_commit_neither() {
    let system = TinySystem::start(|_| None);
    for make in ["rm -rf .git", "rm -rf .git; git init -q"] {
        let scene = Scene::new("clinics", &system.address);
        scene.shell(make, &[]);
        let run = scene.run(&["plan"], &[]);
        assert!(run.code == Some(0) && !run.stderr.contains("commit"), "{make}: {run:?}");
    }
}

/// git itself does not look whose a repository is that it is told to use.
#[test]
fn a_repository_of_somebody_else_is_refused_until_the_person_trusts_it() {
    let system = TinySystem::start(|_| None);
    let scene = Scene::new("clinics", &system.address);
    // As git tests itself: whatever it looks at belongs to another.
    scene.program(
        "outside/git",
        &format!("PATH='{}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git \"$@\"\n", scene.name("path")),
    );
    let path = [("PATH", "$outside:$path")];
    let run = scene.run(&["plan", "--changed-since", "HEAD"], &path);
    let cure = format!("git config --global --add safe.directory {}", scene.name("checkout"));
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("belongs to another user") && run.stderr.contains(&cure), "{}", run.stderr);
    let run = scene.run(&["plan"], &path);
    assert!(run.code == Some(0) && run.stderr.contains(&cure), "{run:?}");
    scene.shell(&cure, &[]);
    let run = scene.run(&["plan", "--changed-since", "HEAD"], &path);
    assert!(run.code == Some(0) && run.stderr.contains("reaches 1 of 2 clinics"), "{run:?}");
}

/// Somebody else's trust in the checkout is none of the person's.
#[test]
fn a_home_in_the_checkout_trusts_nobody() {
    let system = TinySystem::start(|_| None);
    let scene = Scene::new("clinics", &system.address);
    scene.program(
        "outside/git",
        &format!("PATH='{}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git \"$@\"\n", scene.name("path")),
    );
    scene.shell("git config -f .gitconfig safe.directory '*'; mkdir -p git; cp .gitconfig git/config", &[]);
    for home in [("HOME", "$checkout"), ("XDG_CONFIG_HOME", "$checkout")] {
        let run = scene.run(&["plan", "--changed-since", "HEAD"], &[("PATH", "$outside:$path"), home]);
        assert!(run.code == Some(1) && run.stderr.contains("belongs to another user"), "{home:?}: {run:?}");
    }
}

/// git would write what it does to any file that a person's configuration names, and that may include one of the checkout.
#[test]
fn a_configuration_has_no_file_written() {
    let system = TinySystem::start(|_| None);
    let scene = Scene::new("clinics", &system.address);
    let make = "for target in normal perf event; do git config -f team.gitconfig trace2.${target}Target \"$outside/trace\"; done; \
                git config --global include.path \"$checkout/team.gitconfig\"";
    scene.shell(make, &[]);
    let trace = scene.sandbox().path("outside/trace");
    scene.shell("git rev-parse HEAD", &[]);
    std::fs::remove_file(&trace).expect("git writes it");
    let run = scene.run(&["plan", "--changed-since", "HEAD"], &[]);
    assert!(run.code == Some(0) && !trace.exists(), "{run:?}");
}

/// Nothing is fetched: what a clone left out is not there, and what can be done without it is done.
#[test]
fn what_a_clone_left_out_is_said() {
    let system = TinySystem::start(|_| None);
    let clone = "git config uploadpack.allowFilter true; mv \"$checkout\" \"$outside/origin\"; \
                 git clone -q --filter=tree:0 \"file://$outside/origin\" \"$checkout\"; cp -r \"$outside/origin/clinics\" \"$checkout/\"";
    let scene = Scene::new("clinics", &system.address);
    scene.shell(&[TOOLS, clone].concat(), &[]);
    let run = scene.run(&["plan", "--changed-since", "HEAD~1"], &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for says in ["this clone has the commit, and not the list of its files", "--filter=blob:none"] {
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
    let run = scene.run(&["plan", "--changed-since", "HEAD"], &[]);
    assert!(run.code == Some(0) && run.stderr.contains("reaches 1 of 2 clinics"), "{run:?}");
}

/// A file that is gone may have held checks, about anybody.
#[test]
fn what_nobody_can_read_any_more_reaches_everybody() {
    const CHECKS: &str =
        "checks: [{check: one, because: It was agreed, clinics: {wave: none}, at_least: {right: send, people: 1}}]";
    let system = TinySystem::start(|_| None);
    for (filter, reaches) in [("", "reaches 0 of 2 clinics"), ("--filter=blob:none", "reaches 2 of 2 clinics")] {
        let scene = Scene::new("clinics", &system.address);
        let make = format!(
            "git checkout -q .; echo '{CHECKS}' >clinics/agreed.yaml; git add -A; git commit -q -m Agreed; \
             git rm -q clinics/agreed.yaml; git commit -q -m Gone; git config uploadpack.allowFilter true; \
             mv \"$checkout\" \"$outside/origin\"; git clone -q {filter} \"file://$outside/origin\" \"$checkout\""
        );
        scene.shell(&make, &[]);
        let run = scene.run(&["plan", "--changed-since", "HEAD~1"], &[]);
        assert!(run.code == Some(0) && run.stderr.contains(reaches), "{filter}: {run:?}");
    }
}
