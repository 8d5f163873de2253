//! An apply of the real binary, killed at every moment of every request; and its system, likewise.
//!
//! Two small clinics with seven writes between them. Every case has clinics of its own on one system, and after each
//! the same is looked at as after every schedule: one more run finishes, a third writes nothing.

use super::judge::Judge;
use super::lab::{ACTORS, Files, Lab, Ran, seed};
use super::scene::{Scene, pair};
use crate::support::fault_proxy::{FaultProxy, Meddler, Moment, Untouched};
use crate::support::sandbox::Sandbox;
use crate::support::server::Server;
use clinic_system::{ActorName, Location, Scope, Verification, create_token, verify_log};
use clinicctl::domain::ClinicId;
use futures_util::future::BoxFuture;
use std::net::SocketAddr;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

/// More cases than a run of the two clinics has requests and moments.
const CASES: usize = 100;

/// When something is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct When {
    request: usize,
    moment: Moment,
}

impl When {
    /// Every moment of so many requests.
    fn all(requests: usize) -> impl Iterator<Item = Self> {
        (0..requests).flat_map(|request| Moment::ALL.map(|moment| Self { request, moment }))
    }
}

/// One case: two clinics, their files in a folder, and a judge.
struct Case<'a> {
    lab: &'a Lab,
    sandbox: &'a Sandbox,
    name: String,
    files: Files,
    judge: Judge<'a>,
    runs: usize,
}

impl<'a> Case<'a> {
    async fn new(lab: &'a Lab, sandbox: &'a Sandbox, number: usize) -> Self {
        let scenes = case(number);
        let files = Files::of(&scenes);
        let name = format!("case-{number}");
        files.write(sandbox, &name);
        let clinics: Vec<ClinicId> = scenes.iter().map(|scene| scene.clinic.clone()).collect();
        Self { lab, sandbox, name, files, judge: Judge::before(lab, &clinics).await, runs: 0 }
    }

    /// Applies, and judges. What the run gave, and how many requests it sent.
    async fn apply(&mut self, meddler: impl Meddler + 'static, pid: Option<Pid>) -> (Output, usize) {
        let assembled = self.lab.plan(&self.files).await;
        self.lab.proxy.follow(meddler);
        let reference = format!("run-{}", self.runs);
        self.runs += 1;
        let arguments = ["apply", &self.name, "--yes", "--prune", "--parallelism", "1", "--reference", &reference];
        let output = run(self.sandbox.command(&arguments), pid).await;
        self.lab.proxy.rest_after().await;
        let ran = Ran { reference, assembled: Some(assembled), outcomes: Vec::new(), tape: self.lab.proxy.take() };
        let wrong = self.judge.judge(&ran).await;
        assert!(wrong.is_empty(), "{}: {wrong:?}\n{}", self.name, said(&output));
        (output, ran.tape.len())
    }

    /// One more run finishes, and another writes nothing.
    async fn finish(&mut self) {
        let (output, _) = self.apply(Untouched, None).await;
        assert_eq!(output.status.code(), Some(0), "{}: {}", self.name, said(&output));
        let entries = self.judge.entries();
        let (output, _) = self.apply(Untouched, None).await;
        assert_eq!((output.status.code(), self.judge.entries()), (Some(0), entries), "{}", said(&output));
        assert!(self.lab.plan(&self.files).await.work.is_empty());
    }
}

fn case(number: usize) -> [Scene; 2] {
    pair(&format!("k{number}"))
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The process that a run is, known as soon as it runs.
type Pid = Arc<OnceLock<u32>>;

/// Runs a binary to its end, while this thread goes on with the system and the proxy.
pub(super) async fn run(mut command: Command, pid: Option<Pid>) -> Output {
    let running = tokio::task::spawn_blocking(move || {
        let process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        pid.map(|pid| pid.set(process.id()));
        process.wait_with_output().expect("the process ends")
    });
    running.await.expect("nobody panics")
}

/// Kills the run at its moment.
struct Killer {
    when: When,
    pid: Pid,
}

impl Meddler for Killer {
    fn at(&self, moment: Moment, request: usize) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if self.when == (When { request, moment }) {
                let killed = Command::new("/bin/kill").args(["-KILL", &self.pid.wait().to_string()]).status();
                assert!(killed.expect("kill runs").success());
            }
        })
    }
}

