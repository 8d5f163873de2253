//! Two applies of different commits at once, their requests in any order.

use super::judge::Judge;
use super::kills::{on_one_thread, run};
use super::lab::{Files, Lab, Planned, Ran};
use super::scene::{Scene, scene};
use super::schedules::{draw, runner};
use crate::support::fault_proxy::{FaultProxy, Meddler, Moment, Untouched};
use crate::support::sandbox::Sandbox;
use clinicctl::domain::ClinicId;
use futures_util::future::{BoxFuture, join};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::process::Output;
use std::sync::{Arc, Mutex};

/// Rounds in this process.
const ROUNDS: u64 = 150;
/// Rounds of the real binary.
const REAL_ROUNDS: u64 = 12;

/// Which of the two.
type Side = usize;

/// Whose turn it is, until the turns are used up.
#[derive(Clone, Default)]
struct Turns(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    turns: VecDeque<Side>,
    ended: [bool; 2],
}

impl Turns {
    fn new(turns: Vec<Side>) -> Self {
        Self(Arc::new(Mutex::new(Inner { turns: turns.into(), ended: [false; 2] })))
    }

    /// Ready when it is this side's turn, which may go at once where the other has ended.
    async fn wait(&self, side: Side) {
        while !self.may_go(side) {
            tokio::task::yield_now().await;
        }
    }

    fn may_go(&self, side: Side) -> bool {
        let inner = self.0.lock().expect("nobody panics");
        inner.ended[1 - side] || inner.turns.front().is_none_or(|turn| *turn == side)
    }

    fn took(&self, side: Side) {
        let mut inner = self.0.lock().expect("nobody panics");
        if inner.turns.front() == Some(&side) {
            inner.turns.pop_front();
        }
    }

    fn ended(&self, side: Side) {
        self.0.lock().expect("nobody panics").ended[side] = true;
    }
}

/// Lets the requests of one side through in its turns.
struct InTurn(Turns, Side);

impl Meddler for InTurn {
    fn at(&self, moment: Moment, _number: usize) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            match moment {
                Moment::Arrived => self.0.wait(self.1).await,
                Moment::Told => self.0.took(self.1),
                Moment::Knocked | Moment::Sent | Moment::Answered => {}
            }
        })
    }
}

/// The same clinics as two commits want them, and the order of the requests.
struct Race {
    seed: u64,
    commits: [Vec<Scene>; 2],
    turns: Vec<Side>,
}

impl Race {
    fn of(seed: u64) -> Self {
        let mut runner = runner(seed ^ 0x7ACE);
        let scenes: Vec<_> = (0..=seed % 2).map(|at| draw(&scene(format!("r{seed}-{at}")), &mut runner)).collect();
        let others = scenes.iter().map(|scene| scene.wanted_otherwise(&mut runner)).collect();
        let turns = draw(&prop::collection::vec(0..2_usize, 40), &mut runner);
        Self { seed, commits: [scenes, others], turns }
    }

    fn clinics(&self) -> Vec<ClinicId> {
        self.commits[0].iter().map(|scene| scene.clinic.clone()).collect()
    }

    /// After both: the first commit once more finishes, and again writes nothing.
    async fn finish(&self, lab: &Lab, judge: &mut Judge<'_>) {
        let files = Files::of(&self.commits[0]);
        lab.proxy.follow(Untouched);
        let ran = lab.run(&files, "after").await;
        self.assert(judge.judge(&ran).await);
        self.assert(ran.outcomes.iter().filter(|outcome| outcome.stop.is_some()).map(|it| format!("{it:?}")).collect());
        let again = lab.run(&files, "again").await;
        self.assert(again.tape.iter().filter(|taped| !taped.is_read()).map(ToString::to_string).collect());
    }

    fn assert(&self, wrong: Vec<String>) {
        assert!(wrong.is_empty(), "race {}, in turns {:?}:\n{}", self.seed, self.turns, wrong.join("\n"));
    }
}

#[test]
fn two_applies_at_once_lose_nothing_and_tell_the_truth() {
    let races: Vec<_> = (0..ROUNDS).map(Race::of).collect();
    on_one_thread(async {
        let lab = Lab::start(races.iter().flat_map(|race| &race.commits[0])).await;
        let second = lab.second_proxy().await;
        let mut conflicts = 0;
        for race in &races {
            let mut judge = Judge::before(&lab, &race.clinics()).await;
            let ran = race.in_this_process(&lab, &second).await;
            race.assert(judge.judge_all(&[&ran[0], &ran[1]]).await);
            conflicts += ran.iter().flat_map(|ran| &ran.outcomes).filter(|outcome| outcome.stop.is_some()).count();
            race.finish(&lab, &mut judge).await;
        }
        assert!(conflicts * 4 > races.len(), "only {conflicts} clinics were in each other's way");
    });
}

