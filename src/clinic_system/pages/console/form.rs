//! What the form of a button says, right or wrong: it is shown again as it was typed, and becomes a button where it
//! can.

use super::target::{Kind, Target};
use crate::clinic::ClinicState;
use crate::pages::fields::Fields;
use crate::pages::refusal::Refusal;
use crate::pages::text::console::button::Button as Words;
use crate::{api, clinic, language};
use clinic_wire::{ButtonBody, ButtonState, FieldProblem};
use serde_json::json;
use std::collections::BTreeMap;

/// How a title's field begins; its language follows.
pub(super) const TITLE: &str = "title-";
/// How the button that asks for a preview begins what it says; surface and language follow.
const PREVIEW: &str = "preview:";

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// The revision that it was opened with.
    pub(super) revision: u64,
    /// The key of a button that is to be created.
    pub(super) id: String,
    pub(super) kind: Option<Kind>,
    texts: BTreeMap<&'static str, String>,
    pub(super) titles: BTreeMap<String, String>,
    /// One more language, and the title in it.
    pub(super) new_tag: String,
    pub(super) new_title: String,
    pub(super) active: bool,
    pub(super) app: bool,
    pub(super) web: bool,
    /// Which preview is shown beside it.
    pub(super) preview: String,
    /// Whether it is to be shown again and not to be saved.
    pub(super) preview_only: bool,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// The field; empty if it is none of them.
    pub(super) field: String,
    pub(super) says: &'static str,
}

impl Problem {
    pub(super) fn new(field: impl Into<String>, says: &'static str) -> Self {
        Self { field: field.into(), says }
    }
}

impl Form {
    /// The form of a new button. It is not active: nothing reaches patients without somebody's will.
    pub(super) fn blank(revision: u64, preview: &str) -> Self {
        Self {
            revision,
            id: String::new(),
            kind: None,
            texts: BTreeMap::new(),
            titles: BTreeMap::new(),
            new_tag: String::new(),
            new_title: String::new(),
            active: false,
            app: true,
            web: true,
            preview: preview.to_owned(),
            preview_only: false,
        }
    }

    /// The form of a button as it is.
    pub(super) fn of_state(button: &ButtonState, revision: u64, preview: &str) -> Self {
        let ButtonState { id, leads_to, title, active, shown_in, last_change: _ } = button;
        let Target { kind, text } = Target::read(leads_to);
        let place = |place: &str| shown_in.iter().any(|known| known == place);
        Self {
            id: id.clone(),
            kind: Some(kind),
            texts: BTreeMap::from([(kind.word(), text)]),
            titles: title.clone(),
            active: *active,
            app: place("app"),
            web: place("web"),
            ..Self::blank(revision, preview)
        }
    }

    /// What was sent.
    pub(super) fn read(form: &Fields) -> Result<Self, Refusal> {
        let places: Vec<&str> = form.all("shown-in").collect();
        let texts = Kind::CHOICES.into_iter().chain([Kind::Other]).map(Kind::word);
        let titles = form.iter().filter_map(|(name, text)| Some((name.strip_prefix(TITLE)?, text.trim())));
        let asked = form.text("do").strip_prefix(PREVIEW);
        Ok(Self {
            revision: form.text("revision").parse().map_err(|_| Refusal::UnreadableForm)?,
            id: form.text("id").to_owned(),
            kind: Kind::of_word(form.text("leads-to")),
            texts: texts.map(|word| (word, form.text(&text_field(word)).to_owned())).collect(),
            titles: titles.map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect(),
            new_tag: form.text("new-tag").to_owned(),
            new_title: form.text("new-title").to_owned(),
            active: form.one("active").is_some(),
            app: places.contains(&"app"),
            web: places.contains(&"web"),
            preview: asked.unwrap_or_else(|| form.text("preview")).to_owned(),
            preview_only: asked.is_some(),
        })
    }

    /// The text that belongs to a kind of target.
    pub(super) fn text_of(&self, kind: Kind) -> String {
        self.texts.get(kind.word()).cloned().unwrap_or_default()
    }

