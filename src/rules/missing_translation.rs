//! `missing-translation`: an active button without a text in a language that patients are served in.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::{Button, ButtonId, DesiredButton, Language};
use crate::source::Place;

pub(super) const RULE: Rule = Rule::error(
    "missing-translation",
    "an active button lacks a title in a required language",
    "A patient who uses the app in that language meets a button without a text, or in a language that they cannot read.\n\n\
     Guilty, where the fleet says `languages: {default: sv, required: [sv, en]}`:\n\n    \
     - {id: book, leads_to: book_appointment, title: {sv: Boka tid}, active: true}\n\n\
     Add the missing language. A title that the files declare names every required language, in this layer or in one \
     behind it; what happens to stand in the live system does not count, since nobody reviews it. A button that is not \
     ready yet says `active: false`.",
).in_files(in_files).in_result(InResult::State(in_state));

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for button in declared.buttons() {
        let Some(title) = needed_title(button) else { continue };
        for language in declared.required.iter().filter(|language| !button.title.contains_key(language)) {
            let message = format!("the title of the button `{}` has no text in `{language}`", button.id);
            let finding = RULE.finding(title, message).help(help(language));
            told.push(Told { thing: AskedAbout::Title(button.id.clone(), language.clone()), finding });
        }
    }
}

/// The place at which the files give the button a title, if they do and do not say that patients do not see it.
fn needed_title(button: &DesiredButton) -> Option<Place> {
    let inactive = button.active.as_ref().is_some_and(|said| !said.value);
    button.title_place.filter(|_| !inactive)
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    for button in asked.state.buttons.iter().filter(|button| button.active) {
        for language in asked.policy.required_languages.iter().filter(|language| lacks(button, language)) {
            let message = format!("the active button `{}` has no title in `{language}`", button.id);
            let thing = AskedAbout::Title(button.id.clone(), language.clone());
            breaches.push(RULE.breach(thing, place(asked, &button.id), message).help(help(language)));
        }
    }
}

/// A live title can be blank, which patients see as none.
fn lacks(button: &Button, language: &Language) -> bool {
    button.title.get(language).is_none_or(|text| text.trim().is_empty())
}

/// The line that gives the button a title, else the one that activates or lists it.
fn place(asked: &Asked<'_>, id: &ButtonId) -> Option<Place> {
    let button = asked.desired_button(id);
    let title = button.and_then(|button| button.title_place);
    let active = button.and_then(|button| button.active.as_ref()).map(|said| said.place);
    title.or(active).or_else(|| asked.button_place(id))
}

fn help(language: &Language) -> String {
    format!("add a text in `{language}` to the title, or write `active: false` until there is one")
}
