//! A widget of *Settings*: one direction's switch, who has access, and a Save of its own.

use super::draft::{Draft, key};
use super::frame::Origin;
use super::people::{Shown, Standing};
use super::settings::Scene;
use crate::clinic::Direction;
use crate::pages::shown::shown;
use crate::pages::text;
use crate::pages::text::console::settings::Settings as Words;

/// How many people a search shows: a screenful, after which another letter is quicker than reading on.
const FOUND: usize = 30;
/// What a button to a new message leads to.
pub(super) const NEW_MESSAGE: &str = "new_message";

/// A widget as the page shows it.
#[derive(Debug)]
pub(super) struct Widget {
    key: &'static str,
    pub(super) heading: &'static str,
    pub(super) switch: &'static str,
    pub(super) hint: &'static str,
    pub(super) everyone_hint: &'static str,
    pub(super) draft: Draft,
    pub(super) chosen_says: String,
    pub(super) chosen: Vec<Shown>,
    pub(super) found: Vec<Shown>,
    pub(super) none_found: String,
    /// How many more were found than are shown.
    pub(super) more: Option<String>,
    pub(super) warnings: Vec<&'static str>,
    pub(super) problems: Vec<String>,
    pub(super) note: Option<&'static str>,
    pub(super) origin: Option<Origin>,
    /// Whether it says something else than what is saved.
    pub(super) unsaved: bool,
}

impl Widget {
    /// The widget of a direction: what is saved, or a draft of something else.
    pub(super) fn new(scene: &Scene<'_>, direction: Direction, draft: Option<Draft>) -> Self {
        let text = scene.text;
        let live = direction.of(&scene.state);
        let saved = Draft::of_state(live, scene.clinic.revision());
        let draft = draft.unwrap_or_else(|| saved.clone());
        let language = scene.call.language();
        let chosen = scene.directory.people(&draft.people, language);
        let mut found = scene.directory.found(&draft.search, &draft.people, language);
        let more = found.len().checked_sub(FOUND).filter(|more| *more > 0).map(|more| (text.more)(more));
        found.truncate(FOUND);
        let none_found =
            if draft.search.is_empty() { text.none_left.to_owned() } else { (text.none_found)(&shown(&draft.search)) };
        let (heading, switch) = headings(scene, direction);
        let (hint, everyone_hint) = hints(text, direction);
        Self {
            key: key(direction),
            heading,
            switch,
            hint,
            everyone_hint,
            chosen_says: (text.chosen)(chosen.len()),
            chosen,
            found,
            none_found,
            more,
            warnings: warnings(scene, direction, &draft),
            problems: Vec::new(),
            note: None,
            origin: live.last_change.as_ref().map(|change| Origin::of(scene.call, change)),
            unsaved: draft.body() != saved.body(),
            draft,
        }
    }

    /// The id and name of one of its fields.
    pub(super) fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.key)
    }

    pub(super) const fn key(&self) -> &'static str {
        self.key
    }
}

impl Words {
    /// What is to be said of somebody beside their name.
    pub(super) const fn standing(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Fits => "",
            Standing::Left => self.left,
            Standing::NoProfessional => self.no_professional,
            Standing::Unknown => self.unknown,
        }
    }
}

fn headings(scene: &Scene<'_>, direction: Direction) -> (&'static str, &'static str) {
    let words = scene.call.text(&text::console::words::TEXTS);
    match direction {
        Direction::HealthcareInitiated => (words.initiated, words.initiated_switch),
        Direction::Incoming => (words.incoming, words.incoming_switch),
    }
}

const fn hints(text: &Words, direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::HealthcareInitiated => (text.initiated_hint, text.initiated_everyone_hint),
        Direction::Incoming => (text.incoming_hint, text.incoming_everyone_hint),
    }
}

/// What is unwise about a direction like this, beside the buttons that the clinic has.
fn warnings(scene: &Scene<'_>, direction: Direction, draft: &Draft) -> Vec<&'static str> {
    let text = scene.text;
    let nobody = draft.enabled && scene.directory.let_in(&draft.body().accessible_to) == 0;
    let way_in = scene.state.buttons.iter().any(|button| button.active && button.leads_to == NEW_MESSAGE);
    let warnings = match direction {
        Direction::HealthcareInitiated => vec![(nobody, text.nobody_sends)],
        Direction::Incoming => vec![
            (nobody, text.nobody_answers),
            (!draft.enabled && way_in, text.dead_button),
            (draft.enabled && !way_in, text.no_way_in),
        ],
    };
    warnings.into_iter().filter(|(so, _)| *so).map(|(_, text)| text).collect()
}
