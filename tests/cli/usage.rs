//! Wrong usage: exit 64, and never 2, which a pipeline would read as "there are changes".

use crate::support::sandbox::Sandbox;

#[test]
fn every_typing_error_exits_with_64_and_nothing_on_stdout() {
    let sandbox = Sandbox::with_real_fleet();
    let cases: &[&[&str]] = &[
        &[],
        &["plann"],
        &["plan", "--sytem", "embedded"],
        &["plan", "-o", "yaml"],
        &["plan", "--parallelism", "0"],
        &["plan", "--parallelism", "many"],
        &["plan", "-l", "region"],
        &["plan", "-l", "region=nowhere", "--system", "embedded"],
        &["plan", "--clinic", "[", "--system", "embedded"],
        &["plan", "--accept", "everything", "--system", "embedded"],
        &["plan", "--system", ""],
        &["plan", "--system", "ftp://clinics.example"],
        &["plan", "--system", "http://clinics.example"],
        &["plan", "--system", "https://user:word@clinics.example"],
        &["plan", "--system", "https://clinics.example"],
        &["plan", "--system", "https://clinics.example", "--token-file", "no-such-file"],
        &["apply", "--system", "embedded"],
        &["apply", "--system", "embedded", "--no-input"],
        &["can-i", "st-1009", "respond"],
        &["can-i", "st-1009", "read", "--clinic", "norrtull"],
        &["can-i", "st-1009", "respond", "--clinic", "Norr*"],
        &["can-i", "nobody", "respond", "--clinic", "norrtull"],
        &["can-i", "st-1009", "respond", "--clinic", "nowhere-at-all"],
        &["explain", "dead-buton"],
        &["schema"],
        &["schema", "clinics"],
        &["completions", "tcsh"],
        &["show"],
        &["serve", "--listen", "everywhere"],
        &["serve", "token", "--scope", "settings:all"],
    ];
    for arguments in cases {
        let run = sandbox.run(arguments);
        assert_eq!(run.code, Some(64), "{arguments:?}: {}{}", run.stdout, run.stderr);
        assert!(!run.stderr.is_empty(), "{arguments:?} says why");
    }
}

#[test]
fn an_unknown_rule_is_answered_with_the_nearest_one() {
    let run = Sandbox::new().run(&["explain", "dead-buton"]);
    assert!(run.stderr.contains("did you mean `dead-button`?"), "{}", run.stderr);
}

#[test]
fn without_an_address_the_ways_to_give_one_are_named() {
    let sandbox = Sandbox::with_real_fleet();
    sandbox.edit("clinics/fleet.yaml", "\nsystem: embedded", "\n#");
    insta::assert_snapshot!(sandbox.transcript(&[&["plan"]]));
}

#[test]
fn a_pipeline_that_lost_its_address_does_not_get_the_embedded_system() {
    for (name, value) in [("CI", "true"), ("CLINICCTL_TOKEN", "token-of-a-pipeline"), ("CLINICCTL_SYSTEM", "")] {
        let sandbox = Sandbox::with_real_fleet().env(name, value);
        let run = sandbox.run(&["apply", "--yes"]);
        assert_eq!(run.code, Some(64), "{name}: {}", run.stderr);
        assert!(run.stderr.contains("--system"), "{name}: {}", run.stderr);
        assert!(!sandbox.path(".clinicctl").exists(), "{name}: no local system was started");
    }
}

#[test]
fn help_version_completions_and_the_manual_page_are_results() {
    let sandbox = Sandbox::new();
    for arguments in
        [&["--help"][..], &["plan", "--help"], &["--version"], &["man"], &["completions", "bash"], &["explain"]]
    {
        let run = sandbox.run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(run.stdout.contains("clinicctl") || run.stdout.contains("dead-button"), "{arguments:?}");
    }
}

#[test]
fn every_rule_can_be_explained() {
    let sandbox = Sandbox::new();
    for rule in clinicctl::rules::ALL {
        let run = sandbox.run(&["explain", rule.name]);
        assert_eq!(run.code, Some(0), "{}", rule.name);
        assert!(run.stdout.contains(rule.name) && run.stdout.contains(rule.says), "{}", run.stdout);
    }
}
