//! A pull request may name any path as the seed of the embedded system: none leads out of the checkout, none is waited
//! for, and no text of a file comes back but the one line that is wrong.
#![cfg(unix)]

use crate::support::sandbox::{Run, Sandbox};
use rustix::fs::{CWD, FileType, Mode};
use std::os::unix::fs::symlink;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, thread};

/// Longer than a run ever takes that reads a few small files.
const PATIENCE: Duration = Duration::from_secs(60);
/// Stands in every file that nobody may read, on every line.
const CANARY: &str = "canary4711";
const FORMATS: [&str; 8] = ["human", "json", "markdown", "html", "github", "gitlab", "sarif", "junit"];
const SEED: &str = "system: S\nclinics: [{clinic: norr, name: Norr}]\n";

/// A checkout `work/repo` with a fleet in `clinics/`, whose seed has this path, and secrets around it.
fn checkout(seed: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let secret = format!("system: {CANARY}\n- {CANARY}\n\tpassword: {CANARY}\n");
    for file in ["work/secret.yaml", "work/repo/.git/config.yaml", "work/repo/.secret.yaml", "work/repo/token"] {
        sandbox.write(file, &secret);
    }
    sandbox.write("work/repo/clinics/norr.yaml", "clinic: norr\nmessaging:\n  incoming: {enabled: false}\n");
    let fleet = "fleet: t\nlanguages: {default: sv, required: [sv]}\nsystem: embedded\nembedded:\n  seed: ";
    sandbox.write("work/repo/clinics/fleet.yaml", &format!("{fleet}{seed:?}\n"));
    sandbox
}

/// Runs the binary in the checkout, and never for ever.
fn run(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let mut command = sandbox.command(arguments);
    command.current_dir(sandbox.path("work/repo")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the binary starts");
    let id = child.id().to_string();
    let (say, said) = mpsc::channel();
    thread::spawn(move || say.send(child.wait_with_output()));
    let output = said.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        let _ = std::process::Command::new("/bin/kill").args(["-KILL", &id]).status();
        panic!("{arguments:?} does not end")
    });
    let output = output.expect("output");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// Everything that a verb says about the fleet: on both streams, and in a report of each format.
fn told(sandbox: &Sandbox, verb: &str) -> (Option<i32>, String) {
    let reports: Vec<_> = FORMATS.iter().map(|format| format!("{format}=report-{format}")).collect();
    let mut arguments = vec![verb];
    arguments.extend(reports.iter().flat_map(|report| ["--report", report.as_str()]));
    let Run { code, stdout, stderr } = run(sandbox, &arguments);
    let mut told = format!("{stdout}{stderr}");
    for format in FORMATS {
        told += &fs::read_to_string(sandbox.path(&format!("work/repo/report-{format}"))).unwrap_or_default();
    }
    (code, told)
}

fn repo(sandbox: &Sandbox, path: &str) -> std::path::PathBuf {
    sandbox.path("work/repo").join(path)
}

/// Paths with what is put there, and what must be said about them.
type Way = (&'static str, fn(&Sandbox), &'static str);

fn nothing(_: &Sandbox) {}

fn link(sandbox: &Sandbox, target: &str, name: &str) {
    symlink(target, repo(sandbox, name)).expect("a link");
}

/// Every way to what may not be read.
const WAYS: [Way; 21] = [
    ("/etc/passwd", nothing, "another file on each machine"),
    ("/dev/zero", nothing, "another file on each machine"),
    ("/proc/self/environ", nothing, "another file on each machine"),
    ("~/secret.yaml", nothing, "another file on each machine"),
    ("~root/secret.yaml", nothing, "another file on each machine"),
    ("../../secret.yaml", nothing, "outside of the checkout"),
    ("../../nothing.yaml", nothing, "outside of the checkout"),
    ("../x/../../../work/./secret.yaml", nothing, "outside of the checkout"),
    ("../../../../../../../../../../../dev/zero", nothing, "outside of the checkout"),
    ("../live.yaml", |sandbox| link(sandbox, "../secret.yaml", "live.yaml"), "outside of the checkout"),
    ("../live.yaml", |sandbox| link(sandbox, "../nothing.yaml", "live.yaml"), "outside of the checkout"),
    ("../live.yaml", |sandbox| link(sandbox, "/dev/zero", "live.yaml"), "outside of the checkout"),
    ("../live.yaml", |sandbox| link(sandbox, "/proc/self/environ", "live.yaml"), "outside of the checkout"),
    ("../live.yaml", |sandbox| link(sandbox, "live.yaml", "live.yaml"), "outside of the checkout"),
    ("../up/secret.yaml", |sandbox| link(sandbox, "..", "up"), "outside of the checkout"),
    ("../.git/config.yaml", nothing, "the seed is hidden"),
    ("../live.yaml", |sandbox| link(sandbox, ".secret.yaml", "live.yaml"), "the seed is hidden"),
    ("../token", nothing, "the seed is no YAML file"),
    ("../live.yaml", |sandbox| link(sandbox, "token", "live.yaml"), "the seed is no YAML file"),
    ("../live.yaml", |sandbox| fs::create_dir(repo(sandbox, "live.yaml")).expect("a folder"), "a folder, not a file"),
    ("../live.yaml", pipe, "a pipe, not a file"),
];

