//! The form of one button: to create it, or to edit it, with the menu that would result beside it.

use super::form::{Form, Problem, TITLE};
use super::frame::{Frame, Origin, frame};
use super::preview::{Preview, languages};
use super::save::Saved;
use super::target::Kind;
use super::widget::NEW_MESSAGE;
use super::{interface, save};
use crate::clinic::{ClinicState, Write};
use crate::language;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::console::button::{Button as Words, TEXTS};
use crate::pages::text::console::words;
use crate::pages::{answer, asset};
use crate::store::ClinicRow;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::{ButtonBody, ButtonState};

#[derive(Template)]
#[template(path = "console/button.html", config = "pages/askama.toml")]
struct ButtonPage {
    shell: Shell,
    frame: Frame,
    text: &'static Words,
    heading: String,
    action: String,
    /// Whether the button does not exist yet.
    new: bool,
    id: String,
    form: Form,
    kinds: Vec<Choice>,
    titles: Vec<Title>,
    problems: Vec<Problem>,
    warnings: Vec<String>,
    origin: Option<Origin>,
    preview: Preview,
    script: String,
}

/// One target to choose.
struct Choice {
    word: &'static str,
    label: &'static str,
    chosen: bool,
    /// Its text, with label and hint.
    field: Option<(&'static str, &'static str, String)>,
}

/// The title in one language.
struct Title {
    tag: String,
    label: String,
    text: String,
}

impl Title {
    /// The name and id of its field.
    fn field(&self) -> String {
        format!("{TITLE}{}", self.tag)
    }
}

/// What the form of a page is about.
struct Subject<'a> {
    call: &'a Call,
    text: &'static Words,
    clinic: ClinicRow,
    state: ClinicState,
    /// The id of the button; empty for one that is to be created.
    id: &'a str,
}

impl ButtonPage {
    /// What is wrong with a field; empty if nothing is.
    fn wrong(&self, field: &str) -> &'static str {
        self.problems.iter().find(|problem| problem.field == field).map_or("", |problem| problem.says)
    }
}

pub(super) async fn show_new(call: Call) -> Result<Response, Refusal> {
    let subject = Subject::load(&call, "").await?;
    let form = Form::blank(subject.clinic.revision(), call.query.text("preview"));
    subject.page(form, Vec::new())
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let subject = Subject::load(&call, call.segment("button")).await?;
    let button = subject.state.button(subject.id).ok_or(Refusal::UnknownPage)?;
    let form = Form::of_state(button, subject.clinic.revision(), call.query.text("preview"));
    subject.page(form, Vec::new())
}

/// Creates the button, on the clinic as it is now: nobody can have changed what is not there.
pub(super) async fn create(call: Call) -> Result<Response, Refusal> {
    let subject = Subject::load(&call, "").await?;
    let form = Form::read(&call.form)?;
    if form.preview_only {
        return subject.page(form, Vec::new());
    }
    let id = subject.id_of(&form);
    let body = form.body(subject.text).and_then(|body| match subject.free(&id) {
        Ok(()) => Ok(body),
        Err(problem) => Err(vec![problem]),
    });
    match body {
        Ok(body) => subject.create(form, id, body).await,
        Err(problems) => subject.page(form, problems),
    }
}

pub(super) async fn change(call: Call) -> Result<Response, Refusal> {
    let subject = Subject::load(&call, call.segment("button")).await?;
    let form = Form::read(&call.form)?;
    if form.preview_only {
        return subject.page(form, Vec::new());
    }
    match form.body(subject.text) {
        Ok(body) => subject.change(form, body).await,
        Err(problems) => subject.page(form, problems),
    }
}

impl<'a> Subject<'a> {
    async fn load(call: &'a Call, id: &'a str) -> Result<Self, Refusal> {
        let clinic = call.clinic().await?;
        let state = clinic.state()?;
        let named = id.is_empty() || crate::clinic::is_slug(id);
        named.then_some(Self { call, text: call.text(&TEXTS), clinic, state, id }).ok_or(Refusal::UnknownPage)
    }

    async fn create(self, form: Form, id: String, body: ButtonBody) -> Result<Response, Refusal> {
        let write = Write::PutButton(id.clone(), body);
        match save::save(self.call, &self.clinic.clinic, self.clinic.revision(), write).await? {
            Saved::Done(note) => Ok(interface::back(&self.clinic.clinic, note.word(), &id)),
            // Somebody has created the same one in this very moment.
            Saved::Conflict(_) => {
                let problem = Problem::new("id", self.text.errors.id_taken);
                self.page(form, vec![problem])
            }
            Saved::Unfit(_) | Saved::UnknownButton => {
                let problem = Problem::new("", self.text.errors.too_many);
                self.page(form, vec![problem])
            }
        }
    }

