//! A second implementation of the Clinic Settings API, written from the contract alone.
//!
//! It shares no code and no habit with the reference system: no snapshot, small pages whatever is asked for, cursors
//! that nobody can read, revisions that jump, lists in another order than they were written in, unknown fields
//! everywhere, cookies, problem documents with slugs of its own. It keeps to the contract, though: what the contract
//! refuses it refuses.

mod read;
mod write;

use super::judged;
use super::oracle::{Entry, rewind};
use super::recording::{Asked, LONGEST, Recording, serve};
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use clinicctl::domain::Directory;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

/// The one token that it accepts.
pub(crate) const TOKEN: &str = "second-canary-2718281828";
/// The most people on a page, whatever is asked for.
pub(crate) const PAGE: usize = 7;
/// Where its API lies: below a prefix, as behind a gateway.
const PREFIX: &str = "/region/east/api/v1";

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// It is answered.
    Answer,
    /// It is refused with this status and does nothing.
    Refuse(u16),
    /// It waits until the test lets it go, and is answered then.
    Hold,
    /// Somebody else changes the clinic just before it: its switch of professional-initiated conversations.
    EditBefore,
    /// Somebody else gives the clinic's first button another title just before it.
    RenameBefore,
    /// Somebody else deletes the clinic's first button just before it.
    DeleteBefore,
    /// Somebody else changes the clinic and takes it back just before it: it has moved, and is as it was.
    TouchBefore,
    /// The last of the clinic's people leaves just before it.
    LeaveBefore,
    /// It is answered, and somebody else changes the same thing just afterwards.
    EditAfter,
    /// It is answered as done, with a new revision, and is not done.
    Forget,
}

/// What happens to each request; the number counts the requests with the same method and path.
type Script = Box<dyn Fn(&Asked) -> Act + Send + Sync>;

/// A running system; it ends with this value.
pub(crate) struct SecondSystem {
    pub(crate) address: String,
    pub(crate) recording: Recording,
    shared: Arc<Shared>,
    held: mpsc::Receiver<()>,
    _runtime: Runtime,
}

struct Shared {
    clinics: Mutex<BTreeMap<String, Clinic>>,
    recording: Recording,
    script: Mutex<Script>,
    /// What the root says beside or in place of what it always says.
    root: Mutex<Value>,
    holding: mpsc::Sender<()>,
    released: Semaphore,
}

/// One clinic as this system keeps it.
#[derive(Debug, Clone)]
struct Clinic {
    name: Value,
    hsa_id: Value,
    revision: u64,
    /// By the name of the direction in an answer.
    messaging: BTreeMap<String, Value>,
    buttons: Vec<Value>,
    staff: Vec<Value>,
    /// What was changed, oldest first.
    log: Vec<Value>,
    /// The last revisions before a run began.
    begun: Vec<u64>,
}

impl Drop for SecondSystem {
    /// Judges what every run wrote.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let wrong: Vec<_> = lock(&self.shared.clinics).values().flat_map(Clinic::wrong).collect();
            assert!(wrong.is_empty(), "a write of ours broke what may never break:\n{}", wrong.join("\n"));
        }
    }
}

impl SecondSystem {
    /// Starts a system of these clinics, given as a seed describes them.
    pub(crate) fn start(clinics: &[Value]) -> Self {
        let clinics = clinics.iter().map(|seed| (text(&seed["clinic"]), Clinic::of(seed))).collect();
        let (holding, held) = mpsc::channel();
        let recording = Recording::default();
        let shared = Arc::new(Shared {
            clinics: Mutex::new(clinics),
            recording: recording.clone(),
            script: Mutex::new(Box::new(|_| Act::Answer)),
            root: Mutex::new(json!({})),
            holding,
            released: Semaphore::new(0),
        });
        let (runtime, address) = serve(Router::new().fallback(answer).with_state(Arc::clone(&shared)));
        Self { address: format!("http://{address}/region/east"), recording, shared, held, _runtime: runtime }
    }

    /// From now on every request goes by this script.
    pub(crate) fn follow(&self, script: impl Fn(&Asked) -> Act + Send + Sync + 'static) {
        *lock(&self.shared.script) = Box::new(script);
    }

    /// From now on the root says these fields too.
    pub(crate) fn say_of_itself(&self, fields: Value) {
        *lock(&self.shared.root) = fields;
    }

    /// A clinic is put back to an earlier state, in which it had the same revision and no such entry in its log: its
    /// first button had another title.
    pub(crate) fn put_back(&self, clinic: &str) {
        self.shared.edit(clinic, |clinic| clinic.buttons[0]["title"]["sv"] = json!("From the backup"));
    }

    /// Somebody changes a clinic and takes it back.
    pub(crate) fn touch(&self, clinic: &str) {
        self.shared.edit(clinic, |clinic| clinic.revision += 1);
    }

    /// The last of a clinic's people is somebody of these facts from now on.
    pub(crate) fn last_one_becomes(&self, clinic: &str, facts: &Value) {
        self.shared.edit(clinic, |clinic| {
            let person = clinic.staff.last_mut().expect("people");
            for (key, value) in facts.as_object().expect("facts") {
                person[key] = value.clone();
            }
        });
    }

    /// Somebody begins to work at a clinic.
    pub(crate) fn somebody_comes(&self, clinic: &str, person: &Value) {
        self.shared.edit(clinic, |clinic| clinic.staff.push(person.clone()));
    }

    /// The title that a clinic's first button has in Swedish.
    pub(crate) fn first_title(&self, clinic: &str) -> String {
        text(&lock(&self.shared.clinics)[clinic].buttons[0]["title"]["sv"])
    }

