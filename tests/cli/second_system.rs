//! The real binary against a clinic system that shares nothing with ours but the contract.

use crate::support::recording::{Asked, Proxy};
use crate::support::sandbox::{Run, Sandbox};
use crate::support::second_system::{PAGE, SecondSystem, TOKEN};
use crate::support::server;
use crate::support::server::Server;
use serde_json::Value;
use std::collections::BTreeSet;
use std::net::TcpListener;

/// The project's own seed, as plain values.
fn seeded_clinics() -> Vec<Value> {
    let seed: Value = serde_yaml::from_str(include_str!("../../examples/live-system.yaml")).expect("the seed");
    seed["clinics"].as_array().expect("clinics").clone()
}

/// The real fleet with the second system as its live system.
pub(super) fn with_second_system() -> (Sandbox, SecondSystem) {
    let system = SecondSystem::start(&seeded_clinics());
    let sandbox = Sandbox::with_real_fleet().env("CLINICCTL_TOKEN", TOKEN).env("CLINICCTL_SYSTEM", &system.address);
    (sandbox, system)
}

/// That a run ended with this code; all that it said where it did not.
pub(super) fn assert_exit(run: &Run, code: i32) {
    assert_eq!(run.code, Some(code), "{}{}", run.stdout, run.stderr);
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}\n{}{}", run.stdout, run.stderr))
}

/// How many requests reading the fleet takes where there is no snapshot: the root, and each clinic of the files with
/// every page of its directory.
fn reads_one_by_one(plan: &Value) -> usize {
    let seeded = seeded_clinics();
    let sandbox = Sandbox::with_real_fleet();
    let described = |clinic: &&Value| {
        let file = format!("{}.yaml", clinic["clinic"].as_str().expect("a key"));
        ["stockholm", "uppsala"].iter().any(|region| sandbox.path(&format!("clinics/{region}/{file}")).exists())
    };
    let pages = |clinic: &Value| clinic["staff"].as_array().expect("people").len().div_ceil(PAGE).max(1);
    let clinics: Vec<_> = seeded.iter().filter(described).collect();
    assert_eq!(plan["summary"]["clinics"], clinics.len());
    1 + clinics.into_iter().map(|clinic| 1 + pages(clinic)).sum::<usize>()
}

/// How many change logs a plan asks: one of each clinic with a change that does not say who touched it last, which is
/// one that a person touched, a button that is not there, and an order of buttons. These logs are one page long.
fn logs_read(plan: &Value) -> usize {
    let asks = |change: &&Value| {
        let order = change["address"].as_str().is_some_and(|address| address.ends_with("/button-order"));
        order || change["before"].is_null() || change["last_change"]["kind"] == "person"
    };
    let changes = plan["changes"].as_array().expect("a list").iter();
    changes.filter(asks).map(|change| change["clinic"].to_string()).collect::<BTreeSet<_>>().len()
}

fn changes(plan: &Value) -> usize {
    plan["changes"].as_array().expect("a list").len()
}

fn clinics_changed(plan: &Value) -> usize {
    plan["summary"]["clinics_changed"].as_u64().and_then(|count| usize::try_from(count).ok()).expect("a count")
}

/// That a run asked exactly this much: `reads` to plan, then every change once and every changed clinic once more.
fn assert_applied(asked: &[Asked], reads: usize, plan: &Value, reference: &str) {
    let writes: Vec<_> = asked.iter().filter(|asked| !asked.is_read()).collect();
    assert_eq!(writes.len(), changes(plan));
    assert_eq!(asked.len(), reads + changes(plan) + clinics_changed(plan));
    for write in writes {
        let tag = write.header("if-match").strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        assert!(tag.is_some_and(|tag| tag.parse::<u64>().is_ok()), "{write:?}");
        assert_eq!(write.header("change-reference"), reference, "{write:?}");
    }
}

fn assert_only_reads(asked: &[Asked], count: usize) {
    assert!(asked.iter().all(Asked::is_read), "{asked:?}");
    assert_eq!(asked.len(), count, "{asked:#?}");
}

#[test]
fn the_main_job_works_with_a_system_that_is_not_ours() {
    let (sandbox, system) = with_second_system();
    let planned = sandbox.run(&["plan", "-o", "json"]);
    assert_exit(&planned, 0);
    let plan = json(&planned);
    assert!(changes(&plan) > 0);
    let (reads, logs) = (reads_one_by_one(&plan), logs_read(&plan));
    assert!(logs > 0 && logs < clinics_changed(&plan), "some logs need not be asked: {logs}");
    assert_only_reads(&system.recording.take(), reads + logs);

    assert_exit(&sandbox.run(&["apply", "--yes", "--reference", "9f3c2ab"]), 0);
    assert_applied(&system.recording.take(), reads + logs, &plan, "9f3c2ab");

    let again = sandbox.run(&["plan", "--detailed-exitcode", "-o", "json"]);
    assert_exit(&again, 0);
    assert_eq!(changes(&json(&again)), 0);
    assert_only_reads(&system.recording.take(), reads);
    assert_exit(&sandbox.run(&["apply", "--yes"]), 0);
    assert_only_reads(&system.recording.take(), reads);
}

