//! Files that are wrong: exit 3, every error at its place, and not one request.

use crate::support::sandbox::Sandbox;
use std::net::TcpListener;

const FLEET: &str = "fleet: test\nlanguages: {default: sv, required: [sv]}\n";

/// A fleet with one clinic whose file is `clinic`.
fn fleet_of(clinic: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("clinics/fleet.yaml", FLEET);
    sandbox.write("clinics/norrtull.yaml", clinic);
    sandbox
}

#[test]
fn all_errors_of_a_run_are_shown_at_once_each_at_its_place() {
    let sandbox = fleet_of(
        "clinic: norrtull\nextends: primry-care\nmessaging:\n  incoming: {enabled: yes, accessible_two: everyone}\n\
         patient_interface:\n  buttons:\n    - {id: Book, leads_to: book_apointment, title: {sv: ''}}\n",
    );
    sandbox.write("clinics/baseline.yaml", "baseline: primary-care\nmessaging:\n  incoming:\n");
    insta::assert_snapshot!(sandbox.transcript(&[&["validate"], &["validate", "-o", "json"]]));
}

#[test]
fn an_empty_or_missing_folder_is_an_error_and_never_an_empty_fleet() {
    let sandbox = Sandbox::new();
    sandbox.write("empty/readme.txt", "no YAML here\n");
    sandbox.write("only-clinic/a.yaml", "clinic: a\n");
    sandbox.write("only-fleet/fleet.yaml", FLEET);
    let folders = ["missing", "empty", "only-clinic", "only-fleet"];
    insta::assert_snapshot!(
        sandbox.transcript(&folders.map(|folder| ["validate", folder]).each_ref().map(|run| &run[..]))
    );
}

#[test]
fn invalid_files_send_nothing_at_all() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener that does not wait");
    let system = format!("http://{}", listener.local_addr().expect("an address"));
    let sandbox = fleet_of("clinic: norrtull\nclinic: norrtull\n").env("CLINICCTL_TOKEN", "canary");
    for verb in ["plan", "apply"] {
        let run = sandbox.run(&[verb, "--system", &system, "--detailed-exitcode"]);
        assert_eq!(run.code, Some(3), "{verb}: {}", run.stderr);
        assert!(listener.accept().is_err(), "{verb} connected although the files are invalid");
    }
}

#[test]
fn texts_of_files_are_escaped_wherever_they_are_shown() {
    let sandbox = fleet_of("clinic: norrtull\nlabels: {region: \"a\u{1b}[31m\u{202e}b\"}\n");
    let run = sandbox.run(&["validate", "--color", "never"]);
    assert_eq!(run.code, Some(3));
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{}", run.stdout.escape_debug());
}
