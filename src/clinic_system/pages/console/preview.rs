//! What a patient would see: the menu of one surface in one language, of what is saved or of what a form says.

use super::widget::NEW_MESSAGE;
use crate::clinic::ClinicState;
use crate::language;
use crate::pages::call::Call;
use crate::pages::shown::shown;
use crate::pages::text::console::interface::{Interface as Words, TEXTS};
use crate::pages::text::console::words;
use clinic_wire::ButtonState;

/// The surfaces, as the contract writes them.
const SURFACES: [&str; 2] = ["app", "web"];
/// The languages that can always be looked at.
const LANGUAGES: [&str; 2] = ["sv", "en"];

/// A preview.
#[derive(Debug)]
pub(super) struct Preview {
    pub(super) text: &'static Words,
    pub(super) surface: &'static str,
    pub(super) language: String,
    pub(super) items: Vec<Item>,
    pub(super) surfaces: Vec<Tab>,
    pub(super) languages: Vec<Tab>,
}

/// A button in it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) primary: bool,
    /// Whether it is the button of the form beside the preview.
    pub(super) mine: bool,
    pub(super) hidden: bool,
}

/// Another preview to go to.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) label: String,
    /// Surface and language, as in `app:sv`.
    pub(super) value: String,
    pub(super) current: bool,
}

impl Preview {
    /// The preview of these buttons that `asked` names, as in `app:sv`. Of the button `mine` there is an item even
    /// if it is not seen: a form may bring it into sight.
    pub(super) fn new(call: &Call, state: &ClinicState, asked: &str, mine: Option<&str>) -> Self {
        let text = call.text(&TEXTS);
        let (surface, language) = asked.split_once(':').unwrap_or((asked, ""));
        let surface = SURFACES.into_iter().find(|known| *known == surface).unwrap_or("app");
        let languages = languages(state);
        let known = |tag: &str| languages.iter().find(|known| known.as_str() == tag).cloned();
        let language = known(language).unwrap_or_else(|| call.language().tag().to_owned());
        let named = |tag: &String| tab(call.text(&words::TEXTS).language(tag), surface, tag, *tag == language);
        let placed = |place: &'static str| tab(text.surface(place), place, &language, place == surface);
        Self {
            text,
            surface,
            items: items(state, (surface, &language), mine),
            surfaces: SURFACES.into_iter().map(placed).collect(),
            languages: languages.iter().map(named).collect(),
            language,
        }
    }

    /// Whether nothing is seen in it.
    pub(super) fn is_empty(&self) -> bool {
        self.items.iter().all(|item| item.hidden)
    }

    /// The preview that this is, as in `app:sv`.
    pub(super) fn asked(&self) -> String {
        format!("{}:{}", self.surface, self.language)
    }
}

impl Words {
    fn surface(&self, surface: &str) -> String {
        if surface == "web" { self.web.to_owned() } else { self.app.to_owned() }
    }
}

/// Swedish, English, and whatever else a title is written in.
pub(super) fn languages(state: &ClinicState) -> Vec<String> {
    let mut languages: Vec<String> = LANGUAGES.map(str::to_owned).into();
    let others = state.buttons.iter().flat_map(|button| button.title.keys());
    for tag in others {
        if !languages.contains(tag) {
            languages.push(tag.clone());
        }
    }
    languages
}

fn tab(label: String, surface: &str, language: &str, current: bool) -> Tab {
    Tab { label, value: format!("{surface}:{language}"), current }
}

/// As the menu of the API: the active buttons of the surface in their order, the dead one included.
fn items(state: &ClinicState, (surface, language): (&str, &str), mine: Option<&str>) -> Vec<Item> {
    let item = |button: &ButtonState| Item {
        title: shown(language::choose(&button.title, Some(language)).unwrap_or(&button.id)),
        primary: button.leads_to == NEW_MESSAGE,
        mine: mine == Some(&button.id),
        hidden: !(button.active && button.shown_in.iter().any(|place| place == surface)),
    };
    state.buttons.iter().map(item).filter(|item| item.mine || !item.hidden).collect()
}
