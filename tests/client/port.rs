//! A clinic system in memory, for the executor alone: revisions that jump, and faults on demand.

use clinicctl::domain::{
    ActorKind, Button, ButtonId, ClinicId, ClinicState, Direction, Directory, LastChange, LeadsTo, LiveClinic,
    Resource, Revision, ShownIn,
};
use clinicctl::execute::{FatalError, Observed, PerformError, Performed, Port, Sending};
use clinicctl::plan::Write;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How often a write may be sent to a system in memory.
pub(super) const PATIENCE: usize = 3;

/// What goes wrong with one write.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// This answer instead, and nothing is written.
    Answer(PerformError),
    /// This answer every time, and nothing is ever written.
    AlwaysAnswer(PerformError),
    /// Written, but this answer.
    WrittenBut(PerformError),
    /// Written, and then a console user changes this resource; the answer is this error.
    WrittenThenEdited(PerformError, Write),
    /// Written and answered as if well, then a console user changes this resource.
    EditedAfterwards(Write),
    /// A console user makes the change first; then the write is judged as usual.
    EditedBefore(Write),
}

/// One request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Request {
    Read(ClinicId),
    Write(ClinicId, Revision, Resource, Option<String>),
}

#[derive(Default)]
pub(super) struct MemoryPort {
    clinics: Mutex<BTreeMap<ClinicId, LiveClinic>>,
    faults: Mutex<BTreeMap<(ClinicId, Resource), Fault>>,
    unreadable: Mutex<BTreeMap<ClinicId, Result<Observed, FatalError>>>,
    requests: Mutex<Vec<Request>>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
}

pub(super) fn clinic(name: &str) -> ClinicId {
    ClinicId::parse(name).expect("a slug")
}

pub(super) fn button(id: &str) -> Button {
    Button {
        id: ButtonId::parse(id).expect("a slug"),
        leads_to: LeadsTo::DropIn,
        title: BTreeMap::new(),
        active: true,
        shown_in: ShownIn::Both,
    }
}

impl MemoryPort {
    pub(super) fn with(clinics: &[(&str, u64, ClinicState)]) -> Self {
        let port = Self::default();
        for (name, revision, state) in clinics {
            let live = LiveClinic {
                clinic: clinic(name),
                name: (*name).to_owned(),
                hsa_id: None,
                revision: Revision(*revision),
                state: state.clone(),
                last_changes: BTreeMap::new(),
                directory: Directory::default(),
            };
            port.clinics.lock().expect("not poisoned").insert(clinic(name), live);
        }
        port
    }

    pub(super) fn fault(self, name: &str, resource: Resource, fault: Fault) -> Self {
        self.faults.lock().expect("not poisoned").insert((clinic(name), resource), fault);
        self
    }

    pub(super) fn reading(self, name: &str, observed: Observed) -> Self {
        self.unreadable.lock().expect("not poisoned").insert(clinic(name), Ok(observed));
        self
    }

    pub(super) fn hopeless(self, name: &str, why: FatalError) -> Self {
        self.unreadable.lock().expect("not poisoned").insert(clinic(name), Err(why));
        self
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("not poisoned").clone()
    }

    pub(super) fn reads(&self) -> usize {
        self.requests().iter().filter(|request| matches!(request, Request::Read(_))).count()
    }

    pub(super) fn writes(&self) -> usize {
        self.requests().len() - self.reads()
    }

    pub(super) fn most_under_way(&self) -> usize {
        self.most_under_way.load(Ordering::SeqCst)
    }

    pub(super) fn state(&self, name: &str) -> ClinicState {
        self.clinics.lock().expect("not poisoned")[&clinic(name)].state.clone()
    }

