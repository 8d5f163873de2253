//! Thousands of schedules: what a run does while requests, answers and edits go wrong, and what the next runs make of it.

use super::judge::Judge;
use super::kills::on_one_thread;
use super::lab::{Console, Files, Lab, Planned, Ran};
use super::scene::{Scene, scene};
use super::script::{Edit, Script, script};
use crate::support::fault_proxy::{Fault, Meddler, Message, Moment, Untouched};
use crate::support::world::tried;
use clinic_system::{Verification, verify_log};
use clinicctl::domain::ClinicId;
use futures_util::future::BoxFuture;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// How many clinics schedules have, in turn.
const CLINICS: [usize; 6] = [1, 2, 1, 2, 1, 3];

/// A few clinics, and what goes wrong while they are applied.
pub(super) struct Schedule {
    pub(super) seed: u64,
    pub(super) scenes: Vec<Scene>,
    pub(super) script: Script,
}

/// What a schedule came to.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Came {
    /// It had work to do.
    pub(super) planned: bool,
    /// Something was left for the second run.
    pub(super) disturbed: bool,
    /// At the end no rule blocks a clinic.
    pub(super) whole: bool,
    /// Entries in the change log.
    pub(super) entries: u64,
}

impl Schedule {
    /// The schedule of a seed, the same on every machine.
    pub(super) fn of(seed: u64) -> Self {
        let mut runner = runner(seed);
        let clinics = CLINICS[usize::try_from(seed).unwrap_or_default() % CLINICS.len()];
        let scenes = (0..clinics).map(|at| draw(&scene(format!("s{seed}-{at}")), &mut runner)).collect();
        let script = draw(&script(), &mut runner);
        Self { seed, scenes, script }
    }

    fn clinics(&self) -> Vec<ClinicId> {
        self.scenes.iter().map(|scene| scene.clinic.clone()).collect()
    }

    /// Runs it: once with everything that goes wrong, then twice in peace.
    ///
    /// # Panics
    /// With the seed and the script, where anything is not as promised.
    pub(super) async fn run(&self, lab: &Lab) -> Came {
        let clinics = self.clinics();
        // Every fifth run has a saved plan and no files.
        let planned = if self.seed % 5 == 4 { Planned::Saved } else { Planned::ByFiles };
        let files = Files::of(&self.scenes).planned(planned);
        let mut judge = Judge::before(lab, &clinics).await;
        lab.proxy.follow(Scripted::new(&self.script, lab.console.clone(), clinics.clone()));
        let first = lab.run_within(self.script.limits(), &files, "first").await;
        self.assert(judge.judge(&first).await, "during the first run");

        lab.proxy.follow(Untouched);
        let second = lab.run(&files, "second").await;
        self.assert(judge.judge(&second).await, "during the second run");
        let stopped = second.outcomes.iter().filter(|outcome| outcome.stop.is_some()).map(|it| format!("{it:?}"));
        self.assert(stopped.collect(), "the second run does not finish");

        let third = lab.run(&files, "third").await;
        let writes = third.tape.iter().filter(|taped| !taped.is_read()).map(|taped| taped.request.first.clone());
        self.assert(writes.collect(), "a third run writes");
        let third = third.assembled.expect("nothing keeps it from being planned");
        let left = third.work.iter().map(|work| format!("{work:?}")).collect();
        self.assert(left, "a third run has something to do");
        Came {
            planned: has_work(&first) || has_work(&second),
            disturbed: has_work(&second),
            whole: third.plan.blocked.is_empty(),
            entries: judge.entries(),
        }
    }

    fn assert(&self, wrong: Vec<String>, when: &str) {
        let Self { seed, scenes: _, script } = self;
        assert!(wrong.is_empty(), "schedule {seed}, {when}:\n{}\nreplay: {script}", wrong.join("\n"));
    }
}

