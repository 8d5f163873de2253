//! Which program `git` is.

use super::scene::Scene;
use super::{WAY, Way, assert_nothing_runs};
use crate::cli::tiny_system::TinySystem;

const MAKE: &str = "cp \"$canary\" git; mkdir bin; cp \"$canary\" bin/git; ln -s \"$checkout/bin\" \"$outside/bin\"; \
                    mkdir \"$outside/links\"; ln -s \"$checkout/bin/git\" \"$outside/links/git\"";

#[test]
fn p17_a_program_of_the_checkout_is_never_git() {
    const fn path(path: &'static [(&'static str, &'static str)]) -> Way {
        Way { name: path[0].1, make: MAKE, proof: "git status", env: path, ..WAY }
    }
    assert_nothing_runs(&[
        path(&[("PATH", ".:$path")]),
        path(&[("PATH", ":$path")]),
        path(&[("PATH", "bin:$path")]),
        path(&[("PATH", "./bin/../bin:$path")]),
        path(&[("PATH", "$checkout/bin:$path")]),
        path(&[("PATH", "$outside/bin:$path")]),
        path(&[("PATH", "$outside/links:$path")]),
        path(&[("PATH", "$outside/../checkout:$path")]),
    ]);
}

#[test]
fn without_another_there_is_none() {
    let system = TinySystem::start(|_| None);
    let scene = Scene::new("clinics", &system.address);
    scene.shell(MAKE, &[]);
    let path = [("PATH", ".:$checkout/bin")];
    let run = scene.run(&["plan", "--changed-since", "HEAD"], &path);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("`--changed-since` needs the program `git`"), "{}", run.stderr);
    assert_eq!(scene.run(&["plan"], &path).code, Some(0));
    assert!(!scene.fired());
}