    fn judge(&self, clinic: &ClinicId, precondition: Revision, write: &Write) -> Result<Performed, PerformError> {
        let mut clinics = self.clinics.lock().expect("not poisoned");
        let live = clinics.get_mut(clinic).ok_or(PerformError::Missing)?;
        let key = (clinic.clone(), write.resource());
        let fault = self.faults.lock().expect("not poisoned").remove(&key);
        match fault {
            Some(Fault::Answer(error)) => Err(error),
            Some(Fault::AlwaysAnswer(error)) => {
                self.faults.lock().expect("not poisoned").insert(key, Fault::AlwaysAnswer(error.clone()));
                Err(error)
            }
            Some(Fault::WrittenBut(error)) => accept(live, precondition, write).and(Err(error)),
            Some(Fault::WrittenThenEdited(error, edit)) => {
                accept(live, precondition, write)?;
                accept(live, live.revision, &edit)?;
                Err(error)
            }
            Some(Fault::EditedAfterwards(edit)) => {
                let done = accept(live, precondition, write)?;
                accept(live, live.revision, &edit)?;
                Ok(done)
            }
            Some(Fault::EditedBefore(edit)) => {
                accept(live, live.revision, &edit)?;
                accept(live, precondition, write)
            }
            None => accept(live, precondition, write),
        }
    }

    async fn counted<T>(&self, act: impl FnOnce() -> T) -> T {
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_under_way.fetch_max(now, Ordering::SeqCst);
        // Lets every other clinic that may run come this far before this request is answered.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        let result = act();
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        result
    }
}

fn accept(live: &mut LiveClinic, precondition: Revision, write: &Write) -> Result<Performed, PerformError> {
    if let Write::DeleteButton(id) = write
        && live.state.button(id).is_none()
    {
        return Err(PerformError::Gone);
    }
    if live.revision != precondition {
        return Err(PerformError::Conflict { current: Some(live.revision) });
    }
    let before = live.state.clone();
    set(&mut live.state, write);
    let changed = before != live.state;
    if changed {
        live.revision = Revision(live.revision.0 * 2 + 5);
        let change =
            LastChange { by: "karin.holm".to_owned(), kind: ActorKind::Person, at: "now".to_owned(), reference: None };
        live.last_changes.insert(write.resource(), change);
    }
    Ok(Performed { revision: live.revision, changed })
}

fn set(state: &mut ClinicState, write: &Write) {
    match write {
        Write::PutDirection { direction, to } => *state.direction_mut(*direction) = Direction::clone(to),
        Write::PutButton(button) => match state.order().iter().position(|id| *id == button.id) {
            Some(at) => state.buttons[at] = button.clone(),
            None => state.buttons.push(button.clone()),
        },
        Write::DeleteButton(id) => {
            let at = state.order().iter().position(|known| known == id).expect("looked up before");
            state.buttons.remove(at);
        }
        Write::PutOrder(order) => {
            let buttons = order.iter().map(|id| state.button(id).expect("a permutation").clone());
            state.buttons = buttons.collect();
        }
    }
}

impl Port for MemoryPort {
    /// How often it was sent.
    type Tries = usize;

    async fn observe(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.requests.lock().expect("not poisoned").push(Request::Read(clinic.clone()));
        self.counted(|| {
            if let Some(read) = self.unreadable.lock().expect("not poisoned").get(clinic) {
                return read.clone();
            }
            let live = self.clinics.lock().expect("not poisoned").get(clinic).cloned();
            Ok(live.map_or(Observed::Missing, |live| Observed::Live(Box::new(live))))
        })
        .await
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.observe(clinic).await
    }

    async fn perform(
        &self,
        Sending { clinic, precondition, write, reference }: Sending<'_>,
        tries: &mut usize,
    ) -> Result<Performed, PerformError> {
        *tries += 1;
        let request = Request::Write(clinic.clone(), precondition, write.resource(), reference.map(str::to_owned));
        self.requests.lock().expect("not poisoned").push(request);
        self.counted(|| self.judge(clinic, precondition, write)).await
    }

    async fn once_more(&self, tries: &mut usize) -> bool {
        *tries < PATIENCE
    }
}