    /// The last of a clinic's people leaves.
    pub(crate) fn last_one_leaves(&self, clinic: &str) {
        self.shared.edit(clinic, Clinic::last_one_leaves);
    }

    /// Returns when a request is being held.
    pub(crate) fn wait_until_held(&self) {
        self.held.recv().expect("the system runs");
    }

    /// Lets all held requests go, and all that would be held from now on.
    pub(crate) fn release(&self) {
        self.shared.released.close();
    }
}

impl Clinic {
    /// What a seed leaves out is as a new clinic has it.
    fn of(seed: &Value) -> Self {
        let direction = |name: &str| {
            let said = &seed["messaging"][name];
            let nobody = json!({"enabled": false, "accessible_to": []});
            (name.to_owned(), if said.is_null() { nobody } else { said.clone() })
        };
        let list = |name: &str| seed[name].as_array().cloned().unwrap_or_default();
        let button = |mut button: Value| {
            if button["shown_in"].is_null() {
                button["shown_in"] = json!(["web", "app"]);
            }
            button
        };
        Self {
            name: seed["name"].clone(),
            hsa_id: seed["hsa_id"].clone(),
            revision: 90_001,
            messaging: ["incoming", "healthcare_initiated"].map(direction).into(),
            buttons: list("buttons").into_iter().map(button).collect(),
            staff: list("staff"),
            log: Vec::new(),
            begun: Vec::new(),
        }
    }

    fn wrong(&self) -> Vec<String> {
        let log: Vec<_> = self.log.iter().map(Entry::of).collect();
        let state = judged::state(json!({"messaging": self.messaging, "buttons": self.buttons}));
        let directory = Directory::new(self.staff.iter().map(judged::person).collect());
        judged::wrong(&rewind(&state, &log), &self.begun, &directory)
    }

    /// Somebody at the console, who is not us.
    fn edited_in_the_console(&mut self) {
        for name in ["incoming", "healthcare-initiated"] {
            write::by_karin(self, &["messaging", name], |clinic| {
                let direction = clinic.messaging.get_mut(&name.replace('-', "_")).expect("a direction");
                direction["enabled"] = json!(direction["enabled"] != true);
            });
        }
        self.revision += 1;
    }

    fn renamed_in_the_console(&mut self) {
        let id = text(&self.buttons[0]["id"]);
        write::by_karin(self, &["buttons", &id], |clinic| {
            clinic.buttons[0]["title"]["sv"] = json!("Renamed in the console");
        });
        self.revision += 1;
    }

    fn deleted_in_the_console(&mut self) {
        let id = text(&self.buttons[0]["id"]);
        write::by_karin(self, &["buttons", &id], |clinic| drop(clinic.buttons.remove(0)));
        self.revision += 1;
    }

    /// Who works there is no part of what a revision counts.
    fn last_one_leaves(&mut self) {
        self.staff.last_mut().expect("people")["active"] = json!(false);
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, LONGEST).await.expect("a body");
    let asked = Asked { method: head.method, path: head.uri.to_string(), headers: head.headers };
    shared.recording.write_down(asked.clone());
    let act = (lock(&shared.script))(&asked);
    if act == Act::Hold {
        shared.holding.send(()).expect("the test waits");
        // Closed when the test releases: an error is the way on.
        let _released = shared.released.acquire().await;
    }
    let mut response = match act {
        Act::Refuse(status) => problem(status, "not-now", "the script says so"),
        Act::Answer
        | Act::Hold
        | Act::EditBefore
        | Act::RenameBefore
        | Act::DeleteBefore
        | Act::TouchBefore
        | Act::LeaveBefore
        | Act::EditAfter
        | Act::Forget => shared.route(&asked, &body, act),
    };
    response.headers_mut().insert("set-cookie", "session=second-system".parse().expect("a header"));
    response
}

impl Shared {
    fn edit(&self, clinic: &str, edit: impl FnOnce(&mut Clinic)) {
        edit(lock(&self.clinics).get_mut(clinic).expect("a clinic"));
    }

    fn route(&self, asked: &Asked, body: &[u8], act: Act) -> Response {
        let Some(below) = asked.path.strip_prefix(PREFIX) else { return unknown() };
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        if segments.is_empty() {
            lock(&self.clinics).values_mut().for_each(|clinic| clinic.begun.push(clinic.revision - 1));
            return read::root(&lock(&self.root));
        }
        if asked.header("authorization") != format!("Bearer {TOKEN}") {
            return problem(401, "token-please", "this token is not known here");
        }
        let mut clinics = lock(&self.clinics);
        let ["clinics", clinic, below @ ..] = segments.as_slice() else { return unknown() };
        let name = *clinic;
        let Some(clinic) = clinics.get_mut(name) else { return unknown() };
        match (&asked.method, below) {
            (&Method::GET, []) => read::clinic(name, clinic),
            (&Method::GET, ["staff"]) => read::staff(name, clinic, query),
            (&Method::GET, ["changes"]) => read::changes(name, clinic, query),
            (&Method::PUT | &Method::DELETE, resource) => write::scripted(clinic, resource, asked, (body, act)),
            _ => unknown(),
        }
    }
}

fn unknown() -> Response {
    problem(404, "gone-fishing", "there is nothing here")
}

fn problem(status: u16, slug: &str, detail: &str) -> Response {
    with_errors(status, json!({"type": slug, "title": "It did not work out", "detail": detail, "ticket": 4711}))
}

fn with_errors(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).expect("a status");
    (status, [("content-type", "application/problem+json")], body.to_string()).into_response()
}

fn found(body: &Value) -> Response {
    ([("content-type", "application/json;charset=UTF-8")], format!("\n{body:#}\n")).into_response()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
