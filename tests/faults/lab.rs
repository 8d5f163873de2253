//! A reference system, a proxy before it and clients of both, in this process.

use super::scene::{Scene, request};
use crate::client::clock::hooks;
use crate::support::fault_proxy::{FaultProxy, Taped};
use crate::support::http;
use crate::support::oracle::Entry;
use crate::support::sandbox::Sandbox;
use clinic_system::{ActorName, Config, Location, Running, Scope, Seed, Server};
use clinic_wire::Actor;
use clinicctl::client::{Client, Limits, Settings, SystemUrl, Token};
use clinicctl::diff::Members;
use clinicctl::domain::{ClinicId, DesiredFleet, LiveClinic};
use clinicctl::execute::{ClinicOutcome, Observed, Options};
use clinicctl::plan::{
    Assembled, ClinicPlan, GuardSettings, Header, Impact, PlanContext, RemainingWork, Replanned, Unread, Write,
    assemble, plan_clinic,
};
use clinicctl::rules::Policy;
use clinicctl::source::{SourceFile, SourceSet};
use clinicctl::{compile, execute};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;

/// Whose tokens a lab needs: of who applies, and of somebody in the console.
pub(super) const ACTORS: [(&str, Actor); 2] = [("config-pipeline", Actor::Service), ("karin.holm", Actor::Person)];

/// A system of many small clinics.
pub(super) struct Lab {
    pub(super) proxy: FaultProxy,
    pub(super) database: Location,
    pub(super) console: Console,
    /// Past the proxy.
    direct: Client,
    /// What the client calls itself by.
    pub(super) token: String,
    /// A token that can only read what a plan needs.
    pub(super) reader: String,
    _kept: Option<(Running, TempDir)>,
}

/// What a fleet of a few clinics says.
pub(super) struct Files {
    sources: SourceSet,
    fleet: DesiredFleet,
    members: Members,
    planned: Planned,
}

/// How clinics are planned again, where somebody writes to them during a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Planned {
    /// From the files.
    ByFiles,
    /// From a saved plan alone.
    Saved,
}

/// What one run did.
pub(super) struct Ran {
    /// What stands beside its writes in the change log.
    pub(super) reference: String,
    /// Nothing where the system could not be read.
    pub(super) assembled: Option<Assembled>,
    pub(super) outcomes: Vec<ClinicOutcome>,
    pub(super) tape: Vec<Taped>,
}

impl Lab {
    /// A system of these clinics.
    pub(super) async fn start(scenes: impl Iterator<Item = &Scene>) -> Self {
        let folder = folder();
        let seed = Some(Seed::parse(&seed(scenes)).expect("a seed"));
        let database = Location::from(folder.path().join("faulty.db").as_path());
        let listen = "127.0.0.1:0".parse().expect("an address");
        let config = Config { listen, database: database.clone(), seed, limits: Default::default() };
        let system = Server::start(config).await.expect("the system starts");
        let issue = |(name, kind), scopes: &[Scope]| {
            let name = ActorName::parse(name).expect("a name");
            system.issue_token(&name, kind, &scopes.iter().copied().collect()).expect("a token")
        };
        let tokens = ACTORS.map(|actor| issue(actor, &Scope::ALL));
        let reader = issue(("reviewer", Actor::Service), &[Scope::SettingsRead, Scope::DirectoryRead]);
        let proxy = FaultProxy::start(system.local_addr()).await;
        let root = format!("http://{}", system.local_addr());
        Self { _kept: Some((system, folder)), reader, ..Self::before(proxy, root, database, tokens) }
    }

    /// A system that somebody else started: behind this proxy, and past it at `root`. The tokens are of [`ACTORS`].
    pub(super) fn before(proxy: FaultProxy, root: String, database: Location, tokens: [String; 2]) -> Self {
        let http = http::client();
        let [token, person] = tokens;
        Self {
            direct: client(&root, &token, Limits::default()),
            console: Console { http, root, token: person },
            proxy,
            database,
            token,
            reader: String::new(),
            _kept: None,
        }
    }

