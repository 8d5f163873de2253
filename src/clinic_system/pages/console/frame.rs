//! What every page of a clinic has: the sidebar, the clinic's name, the note about a save, and who changed something
//! last.

use super::save::Note;
use super::when::Moment;
use crate::pages::call::Call;
use crate::pages::shell::{Group, Link, Shell};
use crate::pages::shown::shown;
use crate::pages::text::console::frame::{Frame as Words, TEXTS};
use crate::store::ClinicRow;
use clinic_wire::{Actor, LastChange};

/// The frame of a page of a clinic.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) text: &'static Words,
    pub(super) clinic: String,
    pub(super) name: String,
}

/// Who changed something last.
#[derive(Debug)]
pub(super) struct Origin {
    /// Whether it was a service: then the thing is managed as configuration.
    pub(super) managed: bool,
    pub(super) says: String,
    pub(super) at: String,
    pub(super) reference: Option<String>,
}

/// The frame of a page, and what surrounds it.
pub(super) fn frame(call: &Call, clinic: &ClinicRow, title: &str) -> (Shell, Frame) {
    let text = call.text(&TEXTS);
    let name = shown(&clinic.name);
    let link = |label, end: &str| Link::new(label, format!("/admin/{}/{end}", clinic.clinic), &call.viewer.path);
    let group = |heading: &str, links| Group { heading: heading.to_owned(), links };
    let shell = call.shell(format!("{title} · {name}")).with_sidebar(vec![
        group(text.messages, vec![link(text.settings, "settings")]),
        group(text.clinic, vec![link(text.interface, "interface"), link(text.history, "history")]),
    ]);
    (shell, Frame { text, clinic: clinic.clinic.clone(), name })
}

impl Frame {
    /// What is said about a save.
    pub(super) const fn said(&self, note: Note) -> &'static str {
        match note {
            Note::Saved => self.text.saved,
            Note::Beside => self.text.beside,
            Note::Same => self.text.same,
        }
    }
}

impl Origin {
    pub(super) fn of(call: &Call, change: &LastChange) -> Self {
        let text = call.text(&TEXTS);
        let LastChange { by, kind, at, reference } = change;
        let moment = Moment::read(at, call.language());
        let managed = *kind == Actor::Service;
        let says = if managed { text.managed_by } else { text.last_changed };
        Self {
            managed,
            says: says(&shown(by), &moment.words),
            at: moment.machine,
            reference: reference.as_deref().map(shown),
        }
    }
}