#[test]
fn p08_a_second_apply_sends_no_write() {
    let (sandbox, system) = with_second_system();
    for arguments in [&["apply", "--yes"][..], &["apply", "--yes", "--prune"]] {
        assert_exit(&sandbox.run(arguments), 0);
        assert!(system.recording.take().iter().any(|asked| !asked.is_read()), "there is something to do");
        assert_exit(&sandbox.run(arguments), 0);
        let writes: Vec<_> = system.recording.take().into_iter().filter(|asked| !asked.is_read()).collect();
        assert!(writes.is_empty(), "{arguments:?}: {writes:?}");
    }
}

#[test]
fn a_saved_plan_is_applied_there_too_and_reads_only_what_it_writes() {
    let (sandbox, system) = with_second_system();
    let planned = sandbox.run(&["plan", "--out", "plan.json", "-o", "json", "--reference", "saved-1"]);
    assert_exit(&planned, 0);
    system.recording.take();
    assert_exit(&sandbox.run(&["apply", "plan.json", "--yes"]), 0);
    let asked = system.recording.take();
    let plan = json(&planned);
    let checked = asked.iter().take_while(|asked| asked.is_read()).count();
    assert!(checked < reads_one_by_one(&plan), "clinics without changes are not read");
    assert_applied(&asked, checked, &plan, "saved-1");
}

#[test]
fn our_own_system_is_asked_for_everything_at_once_and_only_read_by_a_plan() {
    let sandbox = Sandbox::with_real_fleet();
    let server = Server::start(&sandbox);
    let proxy = Proxy::before(&server.address);
    let token = server::token(&sandbox, server::ALL_SCOPES);
    let sandbox = sandbox.env("CLINICCTL_TOKEN", &token).env("CLINICCTL_SYSTEM", &proxy.address);

    let plan = json(&sandbox.run(&["plan", "-o", "json"]));
    let reads = 2 + logs_read(&plan);
    assert_only_reads(&proxy.recording.take(), reads);
    assert_exit(&sandbox.run_once(&["apply", "--yes", "--reference", "9f3c2ab"]), 0);
    assert_applied(&proxy.recording.take(), reads, &plan, "9f3c2ab");
    assert_exit(&sandbox.run_once(&["apply", "--yes"]), 0);
    assert_only_reads(&proxy.recording.take(), 2);
}

#[test]
fn both_systems_with_the_same_live_state_get_the_same_plan() {
    let (sandbox, _system) = with_second_system();
    let server = Server::start(&sandbox);
    sandbox.write("token", &server::token(&sandbox, server::READ_SCOPES));
    let ours = ["plan", "-o", "json", "--system", &server.address, "--token-file", "token"];
    let (theirs, ours) = (json(&sandbox.run(&["plan", "-o", "json"])), json(&sandbox.run(&ours)));
    assert_ne!(theirs["system"], ours["system"]);
    assert!(changes(&ours) > 0);
    assert_eq!(without_history(theirs), without_history(ours));
}

/// A plan without what a system says about itself and about who changed things before, and what follows from that.
fn without_history(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.retain(|key, _| !matches!(key.as_str(), "system" | "last_change" | "because" | "applied"));
            fields.values_mut().for_each(|value| *value = without_history(value.take()));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = without_history(value.take())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
}

#[test]
fn the_token_goes_to_the_system_and_nowhere_else() {
    let trap = TcpListener::bind("127.0.0.1:0").expect("a free port");
    trap.set_nonblocking(true).expect("a listener that does not wait");
    let elsewhere = format!("http://{}", trap.local_addr().expect("an address"));
    let (mut sandbox, system) = with_second_system();
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        sandbox = sandbox.env(variable, &elsewhere);
    }
    let runs: [&[&str]; 2] =
        [&["plan", "-vvv", "--out", "plan.json"], &["apply", "plan.json", "--yes", "-vvv", "-o", "json"]];
    for arguments in runs {
        let run = sandbox.run(arguments);
        assert_exit(&run, 0);
        assert!(
            run.stderr.contains("/clinics/norrtull is answered with 200"),
            "the log tells requests: {}",
            run.stderr
        );
        assert!(!run.stdout.contains(TOKEN) && !run.stderr.contains(TOKEN), "{arguments:?}");
    }
    assert!(!sandbox.read("plan.json").contains(TOKEN));
    assert!(trap.accept().is_err(), "somebody else was asked");
    let host = system.address.trim_start_matches("http://").split('/').next().unwrap_or_default();
    for asked in system.recording.take() {
        assert_eq!((asked.header("host"), asked.header("cookie")), (host, ""), "{asked:?}");
        assert_eq!(asked.header("authorization"), format!("Bearer {TOKEN}"));
        assert!(!asked.path.contains(TOKEN));
    }
}