    /// The button that it says, as far as it says one: what a preview shows.
    pub(super) fn button(&self, id: &str) -> ButtonState {
        ButtonState {
            id: id.to_owned(),
            leads_to: self.leads_to(),
            title: self.all_titles().into_iter().filter(|(_, text)| !text.is_empty()).collect(),
            active: self.active,
            shown_in: self.shown_in().into_iter().map(str::to_owned).collect(),
            last_change: None,
        }
    }

    /// What is to be saved, or everything that is wrong.
    pub(super) fn body(&self, text: &Words) -> Result<ButtonBody, Vec<Problem>> {
        let titles: BTreeMap<String, String> =
            self.all_titles().into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let said =
            json!({"leads_to": self.leads_to(), "title": titles, "active": self.active, "shown_in": self.shown_in()});
        let mut problems = self.problems_of_language(text);
        let body = api::shape_of_button(&said);
        if let Err(unfit) = &body {
            for found in unfit.iter().map(|problem| self.at_field(problem, text)) {
                if !problems.iter().any(|known| known.field == found.field) {
                    problems.push(found);
                }
            }
        }
        body.ok().filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// The key that was typed, or one that says what the button is for and that nobody has yet.
    pub(super) fn id_or_suggestion(&self, state: &ClinicState) -> String {
        if !self.id.is_empty() {
            return self.id.clone();
        }
        let text = self.text_of(Kind::Form);
        let stem = match self.kind {
            Some(Kind::NewMessage) => "new-message",
            Some(Kind::BookAppointment) => "book",
            Some(Kind::DropIn) => "drop-in",
            Some(Kind::Form) if clinic::is_slug(&text) && text.len() < 60 => &text,
            Some(Kind::Phone) => "call",
            _ => "button",
        };
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut ids = std::iter::once(stem.to_owned()).chain(numbered);
        ids.find(|id| state.button(id).is_none()).unwrap_or_default()
    }

    fn leads_to(&self) -> String {
        self.kind.map_or_else(String::new, |kind| Target { kind, text: self.text_of(kind) }.written())
    }

    fn shown_in(&self) -> Vec<&'static str> {
        let places = [(self.app, "app"), (self.web, "web")];
        places.into_iter().filter(|(shown, _)| *shown).map(|(_, place)| place).collect()
    }

    /// All titles, the one in one more language included.
    fn all_titles(&self) -> BTreeMap<String, String> {
        let mut titles = self.titles.clone();
        if let Some(tag) = language::normal(&self.new_tag) {
            titles.entry(tag).or_insert_with(|| self.new_title.clone());
        }
        titles
    }

    fn problems_of_language(&self, text: &Words) -> Vec<Problem> {
        let errors = &text.errors;
        if self.new_tag.is_empty() && self.new_title.is_empty() {
            return Vec::new();
        }
        let Some(tag) = language::normal(&self.new_tag) else { return vec![Problem::new("new-tag", errors.tag)] };
        if self.titles.get(&tag).is_some_and(|title| !title.is_empty()) {
            return vec![Problem::new("new-tag", errors.tag_twice)];
        }
        let empty = self.new_title.is_empty().then(|| Problem::new("new-title", errors.title));
        empty.into_iter().collect()
    }

    /// A problem of the body, at the field that it comes from and in the reader's words.
    fn at_field(&self, problem: &FieldProblem, text: &Words) -> Problem {
        let errors = &text.errors;
        match problem.pointer.as_str() {
            "/title" => Problem::new("title-sv", errors.no_title),
            "/leads_to" => match self.kind {
                Some(Kind::Form) => Problem::new("form", errors.form),
                Some(Kind::Phone) => Problem::new("phone", errors.phone),
                Some(Kind::Link) => Problem::new("link", errors.link),
                _ => Problem::new("leads-to", errors.leads_to),
            },
            pointer => match pointer.strip_prefix("/title/") {
                Some(tag) if self.titles.contains_key(tag) => Problem::new(format!("{TITLE}{tag}"), errors.title),
                Some(_) => Problem::new("new-title", errors.title),
                None => Problem::new("shown-in", errors.shown_in),
            },
        }
    }
}

/// The field of a kind's text.
fn text_field(word: &str) -> String {
    if word == Kind::Other.word() { "other-text".to_owned() } else { word.to_owned() }
}
