//! *Patient interface*: the clinic's buttons, what can be done with each, and the menu that they make.

use super::conflict::Ways;
use super::description::Describer;
use super::frame::{Frame, Origin, frame};
use super::people::Directory;
use super::preview::Preview;
use super::save::{Conflict, Note, Saved};
use super::target::Target;
use super::widget::NEW_MESSAGE;
use super::{conflict, save};
use crate::clinic::{ClinicState, Write};
use crate::pages::answer;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::console::interface::{Interface as Words, TEXTS};
use crate::pages::text::console::{settings, words};
use crate::store::ClinicRow;
use crate::{clinic, language};
use askama::Template;
use axum::response::Response;
use clinic_wire::{ButtonState, LastChange, OrderBody};

/// What an address says about a button that is no longer there.
pub(super) const GONE: &str = "gone";

#[derive(Template)]
#[template(path = "console/interface.html", config = "pages/askama.toml")]
struct InterfacePage {
    shell: Shell,
    frame: Frame,
    text: &'static Words,
    revision: u64,
    note: Option<&'static str>,
    problem: Option<&'static str>,
    warnings: Vec<&'static str>,
    rows: Vec<Row>,
    /// Who set the order last, if that was a service.
    order: Option<Origin>,
    preview: Preview,
}

struct Row {
    id: String,
    name: String,
    leads_to: String,
    shown_in: String,
    active: bool,
    dead: bool,
    origin: Option<Origin>,
    first: bool,
    last: bool,
}

/// What a button of the page asks for.
enum Act<'a> {
    Up(&'a str),
    Down(&'a str),
    /// The order as the form says it.
    Order,
    Switch(&'a str, bool),
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?;
    let state = clinic.state()?;
    let order = call.app.store.newest_change(&clinic.clinic, "button-order").await?;
    let order =
        order.map(|entry| LastChange { by: entry.by, kind: entry.kind, at: entry.at, reference: entry.reference });
    let text = call.text(&TEXTS);
    let (shell, frame) = frame(&call, &clinic, text.title);
    let done = call.query.text("done");
    answer::html(&InterfacePage {
        text,
        revision: clinic.revision(),
        note: Note::of_word(done).map(|note| frame.said(note)),
        problem: (done == GONE).then_some(text.gone),
        warnings: warnings(&call, &state),
        rows: rows(&call, &state),
        order: order.map(|change| Origin::of(&call, &change)).filter(|origin| origin.managed),
        preview: Preview::new(&call, &state, call.query.text("preview"), None),
        shell,
        frame,
    })
}

pub(super) async fn change(call: Call) -> Result<Response, Refusal> {
    match Act::read(call.form.text("do")) {
        Some(Act::Switch(id, active)) => switch(&call, id, active).await,
        Some(Act::Up(id)) => order(&call, id, Some(-1)).await,
        Some(Act::Down(id)) => order(&call, id, Some(1)).await,
        Some(Act::Order) => order(&call, "", None).await,
        None => Err(Refusal::UnreadableForm),
    }
}

impl<'a> Act<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (act, id) = text.split_once(':').unwrap_or((text, ""));
        match act {
            "up" => Some(Self::Up(id)),
            "down" => Some(Self::Down(id)),
            "order" => Some(Self::Order),
            "activate" => Some(Self::Switch(id, true)),
            "deactivate" => Some(Self::Switch(id, false)),
            _ => None,
        }
    }
}

/// The page of the buttons, after something was done with one of them.
pub(super) fn back(clinic: &str, done: &str, id: &str) -> Response {
    let at = if clinic::is_slug(id) { format!("#button-{id}") } else { String::new() };
    answer::see_other(&format!("/admin/{clinic}/interface?done={done}{at}"))
}

/// Shows the two versions of a button or of the order.
pub(super) async fn conflict(
    call: &Call,
    clinic: &ClinicRow,
    resource: &str,
    both: &Conflict,
    ways: Ways,
) -> Result<Response, Refusal> {
    let directory = Directory::of(&call.app.store, &clinic.clinic).await?;
    let speaker = Describer { language: call.language(), state: &both.state, directory: &directory };
    conflict::page((call, clinic), &speaker, resource, both, ways)
}

/// Where the form of a page goes again, and what it says then.
pub(super) fn ways(call: &Call, clinic: &str, save: &str) -> Ways {
    let (action, back) = (call.viewer.path.clone(), format!("/admin/{clinic}/interface"));
    Ways { action, revision: "revision".to_owned(), instead: ("", Vec::new()), save: save.to_owned(), keep: None, back }
}

