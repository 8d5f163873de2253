//! The progress line on a terminal: every wait stands there, fits, and ends with Ctrl-C.
#![cfg(target_os = "linux")]

use super::terminal::OnTerminal;
use super::tiny_system::{TinySystem, tiny_fleet};
use crate::client::raw::http;
use crate::support::sandbox::Sandbox;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every verb that talks to a system, where it finds the clinics and where it does not.
const VERBS: [&[&str]; 9] = [
    &["plan"],
    &["plan", "--clinic", "elsewhere"],
    &["apply", "--yes", "--accept", "clinics_changed"],
    &["why", "north/messaging/incoming.enabled"],
    &["why", "elsewhere/messaging/incoming.enabled"],
    &["can-i", "north-1", "respond", "--clinic", "north"],
    &["preview", "north", "--format", "text"],
    &["history"],
    &["history", "north"],
];

/// A system that asks at its request `number` for a wait of this many seconds, and the fleet for it.
fn asking(number: usize, seconds: usize) -> (Sandbox, TinySystem) {
    let requests = AtomicUsize::new(0);
    let answer = move |_: &str| {
        let asked = requests.fetch_add(1, Ordering::Relaxed) == number;
        asked.then(|| http(429, &format!("retry-after: {seconds}\r\n"), ""))
    };
    let system = TinySystem::start(answer);
    let sandbox = tiny_fleet().env("CLINICCTL_TOKEN", "canary").env("CLINICCTL_SYSTEM", &system.address);
    sandbox.write("clinics/elsewhere.yaml", "clinic: elsewhere\nmessaging: {incoming: {enabled: false}}\n");
    (sandbox, system)
}

/// How many requests a run of this verb takes.
fn requests(verb: &[&str]) -> usize {
    let (sandbox, system) = asking(usize::MAX, 0);
    sandbox.run_once(verb);
    system.take().len()
}

/// The lines that stood on the terminal, in which one that is drawn over another counts of its own.
fn lines(sent: &str) -> impl Iterator<Item = String> {
    sent.split(['\r', '\n']).map(without_escapes)
}

fn without_escapes(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |line, part| {
        line + part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').get(1..).unwrap_or_default()
    })
}

#[test]
fn every_wait_stands_on_the_terminal_and_ends_with_ctrl_c() {
    for verb in VERBS {
        let verb = &[verb, &["--parallelism", "1"]].concat();
        let requests = requests(verb);
        assert!(requests > 0, "{verb:?}");
        for number in 0..requests {
            // Longer than any test lasts, and within the budget.
            let (sandbox, system) = asking(number, 55);
            let mut run = OnTerminal::start(&sandbox, 80, verb);
            assert!(run.until("asked for it (429)"), "{verb:?}, request {number}: {}", run.sent());
            run.press(b"\x03");
            let (code, sent) = run.end();
            assert_eq!(code, Some(130), "{verb:?}, request {number}: {sent}");
            let told = lines(&sent).find(|line| line.contains("asked for it (429)")).expect("it stood there");
            assert!(told.starts_with("waiting "), "{verb:?}, request {number}: {told}");
            let alone = |line: String| line.find("error: ").is_none_or(|at| at == 0);
            assert!(
                lines(&sent).all(alone),
                "{verb:?}, request {number}: the line is gone before more is said: {sent}"
            );
            assert_eq!(system.take().len(), number + 1, "{verb:?}: nothing is sent after it");
        }
    }
}

#[test]
fn a_line_never_leaves_its_terminal_and_goes_when_it_is_over() {
    let verbs =
        [&["plan", "--clinic", "north", "-o", "json"][..], &["why", "north/messaging/incoming.enabled", "-o", "json"]];
    let started: Vec<_> = [80, 20].into_iter().flat_map(|columns| verbs.map(|verb| start(columns, verb))).collect();
    for Started { columns, verb, mut run, .. } in started {
        assert!(run.until("waiting "), "{verb:?}: {}", run.sent());
        let (code, sent) = run.end();
        assert_eq!(code, Some(0), "{sent}");
        let (drawn, result) = sent.split_once("{\r\n").expect("the document begins on a line of its own");
        assert!(drawn.ends_with('\r') || drawn.ends_with("\u{1b}[2K"), "the line is gone: {drawn:?}");
        assert!(!result.contains("waiting "), "{result:?}");
        let longest = lines(drawn).max_by_key(|line| line.chars().count()).expect("a line");
        assert!(longest.chars().count() <= columns, "{columns} columns: {longest:?}");
    }
}

/// A run that is asked to wait for two seconds.
struct Started {
    columns: usize,
    verb: &'static [&'static str],
    run: OnTerminal,
    _sandbox: Sandbox,
    _system: TinySystem,
}

fn start(columns: usize, verb: &'static [&'static str]) -> Started {
    let (sandbox, system) = asking(1, 2);
    Started { columns, verb, run: OnTerminal::start(&sandbox, columns, verb), _sandbox: sandbox, _system: system }
}
