//! *Messages > Settings*: the two widgets in one form, so that saving one, or looking for somebody, loses nothing that
//! was typed in the other.

use super::conflict::Ways;
use super::description::Describer;
use super::draft::{BOTH, Draft, key, of_key};
use super::frame::{Frame, frame};
use super::people::Directory;
use super::save::{Note, Saved};
use super::widget::Widget;
use super::{conflict, save};
use crate::clinic::{ClinicState, Direction, Write};
use crate::pages::answer;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::text::console::settings::{Settings as Words, TEXTS};
use crate::pages::text::console::words;
use crate::store::ClinicRow;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::{Access, FieldProblem};
use serde_json::json;

/// How many people are named who cannot be chosen.
const NAMED: usize = 20;

#[derive(Template)]
#[template(path = "console/settings.html", config = "pages/askama.toml")]
struct SettingsPage {
    shell: Shell,
    frame: Frame,
    text: &'static Words,
    access: &'static str,
    widgets: Vec<Widget>,
}

/// What every function of this page needs.
pub(super) struct Scene<'a> {
    pub(super) call: &'a Call,
    pub(super) text: &'static Words,
    pub(super) clinic: ClinicRow,
    pub(super) state: ClinicState,
    pub(super) directory: Directory,
}

/// What the page shows beside what is saved.
#[derive(Default)]
struct Looks {
    drafts: [Option<Draft>; 2],
    note: Option<(Direction, Note)>,
    problems: Option<(Direction, Vec<String>)>,
}

/// What a button of the form asks for.
enum Act {
    Save(Direction),
    /// Keep what somebody else has saved.
    Keep(Direction),
    /// Look for people; also what the enter key does anywhere in the form, so that it never saves by accident.
    Look,
}

impl Act {
    fn read(text: &str) -> Self {
        let (act, direction) = text.split_once(':').unwrap_or((text, ""));
        match (act, of_key(direction)) {
            ("save", Some(direction)) => Self::Save(direction),
            ("keep", Some(direction)) => Self::Keep(direction),
            _ => Self::Look,
        }
    }
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let note = of_key(call.query.text("in")).zip(Note::of_word(call.query.text("done")));
    Scene::load(&call).await?.page(StatusCode::OK, Looks { note, ..Looks::default() })
}

pub(super) async fn change(call: Call) -> Result<Response, Refusal> {
    let mut drafts = [None, None];
    for (draft, direction) in drafts.iter_mut().zip(BOTH) {
        *draft = Draft::of_form(&call.form, direction)?;
    }
    match Act::read(call.form.text("do")) {
        Act::Save(direction) => save(&call, direction, drafts).await,
        Act::Keep(direction) => {
            drafts[at(direction)] = None;
            Scene::load(&call).await?.page(StatusCode::OK, Looks { drafts, ..Looks::default() })
        }
        Act::Look => Scene::load(&call).await?.page(StatusCode::OK, Looks { drafts, ..Looks::default() }),
    }
}

/// The place of a direction in the arrays of this page.
const fn at(direction: Direction) -> usize {
    match direction {
        Direction::HealthcareInitiated => 0,
        Direction::Incoming => 1,
    }
}

async fn save(call: &Call, direction: Direction, mut drafts: [Option<Draft>; 2]) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?.clinic;
    let draft = drafts[at(direction)].clone().ok_or(Refusal::UnreadableForm)?;
    let write = Write::Direction(direction, draft.body());
    match save::save(call, &clinic, draft.revision, write).await? {
        Saved::Done(note) => {
            drafts[at(direction)] = None;
            saved(call, direction, note, drafts).await
        }
        Saved::Conflict(both) => {
            let scene = Scene::load(call).await?;
            let ways = Ways {
                action: format!("/admin/{clinic}/settings"),
                revision: format!("{}-revision", key(direction)),
                instead: ("", Vec::new()),
                save: format!("save:{}", key(direction)),
                keep: Some(format!("keep:{}", key(direction))),
                back: format!("/admin/{clinic}/settings"),
            };
            let speaker = Describer { language: call.language(), state: &both.state, directory: &scene.directory };
            conflict::page((call, &scene.clinic), &speaker, direction.resource(), &both, ways)
        }
        Saved::Unfit(problems) => {
            let scene = Scene::load(call).await?;
            let problems = scene.unfit(&draft, &problems);
            let looks = Looks { drafts, note: None, problems: Some((direction, problems)) };
            scene.page(StatusCode::UNPROCESSABLE_ENTITY, looks)
        }
        Saved::UnknownButton => Err(Refusal::Failed),
    }
}

/// What is said of a save: on a page of its own address, unless something typed in the other widget would get lost.
async fn saved(
    call: &Call,
    direction: Direction,
    note: Note,
    mut drafts: [Option<Draft>; 2],
) -> Result<Response, Refusal> {
    let scene = Scene::load(call).await?;
    for (draft, other) in drafts.iter_mut().zip(BOTH) {
        if let Some(typed) = draft.as_ref()
            && scene.untouched(typed, other).await?
        {
            *draft = None;
        }
    }
    if drafts.iter().any(Option::is_some) {
        return scene.page(StatusCode::OK, Looks { drafts, note: Some((direction, note)), problems: None });
    }
    let (clinic, key) = (&scene.clinic.clinic, key(direction));
    Ok(answer::see_other(&format!("/admin/{clinic}/settings?in={key}&done={}#{key}", note.word())))
}

impl<'a> Scene<'a> {
    async fn load(call: &'a Call) -> Result<Self, Refusal> {
        let clinic = call.clinic().await?;
        let state = clinic.state()?;
        let directory = Directory::of(&call.app.store, &clinic.clinic).await?;
        Ok(Self { call, text: call.text(&TEXTS), clinic, state, directory })
    }

    fn page(&self, status: StatusCode, looks: Looks) -> Result<Response, Refusal> {
        let (shell, frame) = frame(self.call, &self.clinic, self.text.title);
        let Looks { drafts, note, problems } = looks;
        let mut widgets: Vec<Widget> =
            BOTH.into_iter().zip(drafts).map(|(direction, draft)| Widget::new(self, direction, draft)).collect();
        if let Some((direction, note)) = note {
            widgets[at(direction)].note = Some(frame.said(note));
        }
        if let Some((direction, problems)) = problems {
            widgets[at(direction)].problems = problems;
        }
        let access = self.call.text(&words::TEXTS).access;
        answer::html_with(status, &SettingsPage { shell, frame, text: self.text, access, widgets })
    }

    /// Whether a widget says what it said when the form was opened.
    async fn untouched(&self, draft: &Draft, direction: Direction) -> Result<bool, Refusal> {
        let said = json!(draft.body());
        if said == direction.said(&self.state) {
            return Ok(true);
        }
        let since = save::since(self.call, &self.clinic.clinic, draft.revision).await?;
        let opened = since.into_iter().rfind(|entry| entry.resource == direction.resource());
        Ok(opened.is_some_and(|entry| entry.before == said))
    }

    /// Why people of a draft cannot be chosen.
    fn unfit(&self, draft: &Draft, problems: &[FieldProblem]) -> Vec<String> {
        let Access::People(people) = draft.body().accessible_to else { return Vec::new() };
        let place = |problem: &FieldProblem| problem.pointer.rsplit('/').next()?.parse::<usize>().ok();
        let unfit = problems.iter().filter_map(place).filter_map(|place| people.get(place));
        let says = |id: &String| {
            let why = self.text.standing(self.directory.standing(id));
            (self.text.cannot)(&self.directory.name(id), &why.to_lowercase())
        };
        unfit.take(NAMED).map(says).collect()
    }
}