fn pipe(sandbox: &Sandbox) {
    let path = repo(sandbox, "live.yaml");
    rustix::fs::mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
}

#[test]
fn p17_no_way_leads_to_a_file_that_nobody_may_read() {
    for (seed, prepare, says) in WAYS {
        let sandbox = checkout(seed);
        prepare(&sandbox);
        for verb in ["validate", "plan"] {
            let (code, told) = told(&sandbox, verb);
            assert_eq!(code, Some(3), "{seed}: {told}");
            assert!(!told.contains(CANARY) && !told.contains("root:"), "{seed}: {told}");
            assert!(told.contains("clinics/fleet.yaml:5:9") && told.contains(says), "{seed}: {told}");
            assert!(told.contains("[bad-seed]"), "{seed}: {told}");
        }
        assert!(!repo(&sandbox, ".clinicctl").exists(), "{seed}");
    }
}

/// Also where no run would read the seed.
#[test]
fn p17_a_seed_that_leads_out_is_refused_whatever_system_a_run_talks_to() {
    let run = run(&checkout("../../secret.yaml"), &["plan", "--system", "https://nobody.example"]);
    assert!(run.code == Some(3) && run.stderr.contains("outside of the checkout"), "{run:?}");
}

#[test]
fn a_seed_that_is_not_there_is_missed_by_the_embedded_system_alone() {
    let sandbox = checkout("../nothing.yaml");
    assert_eq!(run(&sandbox, &["validate"]).code, Some(0));
    let planned = run(&sandbox, &["plan"]);
    assert!(planned.code == Some(3) && planned.stderr.contains("clinics/fleet.yaml:5:9"), "{planned:?}");
}

/// Without `.git`, the checkout is the folder around the fleet's; with it, it may lie deeper in it.
#[test]
fn the_checkout_is_the_nearest_folder_with_a_repository() {
    let sandbox = checkout("../../../live.yaml");
    sandbox.write("work/repo/live.yaml", SEED);
    sandbox.write("work/live.yaml", SEED);
    let deep = repo(&sandbox, "a/b");
    fs::create_dir_all(&deep).expect("folders");
    fs::rename(repo(&sandbox, "clinics"), deep.join("clinics")).expect("moved");
    let plan = |folder: &str| run(&sandbox, &["plan", folder]);
    assert_eq!(plan("a/b/clinics").code, Some(0), "{:?}", plan("a/b/clinics"));
    fs::rename(repo(&sandbox, ".git"), sandbox.path("work/repo/git")).expect("moved");
    assert_eq!(plan("a/b/clinics").code, Some(3), "{:?}", plan("a/b/clinics"));
    sandbox.write("work/repo/.git", "gitdir: ../elsewhere\n");
    assert_eq!(plan("a/b/clinics").code, Some(0), "the file of a worktree");
}

#[test]
fn a_seed_inside_of_the_checkout_is_taken_however_it_is_reached() {
    for (seed, prepare) in [
        ("../live.yaml", (|sandbox| sandbox.write("work/repo/live.yaml", SEED)) as fn(&Sandbox)),
        ("../live.yaml", |sandbox| sandbox.write("work/repo/live.yaml", &format!("\u{feff}{SEED}"))),
        ("../live.yaml", |sandbox| sandbox.write("work/repo/live.yaml", &SEED.replace('\n', "\r\n"))),
        ("./../x/../live.yml", |sandbox| sandbox.write("work/repo/live.yml", SEED)),
        ("../live.yaml", |sandbox| {
            sandbox.write("work/repo/deep/real.yaml", SEED);
            link(sandbox, "deep/real.yaml", "live.yaml");
        }),
        ("../linked/real.yaml", |sandbox| {
            sandbox.write("work/repo/deep/real.yaml", SEED);
            link(sandbox, "deep", "linked");
        }),
    ] {
        let sandbox = checkout(seed);
        prepare(&sandbox);
        let run = run(&sandbox, &["plan"]);
        assert_eq!(run.code, Some(0), "{seed}: {run:?}");
    }
}

