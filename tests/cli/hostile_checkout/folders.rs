//! What stands in the checkout in the place of a repository.

use super::{WAY, Way, assert_nothing_runs};

const REFUSED: [&str; 2] = ["error: `clinics` is in no git repository that can be read"; 2];

#[test]
fn p17_no_folder_of_a_checkout_is_taken_for_a_repository() {
    assert_nothing_runs(&[
        Way {
            name: "a bare repository in the fleet's folder",
            make: "fake clinics",
            proof: "git -C clinics status",
            ..WAY
        },
        Way {
            name: "a bare repository in a folder between the fleet and its repository",
            fleet: "region/clinics",
            make: "fake region",
            proof: "git -C region/clinics status",
            ..WAY
        },
        Way {
            name: "a bare repository beside a `.git` that is none",
            make: "fake .; rm .git/HEAD",
            proof: "git status",
            told: REFUSED,
            ..WAY
        },
        Way {
            name: "a folder that is a repository in the index, and is filled by somebody else",
            fleet: "region/clinics",
            make: "cp -r region kept; git rm -q -r --cached region; git commit -q -m gone; \
                   git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),region; git commit -q -m linked; \
                   fake region",
            proof: "git -C region/clinics status",
            told: ["reaches 2 of 2 clinics"; 2],
            ..WAY
        },
    ]);
}

#[test]
fn p17_a_repository_elsewhere_in_the_checkout_is_refused() {
    assert_nothing_runs(&[
        Way {
            name: "a `.git` file that leads into the checkout",
            make: "fake clinics/evil; rm -rf .git; echo 'gitdir: clinics/evil' >.git",
            proof: "git status",
            told: REFUSED,
            ..WAY
        },
        Way {
            name: "a `.git` link that leads into the checkout",
            make: "fake clinics/evil; rm -rf .git; ln -s clinics/evil .git",
            proof: "git status",
            told: REFUSED,
            ..WAY
        },
        Way {
            name: "a `.git` file in the fleet's folder that leads into the checkout",
            make: "fake clinics/evil; echo 'gitdir: evil' >clinics/.git",
            proof: "git -C clinics status",
            told: REFUSED,
            ..WAY
        },
    ]);
}

#[test]
fn a_repository_within_the_repository_runs_nothing_either() {
    assert_nothing_runs(&[
        Way {
            name: "a submodule in the fleet's folder",
            make: "git clone -q . \"$outside/origin\"; \
                   git -c protocol.file.allow=always submodule --quiet add \"$outside/origin\" clinics/region; \
                   rm -r clinics/region/clinics; git commit -q -m Submodule; \
                   git -C clinics/region config core.fsmonitor \"$canary\"",
            proof: "git status",
            told: ["reaches 1 of 2 clinics", "reaches 1 of 2 clinics"],
            ..WAY
        },
        Way {
            name: "a linked working tree",
            make: "mv .git \"$outside/main.git\"; git --git-dir \"$outside/main.git\" worktree add -q \"$outside/linked\" HEAD; \
                   echo \"gitdir: $outside/main.git/worktrees/linked\" >.git; \
                   git --git-dir \"$outside/main.git\" config core.fsmonitor \"$canary\"",
            proof: "git status",
            ..WAY
        },
    ]);
}
