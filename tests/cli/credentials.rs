//! Where a token comes from, and where it never appears.

use super::second_system::assert_exit;
use super::tiny_system::{TinySystem, tiny_fleet};
use crate::client::raw::http;
use crate::support::sandbox::{Run, Sandbox};
use serde_json::json;
use std::fs;
use std::path::Path;

const CANARY: &str = "canary-9b1f-2c77-token";

/// The token that a run sent; `None` where it sent nothing.
fn sent(system: &TinySystem) -> Option<String> {
    let requests = system.take();
    let header = |line: &str| line.strip_prefix("authorization: Bearer ").map(str::to_owned);
    requests.iter().flat_map(|request| request.lines()).find_map(header)
}

fn plan(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    sandbox.run(&[&["plan"], arguments].concat())
}

#[test]
fn the_one_line_that_a_command_prints_is_the_token() {
    let system = TinySystem::start(|_| None);
    let cases = [
        ("echo secret-1", "secret-1"),
        ("printf 'secret-1\\r\\n'", "secret-1"),
        ("printf secret-1 | while read -r x || [ -n \"$x\" ]; do echo \"<$x>\"; done", "<secret-1>"),
        // It has nothing to read, and sees neither variable.
        ("read -r x; echo \"ended-$?\"", "ended-1"),
        ("echo \"token-${CLINICCTL_TOKEN-none}-${CLINICCTL_TOKEN_COMMAND-none}\"", "token-none-none"),
    ];
    for (command, token) in cases {
        let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address).env("CLINICCTL_TOKEN", CANARY);
        assert_exit(&plan(&sandbox, &["--token-command", command]), 0);
        assert_eq!(sent(&system).as_deref(), Some(token), "{command}");
        let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address).env("CLINICCTL_TOKEN_COMMAND", command);
        assert_exit(&plan(&sandbox, &[]), 0);
        assert_eq!(sent(&system).as_deref(), Some(token), "{command}");
    }
}

#[test]
fn what_a_command_says_to_the_person_is_passed_on() {
    let system = TinySystem::start(|_| None);
    let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address);
    let run = plan(&sandbox, &["--token-command", "echo touch the key >&2; echo secret-1"]);
    assert_exit(&run, 0);
    assert!(run.stderr.contains("touch the key"), "{}", run.stderr);
}

#[test]
fn a_command_that_gives_no_token_is_told_and_nothing_is_sent() {
    let system = TinySystem::start(|_| None);
    let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address);
    for (command, says) in [
        ("exit 3", "it ended with exit code 3"),
        ("echo secret-1; exit 3", "it ended with exit code 3"),
        ("no-such-helper", "there is no such program"),
        ("kill -9 $$", "something ended it from outside"),
        ("true", "it printed nothing"),
        ("echo", "the token is empty"),
        ("printf 'secret-1\\nsecret-2\\n'", "it printed 2 lines, and a token is one"),
        ("echo 'secret-1 secret-2'", "the token holds a space"),
        ("printf '\\377'", "no text"),
        ("while :; do echo secret-1; done", "more than 65536 bytes"),
        ("while :; do printf secret-1; done", "more than 65536 bytes"),
    ] {
        let run = plan(&sandbox, &["--token-command", command]);
        assert_exit(&run, 1);
        assert!(run.stderr.contains(says), "{command}: {}", run.stderr);
        assert!(run.stderr.contains("nothing was sent") && !run.stderr.contains("secret-"), "{}", run.stderr);
        assert_eq!(sent(&system), None, "{command}");
    }
}

#[test]
fn one_place_names_the_token() {
    let system = TinySystem::start(|_| None);
    let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address);
    sandbox.write("token", "from-file\n");
    let both = plan(&sandbox, &["--token-file", "token", "--token-command", "echo from-command"]);
    assert_exit(&both, 64);
    let sandbox = sandbox.env("CLINICCTL_TOKEN", "from-variable");
    assert_exit(&plan(&sandbox, &["--token-file", "token"]), 0);
    assert_eq!(sent(&system).as_deref(), Some("from-file"));
    let sandbox = sandbox.env("CLINICCTL_TOKEN_COMMAND", "echo from-command");
    let both = plan(&sandbox, &[]);
    assert_exit(&both, 64);
    assert!(both.stderr.contains("both `CLINICCTL_TOKEN` and `CLINICCTL_TOKEN_COMMAND`"), "{}", both.stderr);
    assert_exit(&plan(&sandbox, &["--token-command", "echo from-argument"]), 0);
    assert_eq!(sent(&system).as_deref(), Some("from-argument"));
    assert_eq!(sent(&system), None);
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn holds_canary(bytes: &[u8]) -> bool {
    bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes())
}

/// A system that repeats the token wherever it may say something, one fault a run.
fn gossips(fault: usize) -> impl Fn(&str) -> Option<crate::client::raw::Reply> {
    let detail = json!({"type": CANARY, "title": CANARY, "detail": format!("you sent `Bearer {CANARY}`"),
                        "errors": [{"pointer": format!("/{CANARY}"), "detail": CANARY}]});
    let location = format!("location: https://elsewhere.example/{CANARY}?token={CANARY}\r\n");
    move |request| match fault {
        1 => Some(http(500, "", &detail.to_string())),
        2 => Some(http(302, &location, &detail.to_string())),
        3 => Some(http(401, &format!("www-authenticate: Bearer {CANARY}\r\n"), &detail.to_string())),
        4 => request.starts_with("PUT").then(|| http(422, "", &detail.to_string())),
        5 => request.starts_with("PUT").then(|| http(429, &format!("retry-after: {CANARY}\r\n"), CANARY)),
        6 => request.contains("/staff").then(|| http(503, "", CANARY)),
        7 => Some(http(200, "content-type: text/html\r\n", &format!("<p>{CANARY}"))),
        8 => Some(http(404, "", CANARY)),
        _ => None,
    }
}

#[test]
fn p12_tokens_appear_nowhere() {
    let sources: [&[&str]; 3] =
        [&[], &["--token-file", "token"], &["--token-command", "IFS= read -r t < token; echo $t"]];
    for fault in 0..=8 {
        let system = TinySystem::start(gossips(fault));
        for source in sources {
            let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address).env("RUST_LOG", "trace");
            let sandbox = sandbox.env("RUST_BACKTRACE", "full").env("SSLKEYLOGFILE", "keys");
            let sandbox = if source.is_empty() { sandbox.env("CLINICCTL_TOKEN", CANARY) } else { sandbox };
            sandbox.write("token", &format!("{CANARY}\n"));
            let common = ["-vvv", "--retry-budget", "0"];
            let runs: [&[&str]; 4] = [
                &["plan", "--out", "plan.json"],
                &["plan", "-o", "json"],
                &["apply", "plan.json", "--yes"],
                &["apply", "--yes", "-o", "json", "--accept", "clinics_changed"],
            ];
            for run in runs {
                let run = sandbox.run(&[run, &common, source].concat());
                let all = format!("{}{}", run.stdout, run.stderr);
                assert!(!holds_canary(all.as_bytes()), "fault {fault}, {source:?}: {all}");
                assert!(run.stderr.contains("asks GET /api/v1") || run.code != Some(0), "the log is on: {all}");
            }
            assert!(fs::remove_file(sandbox.path("token")).is_ok());
            for file in files_below(&sandbox.path("")) {
                assert!(!holds_canary(&fs::read(&file).expect("a file")), "fault {fault}: {}", file.display());
            }
        }
        assert!(system.take().iter().any(|request| request.contains(CANARY)), "the token was in use");
    }
}
