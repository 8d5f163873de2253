//! Where a scenario plays: one system, and the clinic `norrtull` in it. Whatever a scenario does through here is
//! checked against what must hold for every write of that outcome.

use super::system::{By, Done, How, Logged, Reply, Seen, System};
use crate::support::world::{button, clinic_id, leaver, listed, live, on, professional, scheduler, titled};
use clinicctl::diff::ResourceState;
use clinicctl::domain::{
    Button, ButtonId, ClinicId, ClinicState, Direction, DirectionKind, Directory, LeadsTo, LiveClinic, Resource,
    ShownIn, Surface,
};
use clinicctl::plan::Write;

/// One scenario: its name says what must be true.
pub(crate) type Scenario = (&'static str, fn(&mut Bench));

/// A system under test.
pub(crate) struct Bench {
    system: Box<dyn System>,
}

/// The clinics of every scenario. At Norrtull `st-3` has left and still stands in a list, and `st-4` may not message;
/// Skanstull is new.
pub(crate) fn clinics() -> Vec<LiveClinic> {
    let people = vec![professional(1), professional(2), leaver(3), scheduler(4), professional(5)];
    let state = ClinicState {
        healthcare_initiated: Direction::off(),
        incoming: on(listed([1, 3])),
        buttons: vec![
            titled("new-message", LeadsTo::NewMessage),
            Button { shown_in: ShownIn::App, ..titled("book", LeadsTo::BookAppointment) },
            Button { active: false, ..titled("renew", LeadsTo::DropIn) },
        ],
    };
    let skanstull = Directory::new(vec![professional(11)]);
    vec![live("norrtull", state, Directory::new(people)), live("skanstull", ClinicState::new(), skanstull)]
}

impl Bench {
    pub(crate) fn new(system: Box<dyn System>) -> Self {
        Self { system }
    }

    /// The clinic now.
    pub(crate) fn seen(&self) -> Seen {
        self.system.observe(&norrtull()).expect("the clinic is there")
    }

    /// Any clinic now.
    pub(crate) fn seen_at(&self, clinic: &ClinicId) -> Option<Seen> {
        self.system.observe(clinic)
    }

    /// The log of the clinic, newest first.
    pub(crate) fn log(&self) -> Vec<Logged> {
        self.system.log(&norrtull()).expect("the clinic is there")
    }

    /// The log of any clinic.
    pub(crate) fn log_at(&self, clinic: &ClinicId) -> Option<Vec<Logged>> {
        self.system.log(clinic)
    }

    /// The newest entry of the clinic's log.
    pub(crate) fn newest(&self) -> Logged {
        self.log().into_iter().next().expect("an entry")
    }

    /// The ids of the buttons that a patient sees, in order.
    pub(crate) fn menu(&self, surface: Surface) -> Vec<String> {
        self.titles(surface, "sv").into_iter().map(|(id, _)| id).collect()
    }

    /// The same with their titles.
    pub(crate) fn titles(&self, surface: Surface, language: &str) -> Vec<(String, String)> {
        let menu = self.system.menu(&norrtull(), surface, language).expect("the clinic is there");
        menu.into_iter().map(|button| (button.id, button.title)).collect()
    }

    /// The system itself, for what may be wrong about a request.
    pub(crate) fn system(&mut self) -> &mut dyn System {
        &mut *self.system
    }

    /// A write by the pipeline that must change the clinic.
    pub(crate) fn changes(&mut self, write: &Write) -> Done {
        self.changes_by(By::Pipeline(None), write)
    }

    /// A write that must change the clinic: one revision more, one entry more, and it is so.
    pub(crate) fn changes_by(&mut self, by: By, write: &Write) -> Done {
        let (before, log) = (self.seen(), self.log());
        let done = self.accepted(by, write);
        let after = self.seen();
        assert_eq!(done.revision, before.revision + 1);
        assert_eq!(after.revision, done.revision);
        assert_ne!(after.state, before.state);
        assert_eq!(self.log().len(), log.len() + 1);
        assert_eq!(self.newest().resource, write.resource());
        done
    }

    /// A write that must be accepted and change nothing: the same revision, no entry.
    pub(crate) fn changes_nothing(&mut self, write: &Write) {
        let (before, log) = (self.seen(), self.log());
        let done = self.accepted(By::Pipeline(Some("9f3c2ab")), write);
        assert_eq!((done.how, done.revision), (How::Set, before.revision));
        assert_eq!(self.seen(), before);
        assert_eq!(self.log(), log);
    }

    /// A write whose content must be refused at exactly these pointers.
    pub(crate) fn refuses(&mut self, write: &Write, pointers: &[&str]) {
        let mut found = self.refused(write);
        found.sort();
        assert_eq!(found, pointers, "{write:?}");
    }

    /// A write whose content must be refused, and the pointers to what is wrong; nothing changes.
    pub(crate) fn refused(&mut self, write: &Write) -> Vec<String> {
        let (before, log) = (self.seen(), self.log());
        let reply = self.system.write(&norrtull(), Some(before.revision), By::Pipeline(None), write);
        let Reply::Refused(pointers) = reply else { panic!("{write:?} was answered {reply:?}") };
        assert_eq!(self.seen(), before);
        assert_eq!(self.log(), log);
        assert!(!pointers.is_empty());
        pointers
    }

    /// What the clinic's system answers to a write under any precondition.
    pub(crate) fn reply(&mut self, precondition: Option<u64>, write: &Write) -> Reply {
        self.system.write(&norrtull(), precondition, By::Pipeline(None), write)
    }

    fn accepted(&mut self, by: By, write: &Write) -> Done {
        let revision = self.seen().revision;
        let reply = self.system.write(&norrtull(), Some(revision), by, write);
        let Reply::Done(done) = reply else { panic!("{write:?} was answered {reply:?}") };
        assert_eq!(done.now, whole(&self.seen().state, &write.resource()));
        done
    }
}

/// The clinic of every scenario.
pub(crate) fn norrtull() -> ClinicId {
    clinic_id("norrtull")
}

/// The other clinic.
pub(crate) fn skanstull() -> ClinicId {
    clinic_id("skanstull")
}

/// A write of incoming.
pub(crate) fn incoming(to: Direction) -> Write {
    Write::PutDirection { direction: DirectionKind::Incoming, to }
}

/// A write of professional-initiated conversations.
pub(crate) fn healthcare_initiated(to: Direction) -> Write {
    Write::PutDirection { direction: DirectionKind::HealthcareInitiated, to }
}

/// A write of a button that does not exist yet.
pub(crate) fn a_new_button() -> Write {
    Write::PutButton(button("write", LeadsTo::NewMessage))
}

/// The deletion of a button.
pub(crate) fn delete(id: &str) -> Write {
    Write::DeleteButton(button_id(id))
}

/// A write of the order.
pub(crate) fn order(ids: &[&str]) -> Write {
    Write::PutOrder(ids.iter().map(|id| button_id(id)).collect())
}

/// The ids of the buttons in their order.
pub(crate) fn ids(seen: &Seen) -> Vec<String> {
    seen.state.order().iter().map(ButtonId::to_string).collect()
}

/// One write of each kind, all of which change the clinic as it starts.
pub(crate) fn one_of_each() -> [Write; 4] {
    [incoming(Direction::off()), a_new_button(), delete("renew"), order(&["renew", "book", "new-message"])]
}

fn button_id(id: &str) -> ButtonId {
    crate::support::world::button_id(id)
}

fn whole(state: &ClinicState, resource: &Resource) -> Option<ResourceState> {
    match resource {
        Resource::Direction(kind) => Some(ResourceState::Direction(state.direction(*kind).clone())),
        Resource::Button(id) => state.button(id).cloned().map(ResourceState::Button),
        Resource::ButtonOrder => Some(ResourceState::Order { order: state.order() }),
    }
}
