//! Checkouts that try to run a program. Whoever opens a pull request writes every byte of the checkout, may have a
//! configuration included that the team shares, and the process beside which git runs holds a token.
//!
//! Each way in is shown to be one first: a person who types an ordinary command there starts the program.
#![cfg(unix)]

mod answers;
mod configuration;
mod folders;
mod path;
mod refusals;
mod scene;

use super::tiny_system::TinySystem;
use scene::Scene;

/// One way in.
#[derive(Debug, Clone, Copy)]
struct Way {
    name: &'static str,
    /// Where the fleet lies in the checkout.
    fleet: &'static str,
    /// The commands that prepare it.
    make: &'static str,
    /// An ordinary command that starts the program.
    proof: &'static str,
    /// What the surroundings of that command and of ours say.
    env: &'static [(&'static str, &'static str)],
    /// What is said of the clinics that have changed since the last commit, and since the one before.
    told: [&'static str; 2],
}

/// One of the two clinics has changed since the last commit, and the other in it.
const SEEN: [&str; 2] = ["reaches 1 of 2 clinics", "reaches 2 of 2 clinics"];

/// A way that changes nothing else.
const WAY: Way = Way { name: "", fleet: "clinics", make: ":", proof: ":", env: &[], told: SEEN };

/// Commands of a shell that several ways need.
const TOOLS: &str = r#"
# A repository that git takes a folder for. It knows every commit, and has a program for a file monitor.
fake() {
  mkdir -p "$1"
  cp -r .git/objects .git/refs .git/HEAD "$1"
  printf '[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = %s\n' "$canary" >"$1/config"
}
# The objects that a partial clone has left out.
lose() {
  name=$(git rev-parse "$1")
  echo "$name" >"$outside/lost"
  rm -f ".git/objects/$(echo "$name" | cut -c1-2)/$(echo "$name" | cut -c3-)"
}
partial() {
  git config core.repositoryformatversion 1
  git config extensions.partialClone origin
  git config remote.origin.promisor true
  git config protocol.ext.allow always
  git config remote.origin.url "$1"
}
"#;

/// Runs every command that asks git about each of these ways.
fn assert_nothing_runs(ways: &[Way]) {
    let system = TinySystem::start(|_| None);
    for way in ways {
        let scene = Scene::new(way.fleet, &system.address);
        let make = [TOOLS, way.make].concat();
        scene.shell(&make, &[]);
        scene.fired();
        scene.shell(way.proof, way.env);
        assert!(scene.fired(), "{}: nobody runs the program; the way proves nothing", way.name);
        for (arguments, told) in asking(way.fleet) {
            let run = scene.run(&arguments, way.env);
            assert!(!scene.fired(), "{}: `{arguments:?}` ran the checkout's program: {run:?}", way.name);
            let told = told.map_or("", |at: usize| way.told[at]);
            assert!(run.stderr.contains(told), "{}: `{arguments:?}` does not say {told:?}: {run:?}", way.name);
            let fails = told.starts_with("error");
            assert_eq!(run.code, Some(i32::from(fails)), "{}: {arguments:?}: {run:?}", way.name);
        }
    }
}

/// The commands that ask git, and which of the two tells they give.
fn asking(fleet: &str) -> [(Vec<&str>, Option<usize>); 5] {
    [
        (vec!["plan", fleet], None),
        (vec!["drift", fleet], None),
        (vec!["plan", fleet, "--changed-since", "HEAD"], Some(0)),
        (vec!["plan", fleet, "--reference", "x", "--changed-since", "HEAD~1"], Some(1)),
        (vec!["apply", fleet, "--yes", "--accept", "clinics_changed", "--changed-since", "HEAD"], Some(0)),
    ]
}

/// The other commands: no checkout can have them run git, since they never do.
#[test]
fn who_needs_no_commit_starts_no_git() {
    let system = TinySystem::start(|_| None);
    let scene = Scene::new("clinics", &system.address);
    scene.shell("cp \"$canary\" \"$outside/git\"", &[]);
    let path = [("PATH", "$outside:$path")];
    let silent: [&[&str]; 6] = [
        &["validate"],
        &["plan", "--reference", "x"],
        &["why", "north/messaging/incoming"],
        &["can-i", "p1@north.example", "send", "--clinic", "north"],
        &["preview", "north"],
        &["history", "north"],
    ];
    for arguments in silent {
        let run = scene.run(arguments, &path);
        assert!(!scene.fired(), "{arguments:?}: {run:?}");
    }
    scene.run(&["plan"], &path);
    assert!(scene.fired(), "`plan` asks for the commit");
}