/// Every other run is killed a second time, in the run that would finish it.
#[test]
fn p07_kill_anywhere_one_more_run_finishes() {
    on_one_thread(async {
        let scenes: Vec<_> = (0..CASES).flat_map(case).collect();
        let lab = Lab::start(scenes.iter()).await;
        let sandbox = sandbox(&lab);
        let mut undisturbed = Case::new(&lab, &sandbox, 0).await;
        let (output, requests) = undisturbed.apply(Untouched, None).await;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let mut killed = 0;
        for (number, when) in (1..).zip(When::all(requests)) {
            let mut case = Case::new(&lab, &sandbox, number).await;
            killed += case.killed(when).await;
            let again = When { request: (when.request * 3 + 2) % requests, ..when };
            if number.is_multiple_of(2) {
                killed += case.killed(again).await;
            }
            case.finish().await;
        }
        assert!(killed > requests * Moment::ALL.len(), "only {killed} runs were killed");
        assert!(matches!(verify_log(lab.database.clone()).await, Ok(Verification::Whole { .. })));
    });
}

impl Case<'_> {
    /// Applies and kills; a run that has less to do may end before.
    async fn killed(&mut self, when: When) -> usize {
        let pid = Pid::default();
        let (output, _) = self.apply(Killer { when, pid: Arc::clone(&pid) }, Some(pid)).await;
        usize::from(output.status.code().is_none())
    }
}

fn sandbox(lab: &Lab) -> Sandbox {
    Sandbox::new().env("CLINICCTL_TOKEN", &lab.token).env("CLINICCTL_SYSTEM", &lab.proxy.url())
}

pub(super) fn on_one_thread<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(work)
}

/// A system that is killed at its moments, comes back on the same database, and listens elsewhere.
struct Revived {
    when: Vec<When>,
    server: Arc<Mutex<Server>>,
    sandbox: Arc<Sandbox>,
    before_it: [FaultProxy; 2],
    kills: Arc<Mutex<usize>>,
}

impl Meddler for Revived {
    fn at(&self, moment: Moment, request: usize) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if self.when.contains(&When { request, moment }) {
                self.kill();
            }
        })
    }
}

impl Revived {
    fn kill(&self) {
        let mut server = self.server.lock().expect("nobody panics");
        server.kill();
        *server = Server::start_on(&self.sandbox, "system.db", "seed.yaml");
        let address = listens(&server);
        self.before_it.iter().for_each(|proxy| proxy.moved(address));
        *self.kills.lock().expect("nobody panics") += 1;
    }

    fn at_moments(&self, when: Vec<When>) -> Self {
        let Self { when: _, server, sandbox, before_it, kills } = self;
        let (server, sandbox, kills) = (Arc::clone(server), Arc::clone(sandbox), Arc::clone(kills));
        Self { when, server, sandbox, before_it: before_it.clone(), kills }
    }
}

fn listens(server: &Server) -> SocketAddr {
    server.address.trim_start_matches("http://").parse().expect("an address")
}

/// In every other case the system is killed a second time, in the request after or in what is asked because of it.
#[test]
fn p14_what_was_answered_survives_a_killed_system_with_one_entry_each() {
    on_one_thread(async {
        let scenes: Vec<_> = (0..CASES).flat_map(case).collect();
        let sandbox = Sandbox::new();
        sandbox.write("seed.yaml", &seed(scenes.iter()));
        let server = Server::start_on(&sandbox, "system.db", "seed.yaml");
        let database = Location::from(sandbox.path("system.db").as_path());
        let address = listens(&server);
        let before_it = [FaultProxy::start(address).await, FaultProxy::start(address).await];
        let mut tokens = [String::new(), String::new()];
        for (token, (name, kind)) in tokens.iter_mut().zip(ACTORS) {
            let name = ActorName::parse(name).expect("a name");
            *token = create_token(&database, &name, kind, &Scope::ALL.into()).await.expect("a token");
        }
        let lab = Lab::before(before_it[0].clone(), before_it[1].url(), database, tokens);
        let runs = self::sandbox(&lab);
        let (server, kills) = (Arc::new(Mutex::new(server)), Arc::default());
        let revived = Revived { when: Vec::new(), server, sandbox: Arc::new(sandbox), before_it, kills };
        let mut undisturbed = Case::new(&lab, &runs, 0).await;
        let (_, requests) = undisturbed.apply(Untouched, None).await;
        for (number, when) in (1..).zip(When::all(requests)) {
            let mut case = Case::new(&lab, &runs, number).await;
            let again = number.is_multiple_of(2).then_some(When { request: when.request + 1, ..when });
            case.apply(revived.at_moments([when].into_iter().chain(again).collect()), None).await;
            case.finish().await;
        }
        let kills = *revived.kills.lock().expect("nobody panics");
        assert!(kills > requests * Moment::ALL.len(), "only {kills} kills");
        assert!(matches!(verify_log(lab.database.clone()).await, Ok(Verification::Whole { .. })));
    });
}