/// What draws from strategies, the same for the same seed on every machine.
pub(super) fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(tried(1), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

pub(super) fn draw<T: Strategy>(strategy: &T, runner: &mut TestRunner) -> T::Value {
    strategy.new_tree(runner).expect("there are such").current()
}

fn has_work(ran: &Ran) -> bool {
    ran.assembled.as_ref().is_some_and(|assembled| !assembled.work.is_empty())
}

/// Does what a script says.
struct Scripted {
    faults: Vec<(usize, Fault)>,
    edits: Vec<(usize, (ClinicId, clinicctl::plan::Write))>,
    console: Console,
}

impl Scripted {
    fn new(script: &Script, console: Console, clinics: Vec<ClinicId>) -> Self {
        let edit = |edit: &Edit| (edit.at, edit.in_its_clinic(&clinics));
        Self { faults: script.faults.clone(), edits: script.edits.iter().map(edit).collect(), console }
    }
}

impl Meddler for Scripted {
    fn fault(&self, number: usize, _request: &Message) -> Fault {
        self.faults.iter().find(|(at, _)| *at == number).map_or(Fault::NONE, |(_, fault)| *fault)
    }

    fn at(&self, moment: Moment, number: usize) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let now = self.edits.iter().filter(|(at, _)| moment == Moment::Arrived && *at == number);
            for (_, (clinic, write)) in now {
                self.console.edit(clinic, write).await;
            }
        })
    }
}

/// Runs these schedules on one system.
async fn run_all(schedules: &[Schedule]) -> Vec<Came> {
    let lab = Lab::start(schedules.iter().flat_map(|schedule| &schedule.scenes)).await;
    let mut came = Vec::new();
    for schedule in schedules {
        came.push(schedule.run(&lab).await);
    }
    let entries = came.iter().map(|came| came.entries).sum();
    assert_eq!(verify_log(lab.database.clone()).await.expect("a log"), Verification::Whole { entries });
    came
}

/// Scripts that once found something, here or in the judge, as they were printed.
#[test]
fn what_was_found_once_stays_found() {
    use crate::support::fault_proxy::{Back::*, Said::*, Way::*, Which::*};
    let again = [
        (
            17,
            Script {
                faults: vec![
                    (12, Fault { way: Twice(Second), back: Say(Body("[1,")) }),
                    (9, Fault { way: Stop, back: Say(ComeBack(503, "Sun, 06 Nov 1994 08:49:37 GMT")) }),
                    (14, Fault { way: Pass, back: Say(LoginPage) }),
                ],
                edits: vec![],
            },
        ),
        (
            1929,
            Script {
                faults: vec![
                    (17, Fault { way: Twice(First), back: Say(LoginPage) }),
                    (14, Fault { way: Delay(1), back: Cut(41) }),
                    (15, Fault { way: Stop, back: Lose }),
                ],
                edits: vec![
                    Edit::of(11, 1, r#"{"delete_button":"book"}"#),
                    Edit::of(14, 1, r#"{"delete_button":"renew"}"#),
                ],
            },
        ),
    ];
    let again: Vec<_> = again.into_iter().map(|(seed, script)| Schedule { script, ..Schedule::of(seed) }).collect();
    on_one_thread(run_all(&again));
}

/// How many schedules are tried.
const SCHEDULES: u64 = 2_000;
/// How many threads share them, each with a system of its own.
const THREADS: u64 = 2;

/// P4, P5, P6, P7, P8 and P14 at once, on every schedule.
#[test]
fn whatever_goes_wrong_on_the_way_one_more_run_finishes_and_nothing_is_lost() {
    let share =
        |thread| (0..SCHEDULES).filter(move |seed| seed % THREADS == thread).map(Schedule::of).collect::<Vec<_>>();
    let thread = |thread| std::thread::spawn(move || on_one_thread(run_all(&share(thread))));
    let threads: Vec<_> = (0..THREADS).map(thread).collect();
    let came = threads.into_iter().flat_map(|thread| thread.join().expect("every schedule ends well"));
    let came: Vec<_> = came.collect();
    let count = |which: fn(&Came) -> bool| came.iter().filter(|came| which(came)).count();
    // Else the schedules try too little of what they are for.
    let (planned, disturbed, whole) =
        (count(|came| came.planned), count(|came| came.disturbed), count(|came| came.whole));
    let few =
        format!("{planned} had work, {disturbed} left some for the second run, {whole} ended with no clinic blocked");
    assert!(planned * 100 > came.len() * 95 && disturbed * 4 > came.len() && whole * 2 > came.len(), "{few}");
}