impl Race {
    async fn in_this_process(&self, lab: &Lab, second: &FaultProxy) -> [Ran; 2] {
        let turns = Turns::new(self.turns.clone());
        let proxies = [&lab.proxy, second];
        let runs = [0, 1].map(|side| {
            proxies[side].follow(InTurn(turns.clone(), side));
            let planned = if self.seed % 4 == 3 { Planned::Saved } else { Planned::ByFiles };
            let (files, turns) = (Files::of(&self.commits[side]).planned(planned), turns.clone());
            async move {
                let ran = lab.run_through(proxies[side], &files, REFERENCES[side]).await;
                turns.ended(side);
                ran
            }
        });
        let [first, second] = runs;
        let (first, second) = join(first, second).await;
        [first, second]
    }
}

/// What stands beside the writes of each side.
const REFERENCES: [&str; 2] = ["commit-a", "commit-b"];

#[test]
fn two_real_runs_at_once_lose_nothing_and_report_what_the_log_says() {
    let races: Vec<_> = (ROUNDS..ROUNDS + REAL_ROUNDS).map(Race::of).collect();
    on_one_thread(async {
        let lab = Lab::start(races.iter().flat_map(|race| &race.commits[0])).await;
        let proxies = [lab.proxy.clone(), lab.second_proxy().await];
        let sandbox = Sandbox::new().env("CLINICCTL_TOKEN", &lab.token);
        for race in &races {
            race.really(&lab, &proxies, &sandbox).await;
        }
    });
}

impl Race {
    async fn really(&self, lab: &Lab, proxies: &[FaultProxy; 2], sandbox: &Sandbox) {
        let mut judge = Judge::before(lab, &self.clinics()).await;
        let turns = Turns::new(self.turns.clone());
        let runs = [0, 1].map(|side| {
            proxies[side].follow(InTurn(turns.clone(), side));
            let (files, folder) = (Files::of(&self.commits[side]), format!("race-{}-{side}", self.seed));
            files.write(sandbox, &folder);
            let (url, turns) = (proxies[side].url(), turns.clone());
            let common = ["apply", &folder, "--yes", "--prune", "-o", "json"];
            let arguments = [&common[..], &["--reference", REFERENCES[side], "--system", &url]].concat();
            let command = sandbox.command(&arguments);
            async move {
                let output = run(command, None).await;
                turns.ended(side);
                proxies[side].rest_after().await;
                output
            }
        });
        let [first, second] = runs;
        let (first, second) = join(first, second).await;
        let wrong = [self.told(lab, 0, &first).await, self.told(lab, 1, &second).await].concat();
        self.assert(wrong);
        judge.skip().await;
        self.finish(lab, &mut judge).await;
    }

    /// What a report says was done was done, and what was done is in the report.
    async fn told(&self, lab: &Lab, side: Side, output: &Output) -> Vec<String> {
        let said = String::from_utf8_lossy(&output.stderr);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
        let mut wrong = Vec::new();
        for clinic in self.clinics() {
            let log = lab.console.log(&clinic).await;
            let ours = log.iter().filter(|entry| entry.reference.as_deref() == Some(REFERENCES[side]));
            let mut logged: Vec<_> = ours.map(|entry| format!("{clinic}/{}", entry.resource)).collect();
            let mut done = done(&report, clinic.as_str());
            logged.sort();
            done.sort();
            if logged != done {
                wrong.push(format!("side {side} reports {done:?}; the log says {logged:?}: {report:#}"));
            }
        }
        let stopped = report["summary"]["clinics_stopped"] != 0 || report["plan"]["blocked"] != json!([]);
        if (output.status.code() == Some(0)) == stopped {
            wrong.push(format!("side {side} ends with {:?}: {report:#}", output.status));
        }
        wrong
    }
}

/// The addresses that a report calls done in this clinic.
fn done(report: &Value, clinic: &str) -> Vec<String> {
    let clinics = report["clinics"].as_array().into_iter().flatten();
    let steps = clinics.filter(|outcome| outcome["clinic"] == clinic).filter_map(|outcome| outcome["steps"].as_array());
    let done = steps.flatten().filter(|step| step["outcome"] == "done").map(|step| &step["change"]);
    let changes = report["plan"]["changes"].as_array().into_iter().flatten();
    let address =
        |id: &Value| changes.clone().find(|change| change["id"] == *id).map(|change| change["address"].clone());
    done.filter_map(address).map(|address| address.as_str().unwrap_or_default().to_owned()).collect()
}
