//! Thousands of requests made from the OpenAPI document, right and wrong ones: no answer is a failure of the server,
//! and every answer is one that the document announces.

use crate::support::sandbox::Sandbox;
use crate::support::server::Server;
use crate::support::{server, tools};
use clinic_system::Scope;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Fewer requests than this were no test.
const LEAST: usize = 2000;
/// What a run may take, in seconds, on a machine that is busy with other tests; it takes about thirty.
const PATIENCE: &str = "240";

#[test]
fn p13_no_request_made_from_the_document_fails_the_server_or_gets_an_answer_that_is_not_announced() {
    let sandbox = Sandbox::with_real_fleet();
    let server = Server::start(&sandbox);
    let scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.word()).collect();
    let token = server::token(&sandbox, &scopes.join(","));
    let output = command(&sandbox, &server, &token).output().expect("`timeout` runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let told = told.replace(&token, "[token]");
    let kept = tools::target().join("schemathesis.txt");
    fs::write(&kept, &told).expect("the target folder can be written");
    assert!(output.status.success(), "{told}");
    let tried = tried(&told);
    assert!(tried >= LEAST, "only {tried} requests were tried:\n{told}");
    for phase in ["Coverage", "Fuzzing", "Stateful"] {
        assert!(told.contains(&format!("✅  {phase}")), "the phase {phase} did not pass:\n{told}");
    }
}

fn command(sandbox: &Sandbox, server: &Server, token: &str) -> Command {
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/schemathesis.toml");
    let mut command = Command::new("timeout");
    command.arg(PATIENCE).arg(tools::python()).args(["-m", "schemathesis.cli", "--config-file"]).arg(settings);
    command.args(["run", &format!("{}/openapi.json", server.address)]);
    command.args(["--header", &format!("Authorization: Bearer {token}")]);
    command.args(["--phases", "examples,coverage,fuzzing,stateful", "--checks", "all", "--seed", "20261122"]);
    command.args(["--max-examples", "100", "--request-timeout", "20", "--generation-database", "none"]);
    command.args(["--warnings", "off", "--no-color", "--continue-on-failure"]);
    // It leaves a folder of its own behind, and would go through a proxy to this machine itself.
    command.current_dir(sandbox.path("")).env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    command
}

/// The number in `2445 generated`.
fn tried(told: &str) -> usize {
    let words: Vec<_> = told.split_whitespace().collect();
    let found = words.windows(2).find(|pair| pair[1].starts_with("generated"));
    found.and_then(|pair| pair[0].parse().ok()).unwrap_or_default()
}