/// Activates or deactivates a button, and leaves everything else about it as it is.
async fn switch(call: &Call, id: &str, active: bool) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?;
    let Some(button) = clinic.state()?.button(id).cloned() else { return Ok(back(&clinic.clinic, GONE, "")) };
    let body = clinic::button_body(&ButtonState { active, ..button });
    let write = Write::PutButton(id.to_owned(), body);
    let resource = write.resource();
    match save::save(call, &clinic.clinic, save::revision(call, "revision")?, write).await? {
        Saved::Done(note) => Ok(back(&clinic.clinic, note.word(), id)),
        Saved::Conflict(both) => {
            let ways = ways(call, &clinic.clinic, call.form.text("do"));
            conflict(call, &clinic, &resource, &both, ways).await
        }
        Saved::Unfit(_) | Saved::UnknownButton => Ok(back(&clinic.clinic, GONE, "")),
    }
}

/// Saves the order that the form says, with `id` moved by `steps`.
async fn order(call: &Call, id: &str, steps: Option<isize>) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?;
    let live = clinic.state()?.order();
    let mut order: Vec<String> = call.form.all("order").map(str::to_owned).collect();
    if let Some(steps) = steps {
        move_by(&mut order, id, steps);
    } else {
        fit(&mut order, &live);
    }
    let write = Write::Order(OrderBody { order: order.clone() });
    match save::save(call, &clinic.clinic, save::revision(call, "revision")?, write).await? {
        Saved::Done(note) => Ok(back(&clinic.clinic, note.word(), id)),
        Saved::Conflict(mut both) => {
            fit(&mut order, &both.state.order());
            both.mine = serde_json::json!(OrderBody { order: order.clone() });
            let ways = Ways { instead: ("order", order), ..ways(call, &clinic.clinic, "order") };
            conflict(call, &clinic, "button-order", &both, ways).await
        }
        Saved::Unfit(_) | Saved::UnknownButton => Ok(back(&clinic.clinic, GONE, "")),
    }
}

fn move_by(order: &mut [String], id: &str, steps: isize) {
    let Some(at) = order.iter().position(|known| known == id) else { return };
    if let Some(to) = at.checked_add_signed(steps).filter(|to| *to < order.len()) {
        order.swap(at, to);
    }
}

/// Makes an order one of the buttons that there are: who is gone leaves it, who is new stands at its end.
fn fit(order: &mut Vec<String>, live: &[String]) {
    order.retain(|id| live.contains(id));
    let new: Vec<String> = live.iter().filter(|id| !order.contains(id)).cloned().collect();
    order.extend(new);
}

fn warnings(call: &Call, state: &ClinicState) -> Vec<&'static str> {
    let text = call.text(&settings::TEXTS);
    let way_in = state.buttons.iter().any(|button| button.active && button.leads_to == NEW_MESSAGE);
    match (state.messaging.incoming.enabled, way_in) {
        (false, true) => vec![text.dead_button],
        (true, false) => vec![text.no_way_in],
        _ => Vec::new(),
    }
}

fn rows(call: &Call, state: &ClinicState) -> Vec<Row> {
    let count = state.buttons.len();
    state.buttons.iter().enumerate().map(|(at, button)| row(call, state, button, (at == 0, at + 1 == count))).collect()
}

fn row(call: &Call, state: &ClinicState, button: &ButtonState, (first, last): (bool, bool)) -> Row {
    let words = call.text(&words::TEXTS);
    let ButtonState { id, leads_to, title, active, shown_in, last_change } = button;
    let places = [("app", words.app), ("web", words.web)];
    let places = places.into_iter().filter(|(place, _)| shown_in.iter().any(|known| known == place));
    Row {
        id: id.clone(),
        name: shown(language::choose(title, Some(call.language().tag())).unwrap_or(id)),
        leads_to: Target::read(leads_to).said(words),
        shown_in: places.map(|(_, word)| word).collect::<Vec<_>>().join(", "),
        active: *active,
        dead: *active && leads_to == NEW_MESSAGE && !state.messaging.incoming.enabled,
        origin: last_change.as_ref().map(|change| Origin::of(call, change)),
        first,
        last,
    }
}

#[cfg(test)]
mod tests {
    use super::{fit, move_by};

    fn ids(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_button_moves_within_the_menu() {
        for (id, steps, expected) in
            [("b", -1, "b a c"), ("b", 1, "a c b"), ("a", -1, "a b c"), ("c", 1, "a b c"), ("x", 1, "a b c")]
        {
            let mut order = ids("a b c");
            move_by(&mut order, id, steps);
            assert_eq!(order, ids(expected), "{id} {steps}");
        }
    }

    #[test]
    fn an_order_fits_the_buttons_that_there_are() {
        let mut order = ids("c gone a");
        fit(&mut order, &ids("a b c d"));
        assert_eq!(order, ids("c a b d"));
    }
}
