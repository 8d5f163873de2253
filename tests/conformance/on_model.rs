//! The model as a system of the scenarios.

use super::system::{By, Changed, Done, How, Logged, Reply, Seen, System};
use crate::support::world::language;
use clinic_wire::MenuButton;
use clinicctl::domain::{ClinicId, LastChange, LiveClinic, Revision, Surface};
use clinicctl::model::{Answer, Author, Entry, Model, Refusal};
use clinicctl::plan::Write;

/// A model of these clinics.
pub(crate) fn start(clinics: &[LiveClinic]) -> Box<dyn System> {
    Box::new(Model::new(clinics.iter().cloned()))
}

impl System for Model {
    fn observe(&self, clinic: &ClinicId) -> Option<Seen> {
        let LiveClinic { revision, state, last_changes, .. } = Model::observe(self, clinic)?.clone();
        let last_changes = last_changes.into_iter().map(|(resource, change)| (resource, changed(change)));
        Some(Seen { revision: revision.0, state, last_changes: last_changes.collect() })
    }

    fn write(&mut self, clinic: &ClinicId, precondition: Option<u64>, by: By, write: &Write) -> Reply {
        let author = match by {
            By::Pipeline(reference) => {
                Author { reference: reference.map(str::to_owned), ..Author::service("config-pipeline") }
            }
            By::Karin => Author::person("karin.holm"),
        };
        match self.perform(clinic, precondition.map(Revision), write, &author) {
            Ok(answer) => Reply::Done(done(answer)),
            Err(Refusal::UnknownClinic(_) | Refusal::UnknownButton) => Reply::NotFound,
            Err(Refusal::PreconditionMissing) => Reply::PreconditionRequired,
            Err(Refusal::Conflict { .. }) => Reply::Stale(System::observe(self, clinic).expect("the clinic is there")),
            Err(Refusal::Content(faults)) => Reply::Refused(faults.into_iter().map(|fault| fault.pointer).collect()),
        }
    }

    fn log(&self, clinic: &ClinicId) -> Option<Vec<Logged>> {
        Model::observe(self, clinic)?;
        let entries = Model::log(self).iter().rev().filter(|entry| entry.clinic == *clinic);
        Some(entries.cloned().map(logged).collect())
    }

    fn menu(&self, clinic: &ClinicId, surface: Surface, tag: &str) -> Option<Vec<MenuButton>> {
        let buttons = Model::observe(self, clinic)?.state.menu(surface);
        let shown = buttons.map(|button| MenuButton {
            id: button.id.to_string(),
            title: button.title.get(&language(tag)).expect("a title in that language").clone(),
            leads_to: button.leads_to.to_string(),
        });
        Some(shown.collect())
    }
}

fn done(answer: Answer) -> Done {
    let how = match (&answer.before, &answer.after) {
        (None, _) => How::Created,
        (_, None) => How::Deleted,
        (Some(_), Some(_)) => How::Set,
    };
    Done { how, revision: answer.revision.0, now: answer.after }
}

fn logged(entry: Entry) -> Logged {
    let Entry { seq, clinic, resource, change, before, after } = entry;
    Logged { seq, clinic, resource, change: changed(change), before, after }
}

fn changed(change: LastChange) -> Changed {
    let LastChange { by, kind, at: _, reference } = change;
    Changed { by, kind, reference }
}
