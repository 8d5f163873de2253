//! Whose answer counts: that of the commit in the one repository, about the bytes that were read.

use super::TOOLS;
use super::scene::Scene;
use crate::cli::tiny_system::TinySystem;
use serde_json::Value;

/// Does something in a new checkout, and answers it.
fn after(system: &TinySystem, script: &str) -> Scene {
    let scene = Scene::new("clinics", &system.address);
    scene.shell(&[TOOLS, script].concat(), &[]);
    scene
}

/// What the change log would say of a run.
fn reference(scene: &Scene) -> String {
    let run = scene.run(&["plan", "-o", "json"], &[]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    document["reference"].as_str().unwrap_or("none").to_owned()
}

/// How many clinics were reached since a commit.
fn reached(scene: &Scene, since: &str) -> String {
    let run = scene.run(&["plan", "--changed-since", since], &[]);
    let told = run.stderr.lines().find_map(|line| line.split(" reaches ").nth(1));
    told.and_then(|told| told.split(" of ").next()).unwrap_or_else(|| panic!("{run:?}")).to_owned()
}

/// Makes a commit in which nothing differs from what is read, and goes back to the one before.
const THIRD: &str = "git commit -q -a -m Third; third=$(git rev-parse HEAD); git reset -q HEAD~1; ";

#[test]
fn p17_neither_a_false_repository_nor_a_replacement_is_believed() {
    let system = TinySystem::start(|_| None);
    for (name, lie, seen) in [
        (
            "a repository in the fleet's folder that is further on",
            "fake clinics; echo $third >clinics/refs/heads/main",
            "git -C clinics rev-parse HEAD",
        ),
        (
            "a commit in the place of another",
            "git replace HEAD $third",
            "git rev-parse HEAD; git log -1 --format=%s | sed s/Third/lied/",
        ),
        (
            "a file in the place of another",
            "git replace $(git rev-parse HEAD:clinics/south.yaml) $(git rev-parse $third:clinics/south.yaml)",
            "git cat-file -p HEAD:clinics/south.yaml",
        ),
        (
            "a list of files in the place of another",
            "git replace $(git rev-parse HEAD:clinics) $(git rev-parse $third:clinics)",
            "git cat-file -p HEAD:clinics/south.yaml",
        ),
        ("flags of the index", "git update-index --assume-unchanged clinics/south.yaml", "git status --porcelain"),
        ("another flag of the index", "git update-index --skip-worktree clinics/south.yaml", "git status --porcelain"),
        (
            "a filter under which all files are alike",
            "echo '*.yaml filter=evil' >.gitattributes; git config filter.evil.clean 'git show HEAD:%f'",
            "git diff HEAD --stat -- clinics",
        ),
        (
            "a list of what is to be ignored",
            "echo '*.yaml' >.gitignore; git rm -q -r --cached clinics; git add -A",
            "git status --porcelain --untracked-files=all clinics",
        ),
    ] {
        let honest = after(&system, THIRD);
        let scene = after(&system, &[THIRD, lie].concat());
        assert_ne!(scene.shell(seen, &[]), honest.shell(seen, &[]), "{name}: git is not misled");
        let head = scene.shell("GIT_NO_REPLACE_OBJECTS=1 git rev-parse --short=7 HEAD", &[]);
        assert_eq!(reference(&scene), format!("{head}-dirty"), "{name}");
        assert_eq!(reached(&scene, "HEAD"), "1", "{name}");
        assert_eq!(reached(&scene, "HEAD~1"), "2", "{name}");
    }
}

/// A link in the fleet's folder to a file that is not read by its own name.
const LINK: &str = "mv clinics/south.yaml clinics/south.txt; ln -s south.txt clinics/south.yaml; \
                    cp clinics/south.txt clinics/other.txt; git add -A; git commit -q -m Link; ";

/// The same for a folder.
const FOLDER: &str = "mkdir clinics/.south; mv clinics/south.yaml clinics/.south/; ln -s .south clinics/region; \
                      git add -A; git commit -q -m Folder; ";

/// What is done to a folder that its commit holds, whether the commit is named for it all the same, and how many clinics
/// are then reached since that commit.
const DONE: [(&str, bool, &str); 19] = [
    ("", true, "0"),
    ("touch -d 2001-01-01 clinics/*.yaml; chmod +x clinics/*.yaml", true, "0"),
    ("echo x >README.md; echo x >clinics/notes.txt; echo 'clinic: east' >clinics/.east.yaml", true, "0"),
    ("git rm -q -r --cached clinics", true, "0"),
    ("echo '# x' >>clinics/south.yaml; git add -A; sed -i '$d' clinics/south.yaml", true, "0"),
    ("echo '# x' >>clinics/south.yaml", false, "1"),
    ("echo '# x' >>clinics/south.yaml; git add -A", false, "1"),
    ("rm clinics/south.yaml", false, "0"),
    ("mv clinics/south.yaml clinics/souther.yaml", false, "1"),
    (
        "mkdir region; git mv clinics/south.yaml region/; git commit -q -m Moved; git mv region/south.yaml clinics/",
        false,
        "1",
    ),
    ("echo 'clinic: east' >clinics/east.yaml", false, "1"),
    (
        "echo '*.yaml' >.gitignore; git add -A; git commit -q -m Ignored; echo 'clinic: east' >clinics/east.yaml",
        false,
        "1",
    ),
    // As another system or editor spells the same text, on either side.
    ("sed -i 's/$/\r/' clinics/*.yaml", true, "0"),
    ("sed -i 's/$/\r/' clinics/*.yaml; git commit -q -a -m Ends; sed -i 's/\r$//' clinics/*.yaml", true, "0"),
    ("sed -i '1s/^/\u{feff}/' clinics/*.yaml", true, "0"),
    (
        "sed -i '1s/^/\u{feff}/' clinics/*.yaml; git commit -q -a -m Mark; sed -i '1s/^\u{feff}//' clinics/*.yaml",
        true,
        "0",
    ),
    ("printf '\n' >>clinics/south.yaml", false, "1"),
    // What a link leads to always counts as changed; but the commit may hold it.
    (LINK, true, "1"),
    (FOLDER, true, "1"),
];

/// What is done to [`LINK`] and to [`FOLDER`] that makes it another fleet.
const UNDONE: [(&str, &str); 5] = [
    (LINK, "echo '# x' >>clinics/south.txt"),
    (LINK, "ln -sf other.txt clinics/south.yaml"),
    (LINK, "rm clinics/south.yaml"),
    (LINK, "rm clinics/south.yaml; cp clinics/south.txt clinics/south.yaml"),
    (FOLDER, "echo '# x' >>clinics/.south/south.yaml"),
];

#[test]
fn a_commit_is_named_for_what_it_holds_and_for_nothing_else() {
    let system = TinySystem::start(|_| None);
    let undone = UNDONE.map(|(link, edit)| ([link, edit].concat(), false, None));
    let done = DONE.map(|(edit, holds, reaches)| (edit.to_owned(), holds, Some(reaches)));
    for (edit, holds, reaches) in done.into_iter().chain(undone) {
        let scene = after(&system, &["git add -A; git commit -q -m All; ", &edit].concat());
        let head = scene.shell("git rev-parse --short=7 HEAD", &[]);
        let expected = if holds { head } else { format!("{head}-dirty") };
        assert_eq!(reference(&scene), expected, "{edit}");
        if let Some(reaches) = reaches {
            assert_eq!(reached(&scene, "HEAD"), reaches, "{edit}");
        }
    }
}

/// Kinds of repositories in which the same fleet stands, and how it is made from the usual one.
#[test]
fn every_kind_of_repository_answers_alike() {
    let system = TinySystem::start(|_| None);
    for (kind, make) in [
        (
            "SHA-256",
            "rm -rf .git; git init -q -b main --object-format=sha256; sed -i '$d' clinics/south.yaml; \
                     sed -i '$d' clinics/north.yaml; git add -A; git commit -q -m First; echo '# 2' >>clinics/north.yaml; \
                     git commit -q -a -m Second; echo '# 3' >>clinics/south.yaml",
        ),
        (
            "a linked working tree",
            "git worktree add -q \"$outside/linked\" HEAD; cp -r clinics \"$outside/linked/\"; \
                                   mv \"$checkout\" \"$outside/main\"; mv \"$outside/linked\" \"$checkout\"; \
                                   git -C \"$outside/main\" worktree repair \"$checkout\"",
        ),
        ("a working tree whose repository stands elsewhere", "git init -q --separate-git-dir \"$outside/repository\""),
        ("a repository behind a link", "mv .git \"$outside/repository\"; ln -s \"$outside/repository\" .git"),
        (
            "a submodule",
            "mv \"$checkout\" \"$outside/origin\"; git init -q \"$outside/super\"; cd \"$outside/super\"; \
                         git -c protocol.file.allow=always submodule --quiet add \"$outside/origin\" part; \
                         echo '# 3' >>part/clinics/south.yaml; ln -s \"$outside/super/part\" \"$checkout\"",
        ),
        (
            "a clone without old files",
            "git config uploadpack.allowFilter true; mv \"$checkout\" \"$outside/origin\"; \
                                       git clone -q --filter=blob:none \"file://$outside/origin\" \"$checkout\"; \
                                       cp -r \"$outside/origin/clinics\" \"$checkout/\"",
        ),
        ("packed objects and references", "git gc -q; git pack-refs --all"),
        ("a reflog and a detached head", "git checkout -q --detach"),
    ] {
        let scene = after(&system, make);
        let head = scene.shell("git rev-parse --short=7 HEAD", &[]);
        assert_eq!(head.len(), 7, "{kind}");
        assert_eq!(reference(&scene), format!("{head}-dirty"), "{kind}");
        assert_eq!((&*reached(&scene, "HEAD"), &*reached(&scene, "HEAD~1")), ("1", "2"), "{kind}");
        scene.shell("git checkout -q -- clinics", &[]);
        assert_eq!(reference(&scene), head, "{kind}");
        assert_eq!(reached(&scene, "HEAD"), "0", "{kind}");
    }
}

/// A fleet of which a part stands in a repository of its own.
#[test]
fn a_submodule_in_the_fleet_is_asked_about_its_own_commit() {
    const SUBMODULE: &str = "git add -A; git commit -q -m Third; git init -q \"$outside/origin\"; cd \"$outside/origin\"; \
                             mv \"$checkout/clinics/south.yaml\" .; git add -A; git commit -q -m Part; cd \"$checkout\"; \
                             git -c protocol.file.allow=always submodule --quiet add \"$outside/origin\" clinics/part; \
                             git commit -q -a -m Submodule; ";
    let system = TinySystem::start(|_| None);
    for (edit, holds, reaches) in [
        ("", true, "0"),
        ("echo '# x' >>clinics/part/south.yaml", false, "1"),
        ("echo '# x' >>clinics/part/south.yaml; git -C clinics/part commit -q -a -m Later", false, "1"),
        ("rm clinics/part/.git", false, "1"),
        ("echo '# x' >>clinics/north.yaml", false, "1"),
    ] {
        let scene = after(&system, &[SUBMODULE, edit].concat());
        let head = scene.shell("git rev-parse --short=7 HEAD", &[]);
        let expected = if holds { head } else { format!("{head}-dirty") };
        assert_eq!((reference(&scene), &*reached(&scene, "HEAD")), (expected, reaches), "{edit}");
    }
}

/// A hook of git says which repository it belongs to, by paths from its top.
#[test]
fn a_hook_is_answered_from_wherever_it_stands() {
    let system = TinySystem::start(|_| None);
    let scene = after(&system, "mkdir -p .git/hooks");
    let binary = env!("CARGO_BIN_EXE_clinicctl");
    let hook =
        format!("cd clinics && {binary} plan . --changed-since HEAD -o json >\"$outside/plan\" 2>\"$outside/said\"\n");
    scene.program("checkout/.git/hooks/pre-commit", &hook);
    let address = scene.sandbox().command(&[]);
    let address = address.get_envs().find_map(|(name, value)| (name == "CLINICCTL_SYSTEM").then_some(value).flatten());
    let env = [
        ("CLINICCTL_TOKEN", "canary"),
        ("CLINICCTL_SYSTEM", address.and_then(|text| text.to_str()).expect("an address")),
    ];
    let head = scene.shell("git rev-parse --short=7 HEAD", &[]);
    scene.shell("git commit -q -a -m Hooked", &env);
    let said = scene.sandbox().read("outside/said");
    assert!(said.contains("reaches 1 of 2 clinics"), "{said}");
    let plan: Value = serde_json::from_str(&scene.sandbox().read("outside/plan")).expect("a plan");
    assert_eq!(plan["reference"], format!("{head}-dirty"));
}