    /// The clinics as they are now.
    pub(super) async fn live(&self, clinics: &[ClinicId]) -> BTreeMap<ClinicId, LiveClinic> {
        let read = self.direct.observe(clinics, |_, observed| observed).await.expect("the system can be read");
        read.into_iter()
            .map(|(clinic, observed)| match observed {
                Observed::Live(live) => (clinic, *live),
                other @ (Observed::Missing | Observed::Forbidden | Observed::Failed(_)) => {
                    panic!("{clinic}: {other:?}")
                }
            })
            .collect()
    }

    /// One more proxy before the same system.
    pub(super) async fn second_proxy(&self) -> FaultProxy {
        let root = self.console.root.trim_start_matches("http://");
        FaultProxy::start(root.parse().expect("an address")).await
    }

    /// The plan of these files, past the proxy.
    pub(super) async fn plan(&self, files: &Files) -> Assembled {
        files.plan(&self.direct).await.expect("the system can be read")
    }

    /// Plans and carries out the plan, through the proxy; returns when nothing of it is under way any more.
    pub(super) async fn run(&self, files: &Files, reference: &str) -> Ran {
        self.run_within(Limits::default(), files, reference).await
    }

    /// The same by somebody who waits so long for answers.
    pub(super) async fn run_within(&self, limits: Limits, files: &Files, reference: &str) -> Ran {
        run(client(&self.proxy.url(), &self.token, limits), &self.proxy, files, reference).await
    }

    /// The same through another proxy.
    pub(super) async fn run_through(&self, proxy: &FaultProxy, files: &Files, reference: &str) -> Ran {
        run(client(&proxy.url(), &self.token, Limits::default()), proxy, files, reference).await
    }
}

/// Every run is a process of its own, which remembers nothing: the client is a new one.
async fn run(client: Client, proxy: &FaultProxy, files: &Files, reference: &str) -> Ran {
    let assembled = files.plan(&client).await;
    let options = Options { reference: Some(reference.to_owned()), ..Options::default() };
    let outcomes = match &assembled {
        Some(Assembled { work, plan, .. }) => {
            let again = |rest: &RemainingWork<'_>, live: &LiveClinic| files.again(&plan.impact, rest, live);
            execute::run(&client, work, &again, &options, |_| ()).await
        }
        None => Vec::new(),
    };
    proxy.rest().await;
    Ran { reference: reference.to_owned(), assembled, outcomes, tape: proxy.take() }
}

/// A seed of these clinics.
pub(super) fn seed<'a>(scenes: impl Iterator<Item = &'a Scene>) -> String {
    json!({"system": "Faulty", "clinics": scenes.map(Scene::seed).collect::<Vec<_>>()}).to_string()
}

