//! Every system that a sandbox kept in a file, judged when the sandbox ends: no test can forget it.
//!
//! The entries of a clinic's log are cut where an `apply` of the sandbox began. What the last write of a piece left is
//! taken for what that apply wanted: no right may have been given before that it does not give.

use super::invariants::rights;
use super::oracle::{Committed, Entry, rewind, violations};
use clinicctl::domain::{ActorKind, ClinicState, Directory, Role, StaffId, StaffMember};
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How long each log was when an apply began.
pub(crate) type Marks = Vec<(PathBuf, u64)>;

/// How long the logs below a folder are now.
pub(crate) fn marks(folder: &Path) -> Marks {
    let length = "SELECT count(*) FROM changes";
    on_a_thread(databases(folder), async move |path, mut database| {
        let length: i64 = sqlx::query_scalar(length).fetch_one(&mut database).await.ok()?;
        Some((path, length.cast_unsigned()))
    })
}

/// What writes by services broke in the systems below a folder.
pub(crate) fn broken(folder: &Path, marks: Marks) -> Vec<String> {
    let found = on_a_thread(databases(folder), async move |path, mut database| {
        let system = System::read(&mut database).await?;
        let marks = marks.iter().filter(|(other, _)| *other == path).map(|(_, length)| *length).collect::<Vec<_>>();
        Some(system.judge(&marks))
    });
    found.concat()
}

/// A system as its database holds it.
struct System {
    clinics: Vec<(String, i64, String)>,
    log: BTreeMap<String, Vec<Entry>>,
    staff: Vec<(String, String)>,
}

type LogRow = (i64, String, String, String, Option<String>, String, String);

impl System {
    /// Nothing where the file is no database of a clinic system.
    async fn read(database: &mut SqliteConnection) -> Option<Self> {
        let clinics =
            sqlx::query_as("SELECT clinic, revision, state FROM clinics").fetch_all(&mut *database).await.ok()?;
        let log = "SELECT seq, clinic, resource, kind, reference, before_json, after_json FROM changes ORDER BY seq";
        let rows: Vec<LogRow> = sqlx::query_as(log).fetch_all(&mut *database).await.ok()?;
        let staff = sqlx::query_as("SELECT clinic, document FROM staff").fetch_all(&mut *database).await.ok()?;
        let mut log = BTreeMap::<_, Vec<_>>::new();
        for (seq, clinic, resource, kind, reference, before, after) in rows {
            let kind = if kind == "person" { ActorKind::Person } else { ActorKind::Service };
            let (seq, before, after) = (seq.cast_unsigned(), json(&before), json(&after));
            log.entry(clinic).or_default().push(Entry { seq, resource, kind, reference, before, after });
        }
        Some(Self { clinics, log, staff })
    }

    fn judge(&self, marks: &[u64]) -> Vec<String> {
        let mut found = Vec::new();
        for (clinic, revision, state) in &self.clinics {
            let log = self.log.get(clinic).map_or(&[][..], Vec::as_slice);
            // A seed tells of changes that this system never made: they moved no revision.
            let made = usize::try_from(revision - 1).expect("revisions begin at 1");
            let committed = rewind(&self::state(json(state)), &log[log.len() - made..]);
            let wrong = wrong(&committed, marks, &self.directory(clinic));
            found.extend(wrong.into_iter().map(|wrong| format!("{clinic}: {wrong}")));
        }
        found
    }

    fn directory(&self, clinic: &str) -> Directory {
        let here = self.staff.iter().filter(|(other, _)| other == clinic);
        Directory::new(here.map(|(_, document)| person(&json(document))).collect())
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("a store holds JSON")
}

/// What the commits of services broke, cut where an apply began: what the last one of a piece left is taken for what
/// that apply wanted.
pub(super) fn wrong(committed: &[Committed], marks: &[u64], directory: &Directory) -> Vec<String> {
    let wrong = pieces(committed, marks).flat_map(|piece| {
        let ours = || piece.iter().filter(|commit| commit.entry.kind == ActorKind::Service);
        let goal = ours().next_back().map(|commit| rights(&commit.after, directory)).unwrap_or_default();
        violations(ours(), &goal, directory)
    });
    wrong.collect()
}

/// Entries that belong to the same apply.
fn pieces<'a>(committed: &'a [Committed], marks: &[u64]) -> impl Iterator<Item = &'a [Committed]> {
    let apply = |commit: &Committed| marks.iter().filter(|mark| **mark < commit.entry.seq).count();
    committed.chunk_by(move |one, next| apply(one) == apply(next))
}

/// A state as it is stored and served, without who changed what last.
pub(super) fn state(mut state: Value) -> ClinicState {
    let mut messaging = state["messaging"].take();
    let parts = ["healthcare_initiated", "incoming"].map(|direction| messaging[direction].take());
    let [healthcare_initiated, incoming] = parts.map(without_last_change);
    let buttons: Vec<Value> = serde_json::from_value(state["buttons"].take()).expect("buttons");
    let buttons: Vec<_> = buttons.into_iter().map(without_last_change).collect();
    let state = serde_json::json!({
        "healthcare_initiated": healthcare_initiated, "incoming": incoming, "buttons": buttons,
    });
    serde_json::from_value(state).expect("a state")
}

fn without_last_change(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.remove("last_change");
    }
    value
}

/// As much of a person as a right depends on.
pub(super) fn person(person: &Value) -> StaffMember {
    let roles = person["roles"].as_array().expect("roles").iter();
    let professional = roles.filter(|role| **role == "healthcare_professional").map(|_| Role::HealthcareProfessional);
    StaffMember {
        id: StaffId::parse(person["id"].as_str().expect("an id")).expect("a staff id"),
        name: String::new(),
        email: None,
        hsa_id: None,
        title: None,
        roles: professional.collect(),
        active: person["active"] == true,
    }
}

/// Every `*.db` in a folder and in the hidden one where embedded systems lie.
fn databases(folder: &Path) -> Vec<PathBuf> {
    let files =
        [folder.to_owned(), folder.join(".clinicctl")].into_iter().filter_map(|folder| fs::read_dir(folder).ok());
    let paths = files.flatten().filter_map(|file| Some(file.ok()?.path()));
    paths.filter(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "db")).collect()
}

/// What this finds in each database that can be opened, on a thread of its own: a test may be in the middle of a runtime.
fn on_a_thread<T: Send + 'static>(
    databases: Vec<PathBuf>,
    look: impl AsyncFn(PathBuf, SqliteConnection) -> Option<T> + Send + 'static,
) -> Vec<T> {
    if databases.is_empty() {
        return Vec::new();
    }
    let looking = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut found = Vec::new();
            for path in databases {
                let options = SqliteConnectOptions::new().filename(&path).read_only(true);
                if let Ok(database) = options.connect().await {
                    found.extend(look(path, database).await);
                }
            }
            found
        })
    });
    looking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
