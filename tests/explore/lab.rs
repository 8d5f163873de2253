//! The model behind numbers: each state and each write that turns up gets one, so that what the model answered once and
//! what a state breaks need not be asked again. The model is a pure function of state and write; nothing is lost.

use crate::support::invariants::{Broken, broken, rights};
use crate::support::world::{button_id, clinic_id, live, staff_id};
use clinicctl::domain::{ClinicState, DirectionKind, Directory};
use clinicctl::model::{Author, Model};
use clinicctl::plan::Write;
use std::collections::{BTreeSet, HashMap};

/// The number of a state.
pub(crate) type StateId = usize;
/// The number of a write.
pub(crate) type WriteId = usize;

/// What a state breaks and which rights it gives, one bit each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    /// Of I1 and I2.
    pub broken: u8,
    /// Rights that somebody holds.
    pub rights: u8,
}

/// A clinic, every state in which it was seen, and every answer that the model gave.
pub(crate) struct Lab {
    directory: Directory,
    states: Vec<ClinicState>,
    numbers: HashMap<ClinicState, StateId>,
    facts: Vec<Facts>,
    writes: Vec<Write>,
    answers: Vec<Vec<Option<Result<StateId, String>>>>,
}

impl Lab {
    /// A laboratory with these people.
    pub(crate) fn new(directory: Directory) -> Self {
        Self {
            directory,
            states: Vec::new(),
            numbers: HashMap::new(),
            facts: Vec::new(),
            writes: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// The people.
    pub(crate) const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The number of `state`.
    pub(crate) fn number(&mut self, state: ClinicState) -> StateId {
        if let Some(number) = self.numbers.get(&state) {
            return *number;
        }
        let number = self.states.len();
        self.facts.push(facts(&state, &self.directory));
        self.numbers.insert(state.clone(), number);
        self.states.push(state);
        self.answers.push(Vec::new());
        number
    }

    /// The number of `write`.
    pub(crate) fn write_number(&mut self, write: &Write) -> WriteId {
        self.writes.iter().position(|known| known == write).unwrap_or_else(|| {
            self.writes.push(write.clone());
            self.writes.len() - 1
        })
    }

    /// A state.
    pub(crate) fn state(&self, number: StateId) -> &ClinicState {
        &self.states[number]
    }

    /// A write.
    pub(crate) fn write(&self, number: WriteId) -> &Write {
        &self.writes[number]
    }

    /// What a state breaks and gives.
    pub(crate) fn facts(&self, number: StateId) -> Facts {
        self.facts[number]
    }

    /// What the model makes of `write` in `state`; its refusal as an error.
    pub(crate) fn perform(&mut self, state: StateId, write: WriteId) -> Result<StateId, String> {
        if let Some(Some(known)) = self.answers[state].get(write) {
            return known.clone();
        }
        let answer = self.ask(state, write);
        let answers = &mut self.answers[state];
        answers.resize(answers.len().max(write + 1), None);
        answers[write] = Some(answer.clone());
        answer
    }

    fn ask(&mut self, state: StateId, write: WriteId) -> Result<StateId, String> {
        let clinic = clinic_id("norrtull");
        let mut model = Model::new([live("norrtull", self.states[state].clone(), self.directory.clone())]);
        let revision = model.observe(&clinic).map(|live| live.revision);
        let answer = model.perform(&clinic, revision, &self.writes[write], &Author::service("config-pipeline"));
        answer.map_err(|refusal| refusal.to_string())?;
        let after = model.observe(&clinic).expect("the clinic is there").state.clone();
        Ok(self.number(after))
    }
}

fn facts(state: &ClinicState, directory: &Directory) -> Facts {
    let things = [
        Broken::DeadButton(button_id("a")),
        Broken::DeadButton(button_id("b")),
        Broken::NobodyMay(DirectionKind::Incoming),
        Broken::NobodyMay(DirectionKind::HealthcareInitiated),
    ];
    let people = [1, 2].map(staff_id);
    let held = DirectionKind::ALL.map(|kind| people.clone().map(|id| (kind, id)));
    Facts {
        broken: bits(&things, &broken(state, directory)),
        rights: bits(held.as_flattened(), &rights(state, directory)),
    }
}

/// One bit for each of `all` that is in `some`.
fn bits<T: Ord>(all: &[T], some: &BTreeSet<T>) -> u8 {
    assert!(some.iter().all(|one| all.contains(one)), "something that has no bit");
    all.iter().rev().fold(0, |bits, one| bits << 1 | u8::from(some.contains(one)))
}