/// A folder in memory, where there is such a place: what is tried here is no disk.
fn folder() -> TempDir {
    let memory = tempfile::Builder::new().prefix("clinicctl-").tempdir_in("/dev/shm");
    memory.or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

fn client(root: &str, token: &str, limits: Limits) -> Client {
    let system = SystemUrl::parse(root).expect("an address");
    let settings = Settings { limits, hooks: hooks(&Arc::default()).0, ..Settings::default() };
    Client::connect(system, &Token::parse(token).expect("a token"), settings).expect("a client")
}

impl Files {
    pub(super) fn of(scenes: &[Scene]) -> Self {
        let fleet = json!({"fleet": "faulty", "languages": {"default": "sv", "required": ["sv"]}});
        let clinics = scenes.iter().map(|scene| (format!("{}.yaml", scene.clinic), scene.file()));
        let files = clinics.chain([("fleet.yaml".to_owned(), fleet)]);
        let file = |(path, text): (String, Value)| SourceFile {
            path: path.as_str().into(),
            text: text.to_string(),
            unreadable: None,
        };
        let sources = SourceSet::new(files.map(file).collect());
        let compiled = compile::compile(&sources, today());
        let fleet = compiled.fleet.unwrap_or_else(|| panic!("{:?}", compiled.findings));
        Self { sources, members: Members::of(&fleet), fleet, planned: Planned::ByFiles }
    }

    /// The same, as a run goes by them that was given their plan alone.
    pub(super) fn planned(self, planned: Planned) -> Self {
        Self { planned, ..self }
    }

    /// Writes them into a folder.
    pub(super) fn write(&self, sandbox: &Sandbox, folder: &str) {
        for file in self.sources.files() {
            sandbox.write(&format!("{folder}/{}", file.path), &file.text);
        }
    }

    async fn plan(&self, client: &Client) -> Option<Assembled> {
        let clinics: Vec<_> = self.fleet.clinics.keys().cloned().collect();
        let plans = client.observe(&clinics, |clinic, observed| self.plan_one(&clinic, observed)).await.ok()?;
        let header = Header {
            fleet: self.fleet.name.to_string(),
            system: client.system().origin(),
            reference: None,
            guards: GuardSettings::default(),
            findings: Vec::new(),
        };
        Some(assemble(header, plans.into_iter().map(|(_, plan)| plan).collect()))
    }

    /// What the binary answers when it is asked in the middle of a run.
    fn again(&self, shown: &Impact, rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned {
        let shown = shown.of_clinic(&live.clinic);
        match self.planned {
            Planned::ByFiles => {
                let again = self.plan_one(&live.clinic, Observed::Live(Box::new(live.clone())));
                rest.compare(&shown, live, again)
            }
            Planned::Saved => rest.compare_strictly(&shown, live, today()),
        }
    }

    fn plan_one(&self, clinic: &ClinicId, observed: Observed) -> ClinicPlan {
        let desired = &self.fleet.clinics[clinic];
        let context = PlanContext {
            sources: &self.sources,
            layers: &self.fleet.layers,
            members: &self.members,
            prune: true,
            today: today(),
        };
        match observed {
            Observed::Live(live) => plan_clinic(desired, &live, Policy::of(&self.fleet, desired), &context),
            Observed::Missing => ClinicPlan::unread(clinic, &Unread::Failed("missing".to_owned())),
            Observed::Forbidden => ClinicPlan::unread(clinic, &Unread::Forbidden),
            Observed::Failed(why) => ClinicPlan::unread(clinic, &Unread::Failed(why)),
        }
    }
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 22)
}

/// A person in the console, past the proxy.
#[derive(Clone)]
pub(super) struct Console {
    http: reqwest::Client,
    root: String,
    token: String,
}

impl Console {
    /// Somebody opens the clinic, changes this and saves. The system may refuse it, as it may refuse anybody.
    pub(super) async fn edit(&self, clinic: &ClinicId, write: &Write) {
        let revision = self.get(&format!("/clinics/{clinic}")).await["revision"].clone();
        let (resource, body) = request(write);
        let url = format!("{}/api/v1/clinics/{clinic}/{resource}", self.root);
        let request = match body {
            Some(body) => self.http.put(url).json(&body),
            None => self.http.delete(url),
        };
        let request = request.bearer_auth(&self.token).header("If-Match", format!("\"{revision}\""));
        request.send().await.expect("the system answers");
    }

    /// The change log of a clinic, oldest entry first.
    pub(super) async fn log(&self, clinic: &ClinicId) -> Vec<Entry> {
        let page = self.get(&format!("/clinics/{clinic}/changes?limit=500")).await;
        assert!(page["next_cursor"].is_null(), "more changes than a test makes");
        page["items"].as_array().expect("a list").iter().rev().map(Entry::of).collect()
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.http.get(format!("{}/api/v1{path}", self.root)).bearer_auth(&self.token);
        request.send().await.expect("the system answers").json().await.expect("JSON")
    }
}