    async fn change(self, form: Form, body: ButtonBody) -> Result<Response, Refusal> {
        let clinic = &self.clinic.clinic;
        let write = Write::PutButton(self.id.to_owned(), body);
        let resource = write.resource();
        match save::save(self.call, clinic, form.revision, write).await? {
            Saved::Done(note) => Ok(interface::back(clinic, note.word(), self.id)),
            Saved::Conflict(both) => {
                let ways = interface::ways(self.call, clinic, "save");
                interface::conflict(self.call, &self.clinic, &resource, &both, ways).await
            }
            Saved::Unfit(_) | Saved::UnknownButton => {
                let problem = Problem::new("", self.text.errors.too_many);
                self.page(form, vec![problem])
            }
        }
    }

    fn free(&self, id: &str) -> Result<(), Problem> {
        if !crate::clinic::is_slug(id) {
            return Err(Problem::new("id", self.text.errors.id));
        }
        match self.state.button(id) {
            Some(_) => Err(Problem::new("id", self.text.errors.id_taken)),
            None => Ok(()),
        }
    }

    fn page(&self, form: Form, problems: Vec<Problem>) -> Result<Response, Refusal> {
        let live = self.state.button(self.id);
        let heading = match live {
            Some(button) => (self.text.edit)(&name(self.call, button)),
            None => self.text.create.to_owned(),
        };
        let (shell, frame) = frame(self.call, &self.clinic, &heading);
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let button = form.button(&self.id_of(&form));
        let state = self.with(&button);
        let page = ButtonPage {
            shell,
            frame,
            text: self.text,
            heading,
            action: self.call.viewer.path.clone(),
            new: self.id.is_empty(),
            kinds: self.choices(&form),
            titles: self.titles(&form),
            problems,
            warnings: self.warnings(&form),
            origin: live.and_then(|button| button.last_change.as_ref()).map(|change| Origin::of(self.call, change)),
            preview: Preview::new(self.call, &state, &form.preview, Some(&button.id)),
            id: button.id,
            script: asset::CONSOLE.href(),
            form,
        };
        answer::html_with(status, &page)
    }

    /// The button's id, or the one that it would get.
    fn id_of(&self, form: &Form) -> String {
        if self.id.is_empty() { form.id_or_suggestion(&self.state) } else { self.id.to_owned() }
    }

    /// The clinic as it would be with what the form says, valid or not.
    fn with(&self, button: &ButtonState) -> ClinicState {
        let mut state = self.state.clone();
        match state.buttons.iter_mut().find(|known| known.id == button.id) {
            Some(known) => known.clone_from(button),
            None => state.buttons.push(button.clone()),
        }
        state
    }

    fn choices(&self, form: &Form) -> Vec<Choice> {
        let words = self.call.text(&words::TEXTS);
        let text = self.text;
        let field = |kind| match kind {
            Kind::Form => Some((text.form, text.form_hint, form.text_of(kind))),
            Kind::Phone => Some((text.phone, text.phone_hint, form.text_of(kind))),
            Kind::Link => Some((text.link, text.link_hint, form.text_of(kind))),
            Kind::NewMessage | Kind::BookAppointment | Kind::DropIn | Kind::Other => None,
        };
        let choice = |kind: Kind| Choice {
            word: kind.word(),
            label: words.kind(kind),
            chosen: form.kind == Some(kind),
            field: field(kind),
        };
        let other = (form.kind == Some(Kind::Other)).then_some(Kind::Other);
        Kind::CHOICES.into_iter().chain(other).map(choice).collect()
    }

    /// A field for each language of the clinic, whether or not this button has it.
    fn titles(&self, form: &Form) -> Vec<Title> {
        let words = self.call.text(&words::TEXTS);
        let mut tags = languages(&self.state);
        for tag in form.titles.keys() {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        let title = |tag: String| Title {
            label: (words.title)(&words.language(&tag)),
            text: form.titles.get(&tag).cloned().unwrap_or_default(),
            tag,
        };
        tags.into_iter().map(title).collect()
    }

    fn warnings(&self, form: &Form) -> Vec<String> {
        let words = self.call.text(&words::TEXTS);
        let button = form.button(self.id);
        let dead = button.active && button.leads_to == NEW_MESSAGE && !self.state.messaging.incoming.enabled;
        let languages = languages(&self.state);
        let missing = languages.iter().filter(|tag| !button.title.contains_key(*tag)).map(|tag| words.language(tag));
        let missing: Vec<String> = missing.filter(|_| button.active && !button.title.is_empty()).collect();
        let missing = (!missing.is_empty()).then(|| (self.text.one_language)(&missing.join(", ")));
        dead.then(|| self.text.dead.to_owned()).into_iter().chain(missing).collect()
    }
}

fn name(call: &Call, button: &ButtonState) -> String {
    shown(language::choose(&button.title, Some(call.language().tag())).unwrap_or(&button.id))
}
