//! What a system can do wrong, as tables: one fault, one run of the real binary, and then its exit code, what it says,
//! and how many requests the system got.
//!
//! The runs try nothing again (`--retry-budget 0`), except in the tables of faults that pass; how often and how long a
//! client waits is in `patience`, with a clock that nobody waits for, and what never answers at all is in `faults`.

mod read;
mod root;
mod snapshot;
pub(crate) mod tiny;
mod write;

use super::fake::TOKEN;
use super::raw;
use super::raw::Reply;
use crate::support::sandbox::{Run, Sandbox};
use std::sync::atomic::{AtomicUsize, Ordering};
use tiny::Tiny;

/// A fault: its name and its answer; then the exit code, a part of what is said, and the number of requests.
type Row = (&'static str, Reply, i32, &'static str, usize);

/// Where and when the system misbehaves.
#[derive(Clone, Copy)]
struct Spot {
    verb: &'static str,
    /// How the request begins.
    place: &'static str,
    when: When,
    /// Whether the system does what it is asked before it answers like this.
    does: bool,
    /// Whether somebody else changes `north` just before it is written.
    edited: bool,
    snapshot: bool,
}

#[derive(Clone, Copy)]
enum When {
    Always,
    /// The first time; then the run tries again.
    Once,
    /// From the second time on.
    Later,
}

const PLAN: Spot =
    Spot { verb: "plan", place: "GET /api/v1 ", when: When::Always, does: false, edited: false, snapshot: false };
const APPLY: Spot = Spot { verb: "apply", place: "PUT /api/v1/clinics/north/", ..PLAN };

impl Spot {
    fn hit(&self, request: &str, before: &AtomicUsize) -> bool {
        if !request.starts_with(self.place) {
            return false;
        }
        let earlier = before.fetch_add(1, Ordering::SeqCst);
        match self.when {
            When::Always => true,
            When::Once => earlier == 0,
            When::Later => earlier > 0,
        }
    }

    fn arguments(&self) -> Vec<&'static str> {
        let budget = if matches!(self.when, When::Once) { "60s" } else { "0" };
        let mut arguments = vec![self.verb, "--parallelism", "1", "--retry-budget", budget];
        if self.verb == "apply" {
            arguments.extend(["--yes", "--accept", "clinics_changed"]);
        }
        arguments
    }
}

async fn check(spot: Spot, rows: Vec<Row>) {
    for (name, reply, exit, says, asked) in rows {
        let (run, requests) = run(spot, reply).await;
        let said = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(run.code, Some(exit), "{name}: {said}\n{requests:#?}");
        // Where a line is broken to be read is not what is asked here.
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat(&said).contains(&flat(says)), "{name} does not say {says:?}: {said}");
        assert_eq!(requests.len(), asked, "{name}: {requests:#?}");
        assert!(!said.contains(TOKEN), "{name} tells the token: {said}");
        assert!(said.chars().all(|character| character == '\n' || !character.is_control()), "{name}: {said:?}");
    }
}

/// One run against one fault, with the first lines of the requests that it made.
async fn run(spot: Spot, reply: Reply) -> (Run, Vec<String>) {
    let (system, before) = (Tiny::new(spot.snapshot), AtomicUsize::new(0));
    let answer = move |request: &str| {
        if spot.edited && request.starts_with(APPLY.place) {
            return raw::http(412, "", "");
        }
        let hit = spot.hit(request, &before);
        let usual = (!hit || spot.does).then(|| system.answer(request));
        usual.filter(|_| !hit).unwrap_or_else(|| reply.clone())
    };
    let (requests, root) = raw::start(answer).await;
    let sandbox = Sandbox::new().env("CLINICCTL_TOKEN", TOKEN).env("CLINICCTL_SYSTEM", &root);
    for (file, text) in tiny::FILES {
        sandbox.write(file, text);
    }
    let run = tokio::task::spawn_blocking(move || sandbox.run(&spot.arguments())).await.expect("a run");
    let requests = requests.lock().expect("not poisoned");
    (run, requests.iter().map(|request| request.lines().next().unwrap_or_default().to_owned()).collect())
}

#[test]
fn the_tables_hold_at_least_sixty_faults() {
    let tables = [
        root::faults(),
        root::passing(),
        read::clinic(),
        read::staff(),
        snapshot::faults(),
        snapshot::passing(),
        write::refused(),
        write::passing(),
        write::lost(),
        write::nothing_done(),
        write::read_back(),
        write::read_again(),
    ];
    let names: std::collections::BTreeSet<_> = tables.iter().flatten().map(|(name, ..)| name).collect();
    assert_eq!(names.len(), tables.iter().map(Vec::len).sum::<usize>(), "each fault has a name of its own");
    assert!(names.len() >= 60, "{}", names.len());
}
