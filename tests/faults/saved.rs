//! A saved plan, and whatever happens to it and to its clinics before it is applied.

use super::kills::{on_one_thread, run};
use super::lab::{Files, Lab};
use super::schedules::Schedule;
use crate::support::fault_proxy::Untouched;
use crate::support::sandbox::{Sandbox, TODAY};
use clinicctl::domain::{ClinicId, Revision};
use clinicctl::plan::SavedPlan;
use std::collections::BTreeMap;
use std::process::Output;

/// How many plans are saved and applied.
const PLANS: u64 = 24;

/// One saved plan.
struct Saved<'a> {
    lab: &'a Lab,
    sandbox: &'a Sandbox,
    schedule: &'a Schedule,
    file: String,
}

/// What applying a plan gave.
struct Applied {
    output: Output,
    /// What was written, in the order of the requests.
    writes: Vec<String>,
}

impl Saved<'_> {
    fn clinics(&self) -> Vec<ClinicId> {
        self.schedule.scenes.iter().map(|scene| scene.clinic.clone()).collect()
    }

    /// Makes the plan, and reads it as it was saved.
    async fn make(&self) -> SavedPlan {
        let folder = format!("files-{}", self.schedule.seed);
        Files::of(&self.schedule.scenes).write(self.sandbox, &folder);
        let planned = run(self.sandbox.command(&["plan", &folder, "--prune", "--out", &self.file]), None).await;
        assert_eq!(planned.status.code(), Some(0), "{planned:?}");
        SavedPlan::from_json(&self.sandbox.read(&self.file)).expect("it reads back")
    }

    async fn apply(&self, file: &str) -> Applied {
        self.lab.proxy.follow(Untouched);
        let output = run(self.sandbox.command(&["apply", file, "--yes", "--parallelism", "1"]), None).await;
        self.lab.proxy.rest_after().await;
        let writes = self.lab.proxy.take().into_iter().filter(|taped| !taped.is_read());
        let path = |first: &str| first.split(' ').nth(1).map(|path| path.replace("/api/v1/clinics/", ""));
        Applied { output, writes: writes.filter_map(|taped| path(&taped.request.first)).collect() }
    }

    /// Somebody edits what the schedule says; then the plan is applied as it is, or stops before its first write.
    async fn after_edits(&self, plan: &SavedPlan) {
        for edit in &self.schedule.script.edits {
            let (clinic, write) = edit.in_its_clinic(&self.clinics());
            self.lab.console.edit(&clinic, &write).await;
        }
        let now: BTreeMap<ClinicId, Revision> =
            self.lab.live(&self.clinics()).await.into_iter().map(|(clinic, live)| (clinic, live.revision)).collect();
        let stale = plan.work.iter().any(|work| now[&work.clinic] != work.revision);
        let steps = plan
            .work
            .iter()
            .flat_map(|work| work.steps.iter().map(|step| format!("{}/{}", work.clinic, step.write.resource())));
        let (code, writes) = if stale { (5, Vec::new()) } else { (0, steps.collect()) };
        let applied = self.apply(&self.file).await;
        let Applied { output, writes: written } = &applied;
        assert_eq!((output.status.code(), written), (Some(code), &writes), "{}: {output:?}", self.schedule.script);
    }

    /// A plan that somebody has touched is refused before the first request that could change anything.
    async fn after_touching(&self) {
        let text = self.sandbox.read(&self.file);
        let seed = usize::try_from(self.schedule.seed).unwrap_or_default();
        let at = (seed * 7919) % text.len();
        let changed = text.replacen("\"prune\": true", "\"prune\": false", 1);
        let renamed = text.replacen("clinicctl-plan/1", "clinicctl-plan/2", 1);
        let cut: String = text.chars().take(at).collect();
        let moved = text.replacen(&self.lab.proxy.url(), "https://elsewhere.example", 1);
        for (what, text) in [("changed", changed), ("renamed", renamed), ("cut", cut), ("moved", moved)] {
            let file = format!("{what}-{}", self.file);
            self.sandbox.write(&file, &text);
            let applied = self.apply(&file).await;
            assert_eq!(applied.output.status.code(), Some(5), "{what}: {:?}", applied.output);
            assert!(applied.writes.is_empty(), "{what}: {:?}", applied.writes);
        }
    }
}

#[test]
fn p03_a_saved_plan_is_applied_as_it_is_or_not_at_all() {
    assert_eq!(TODAY, "2026-11-22", "the day of the plans in this process");
    let schedules: Vec<_> = (50_000..50_000 + PLANS).map(Schedule::of).collect();
    on_one_thread(async {
        let lab = Lab::start(schedules.iter().flat_map(|schedule| &schedule.scenes)).await;
        let sandbox = Sandbox::new().env("CLINICCTL_TOKEN", &lab.token).env("CLINICCTL_SYSTEM", &lab.proxy.url());
        for schedule in &schedules {
            let file = format!("plan-{}.json", schedule.seed);
            let saved = Saved { lab: &lab, sandbox: &sandbox, schedule, file };
            let plan = saved.make().await;
            if schedule.seed.is_multiple_of(4) {
                saved.after_touching().await;
            }
            saved.after_edits(&plan).await;
        }
    });
}

#[test]
fn p02_a_plan_sends_nothing_but_get() {
    let schedule = Schedule::of(60_000);
    on_one_thread(async {
        let lab = Lab::start(schedule.scenes.iter()).await;
        let sandbox = Sandbox::new().env("CLINICCTL_TOKEN", &lab.reader).env("CLINICCTL_SYSTEM", &lab.proxy.url());
        Files::of(&schedule.scenes).write(&sandbox, "files");
        let before = lab.live(&[schedule.scenes[0].clinic.clone()]).await;
        for arguments in [&["plan", "files"][..], &["plan", "files", "--prune", "--out", "p.json", "-o", "json"]] {
            lab.proxy.follow(Untouched);
            let output = run(sandbox.command(arguments), None).await;
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            let tape = lab.proxy.take();
            assert!(tape.len() > 1 && tape.iter().all(|taped| taped.is_read()), "{tape:?}");
        }
        assert_eq!(lab.live(&[schedule.scenes[0].clinic.clone()]).await, before);
    });
}
