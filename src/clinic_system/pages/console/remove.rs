//! Deleting a button: asked once more, because patients notice at once.

use super::frame::{Frame, frame};
use super::interface::GONE;
use super::save::Saved;
use super::target::Target;
use super::widget::NEW_MESSAGE;
use super::{interface, save};
use crate::clinic::{ClinicState, Write};
use crate::language;
use crate::pages::answer;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::console::interface::{Interface as Words, TEXTS};
use crate::pages::text::console::words;
use askama::Template;
use axum::response::Response;
use clinic_wire::ButtonState;

#[derive(Template)]
#[template(path = "console/remove.html", config = "pages/askama.toml")]
struct RemovePage {
    shell: Shell,
    frame: Frame,
    text: &'static Words,
    heading: String,
    leads_to: String,
    revision: u64,
    id: String,
    /// Whether patients cannot write to the clinic without it.
    only: bool,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?;
    let state = clinic.state()?;
    let button = state.button(call.segment("button")).ok_or(Refusal::UnknownPage)?;
    let text = call.text(&TEXTS);
    let name = language::choose(&button.title, Some(call.language().tag())).unwrap_or(&button.id);
    let heading = (text.delete_title)(&shown(name));
    let (shell, frame) = frame(&call, &clinic, &heading);
    answer::html(&RemovePage {
        shell,
        frame,
        text,
        heading,
        leads_to: Target::read(&button.leads_to).said(call.text(&words::TEXTS)),
        revision: clinic.revision(),
        id: button.id.clone(),
        only: is_only_way_in(&state, button),
    })
}

pub(super) async fn remove(call: Call) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?;
    let write = Write::DeleteButton(call.segment("button").to_owned());
    let resource = write.resource();
    match save::save(&call, &clinic.clinic, save::revision(&call, "revision")?, write).await? {
        Saved::Done(note) => Ok(interface::back(&clinic.clinic, note.word(), "")),
        Saved::UnknownButton | Saved::Unfit(_) => Ok(interface::back(&clinic.clinic, GONE, "")),
        Saved::Conflict(both) => {
            let ways = interface::ways(&call, &clinic.clinic, "delete");
            interface::conflict(&call, &clinic, &resource, &both, ways).await
        }
    }
}

fn is_only_way_in(state: &ClinicState, button: &ButtonState) -> bool {
    let way_in = |button: &&ButtonState| button.active && button.leads_to == NEW_MESSAGE;
    way_in(&button) && state.buttons.iter().filter(way_in).count() == 1
}
