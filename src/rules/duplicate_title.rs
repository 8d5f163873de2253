//! `duplicate-title`: two buttons that patients cannot tell apart.

use super::asked::Asked;
use super::declared::{Declared, Told};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::{Button, ButtonId, DesiredButton, Language, Sourced};
use crate::source::Place;

pub(super) const RULE: Rule = Rule::warning(
    "duplicate-title",
    "two active buttons of one clinic share a title in one language",
    "A patient who sees the same text twice presses the wrong one half of the time.\n\n\
     Guilty:\n\n    buttons:\n      \
     - {id: book, leads_to: book_appointment, title: {sv: Boka tid, en: Book appointment}, active: true}\n      \
     - {id: drop-in, leads_to: drop_in, title: {sv: Boka tid, en: Drop-in}, active: true}\n\n\
     Give each button a text of its own in every language, or deactivate one of them.",
)
.in_files(in_files)
.in_result(InResult::State(in_state));

const HELP: &str = "give each button a text of its own, or hide one of them with `active: false`";

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    let active = |button: &DesiredButton| button.active.as_ref().is_some_and(|said| said.value);
    let titles = declared.titles().filter(|(button, ..)| active(button));
    let titles = titles.map(|(button, language, Sourced { value, place, .. })| Title {
        language,
        text: value.trim(),
        id: &button.id,
        place: Some(*place),
    });
    for (first, second) in shared(titles.collect()) {
        let places = first.place.zip(second.place);
        let Some((at, also)) = places.map(|(first, second)| declared.own_first(second, first)) else { continue };
        let finding = RULE.finding(at, message(first, second)).also(also, "the same text").help(HELP);
        told.push(Told { thing: second.thing(), finding });
    }
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    let active = asked.state.buttons.iter().filter(|button| button.active);
    let titles: Vec<Title<'_>> = active.flat_map(titles).collect();
    for (first, second) in shared(titles) {
        let place = place(asked, first, second);
        breaches.push(RULE.breach(second.thing(), place, message(first, second)).help(HELP));
    }
}

/// One text of one button. Ordered so that the same texts of one language stand together, by the id of the button: the
/// order of the menu may change without making an old breach a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Title<'a> {
    language: &'a Language,
    text: &'a str,
    id: &'a ButtonId,
    place: Option<Place>,
}

impl Title<'_> {
    fn thing(&self) -> AskedAbout {
        AskedAbout::Title(self.id.clone(), self.language.clone())
    }
}

fn titles(button: &Button) -> impl Iterator<Item = Title<'_>> {
    let texts = button.title.iter().map(|(language, text)| (language, text.trim()));
    texts.filter(|(_, text)| !text.is_empty()).map(|(language, text)| Title {
        language,
        text,
        id: &button.id,
        place: None,
    })
}

/// Neighbours that patients cannot tell apart.
fn shared(mut titles: Vec<Title<'_>>) -> Vec<(Title<'_>, Title<'_>)> {
    titles.sort_unstable();
    let pairs = titles.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((*first, *second)),
        _ => None,
    });
    pairs.filter(|(first, second)| (first.language, first.text) == (second.language, second.text)).collect()
}

/// The line of one of the texts; if both are only live, the line that lists the button.
fn place(asked: &Asked<'_>, first: Title<'_>, second: Title<'_>) -> Option<Place> {
    let said = |title: Title<'_>| asked.desired_button(title.id)?.title.get(title.language).map(|said| said.place);
    said(second).or_else(|| said(first)).or_else(|| asked.button_place(second.id))
}

fn message(first: Title<'_>, second: Title<'_>) -> String {
    let Title { language, text, .. } = second;
    format!("the active buttons `{}` and `{}` share the title `{text}` in `{language}`", first.id, second.id)
}