/// Texts of seeds, the line that is wrong, and what must be said. Every other line holds the canary.
fn texts() -> Vec<(Vec<u8>, usize, &'static str)> {
    let quote = |lines: &str| lines.replace('@', CANARY).into_bytes();
    let laughs = |level: usize| format!("# @\na{level}: &a{level} [{}]\n", ["*a0"; 9].join(", "));
    vec![
        (quote("# @\n-----BEGIN PRIVATE KEY-----\n# @\n@\n"), 4, "this is not YAML"),
        (quote("# @\nkey = value\n# @\n"), 2, "this is not what a seed should be"),
        (quote("# @\n# @\n[default]\n# @\n"), 3, "this is not what a seed should be"),
        (quote("# @\nsystem: [x]\nclinics: []\n# @\n"), 2, "a text belongs here"),
        (quote("# @\nsystem: x\nclinics: 4711\n# @\n"), 3, "a list belongs here"),
        (quote("# @\nsystem: '@\n\n  @'\nclinics: [{clinic: norr}]\n# @"), 5, "the key `name` is missing here"),
        (
            quote("system: x\nclinics:\n- clinic: norr\n  name: '@\n\n    @'\n- {clinic: Norr, name: Norr}\n# @"),
            7,
            "this is no key",
        ),
        (quote("# @\nsystem: x\nsystem: y\n# @\n"), 3, "stands twice"),
        (quote("# @\n? 'a @\n\n  @'\n: x\n"), 2, "this is not what a seed should be"),
        (quote("# @\nsystem: \"x\n\n@\n"), 2, "this quote is not closed"),
        (
            quote("# @\na0: &a0 [lol]\n").into_iter().chain(quote(&(1..30).map(laughs).collect::<String>())).collect(),
            2,
            "anchors",
        ),
        (quote(&format!("# @\nsystem: {}\n# @\n", "[".repeat(10_000))), 2, "more than 16 levels deep"),
        (quote("# @\nsystem: x\n---\nsystem: @\n"), 3, "a file holds one document"),
        (quote("# @\n# @\n"), 1, "holds no document"),
        ([&quote("# @\nsystem: ")[..], b"\xff\xfe", &quote("\n# @\n")[..]].concat(), 2, "not UTF-8"),
        (quote("# @\nsystem: a\0b\n# @\n"), 2, "U+0000 (NUL)"),
        (quote("# @\nsystem: !!binary x\n# @\n"), 2, "tags such as"),
    ]
}

#[test]
fn of_a_seed_that_is_none_one_line_is_shown_and_no_other() {
    for (text, line, says) in texts() {
        let sandbox = checkout("../live.yaml");
        fs::write(repo(&sandbox, "live.yaml"), &text).expect("a seed");
        let (code, told) = told(&sandbox, "plan");
        let text = String::from_utf8_lossy(&text);
        assert_eq!(code, Some(3), "{text}: {told}");
        assert!(told.contains(&format!("live.yaml:{line}:")) && told.contains(says), "{text}: {told}");
        let shown = text.lines().nth(line - 1).is_some_and(|line| line.contains(CANARY));
        assert!(shown || !told.contains(CANARY), "{text}: {told}");
        assert!(!repo(&sandbox, ".clinicctl").exists(), "{text}");
        fs::write(repo(&sandbox, "live.yaml"), SEED).expect("a seed");
        assert_eq!(run(&sandbox, &["plan"]).code, Some(0), "a mended seed fills the system");
    }
}

#[test]
fn a_seed_that_no_memory_holds_is_not_taken_apart() {
    let sandbox = checkout("../live.yaml");
    let file = fs::File::create(repo(&sandbox, "live.yaml")).expect("a seed");
    file.set_len(128 * 1024 * 1024 + 1).expect("a hole");
    let (code, huge) = told(&sandbox, "validate");
    assert!(code == Some(3) && huge.contains("at most 128 MiB are read"), "{huge}");
    fs::write(repo(&sandbox, "live.yaml"), format!("system: [{}]", "a,".repeat(16_000_000))).expect("a seed");
    let (code, dense) = told(&sandbox, "plan");
    assert!(code == Some(3) && dense.contains("far more values"), "{dense}");
}

/// Whoever types a path may name any file of theirs; of its text nothing is shown either, and a pipe is not waited for.
#[test]
fn a_seed_that_somebody_typed_is_bounded_too() {
    let sandbox = checkout("../live.yaml");
    pipe(&sandbox);
    let piped = run(&sandbox, &["serve", "--listen", "127.0.0.1:0", "--seed", "live.yaml"]);
    assert!(piped.code == Some(1) && piped.stderr.contains("not a regular file"), "{piped:?}");
    sandbox.write("work/shape.yaml", &format!("system: S\nclinics: {CANARY}\n"));
    for wrong in ["../secret.yaml", "../shape.yaml"] {
        let run = run(&sandbox, &["serve", "--listen", "127.0.0.1:0", "--seed", wrong]);
        assert!(run.code == Some(1) && !run.stderr.contains(CANARY), "{run:?}");
        let says = format!("the seed `{wrong}` cannot be used: this is not what a seed should be: line 2, column ");
        assert!(run.stderr.contains(&says), "{run:?}");
    }
}
