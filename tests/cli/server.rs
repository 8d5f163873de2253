//! The tool against a clinic system of its own process, as a pipeline meets one.

use crate::support::sandbox::{Run, Sandbox};
use crate::support::server;
use crate::support::server::Server;

/// The real fleet, a server, and a token for it in a file.
fn with_token(scopes: &str) -> (Sandbox, Server) {
    let sandbox = Sandbox::with_real_fleet();
    let server = Server::start(&sandbox);
    sandbox.write("token", &server::token(&sandbox, scopes));
    (sandbox, server)
}

fn run(sandbox: &Sandbox, server: &Server, arguments: &[&str]) -> Run {
    let connection = ["--system", &server.address, "--token-file", "token"];
    sandbox.run(&[arguments, &connection].concat())
}

#[test]
fn plan_needs_no_more_than_a_read_token_and_apply_is_refused_with_it() {
    let (sandbox, server) = with_token(server::READ_SCOPES);
    let plan = run(&sandbox, &server, &["plan", "--detailed-exitcode"]);
    assert_eq!(plan.code, Some(2), "{}{}", plan.stdout, plan.stderr);
    let apply = run(&sandbox, &server, &["apply", "--yes"]);
    assert_eq!(apply.code, Some(7), "{}{}", apply.stdout, apply.stderr);
    let again = run(&sandbox, &server, &["plan"]);
    assert_eq!(again.stdout, plan.stdout, "nothing was written");
}

#[test]
fn a_pipeline_plans_applies_and_finds_nothing_left() {
    let (sandbox, server) = with_token(server::ALL_SCOPES);
    let apply = run(&sandbox, &server, &["apply", "--yes", "--reference", "9f3c2ab"]);
    assert_eq!(apply.code, Some(0), "{}{}", apply.stdout, apply.stderr);
    assert_eq!(run(&sandbox, &server, &["plan", "--detailed-exitcode"]).code, Some(0));
}

#[test]
fn what_was_answered_survives_a_killed_server() {
    let (sandbox, mut server) = with_token(server::ALL_SCOPES);
    assert_eq!(run(&sandbox, &server, &["apply", "--yes"]).code, Some(0));
    server.kill();
    let server = Server::start(&sandbox);
    let plan = run(&sandbox, &server, &["plan", "--detailed-exitcode"]);
    assert_eq!(plan.code, Some(0), "{}{}", plan.stdout, plan.stderr);
}

#[test]
fn a_wrong_or_revoked_token_exits_with_7() {
    let (sandbox, server) = with_token(server::ALL_SCOPES);
    let revoked = sandbox.run(&["serve", "token", "--database", "system.db", "--revoke", "config-pipeline"]);
    assert_eq!(revoked.code, Some(0), "{}", revoked.stderr);
    assert_eq!(run(&sandbox, &server, &["plan"]).code, Some(7), "revoked at once");
    sandbox.write("token", "no-such-token");
    assert_eq!(run(&sandbox, &server, &["plan"]).code, Some(7), "unknown");
}

#[test]
fn a_token_without_the_directory_cannot_plan() {
    let (sandbox, server) = with_token("settings:read");
    let plan = run(&sandbox, &server, &["plan"]);
    assert_eq!(plan.code, Some(7), "{}{}", plan.stdout, plan.stderr);
    assert!(plan.stderr.contains("directory:read"), "{}", plan.stderr);
}

#[test]
fn a_token_appears_in_no_output() {
    let (sandbox, server) = with_token(server::ALL_SCOPES);
    let token = sandbox.read("token");
    let runs: [&[&str]; 4] = [
        &["plan", "-vvv", "--out", "plan.json"],
        &["apply", "--yes", "-vvv", "-o", "json"],
        &["plan", "-vvv", "--system", "http://127.0.0.1:1", "--retry-budget", "0"],
        &["plan", "-vvv", "--parallelism", "x"],
    ];
    for arguments in runs {
        let run = if arguments.contains(&"--system") {
            sandbox.run(&[arguments, &["--token-file", "token"]].concat())
        } else {
            run(&sandbox, &server, arguments)
        };
        assert!(!run.stdout.contains(&token) && !run.stderr.contains(&token), "{arguments:?} shows the token");
    }
    assert!(!sandbox.read("plan.json").contains(&token));
    let stored = std::fs::read(sandbox.path("system.db")).expect("the database");
    assert!(!stored.windows(token.len()).any(|window| window == token.as_bytes()), "only its hash is stored");
}

#[test]
fn nobody_there_is_said_in_a_sentence() {
    let sandbox = Sandbox::with_real_fleet().env("CLINICCTL_TOKEN", "canary");
    let run = sandbox.run(&["plan", "--system", "http://127.0.0.1:1", "--retry-budget", "0"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("127.0.0.1:1"), "{}", run.stderr);
}
