//! Pictures of menus: what they say of each button, what they look like, and what hostile titles cannot do to them.

use clinicctl::domain::{ClinicId, Language, Surface};
use clinicctl::plan::{DrawnButton, PictureRow};
use clinicctl::report::menu_preview::Scene;
use clinicctl::report::{Paint, menu_preview};
use proptest::prelude::*;
use serde_json::{Value, json};

fn menu(buttons: &[(&str, &str, Value)]) -> Vec<DrawnButton> {
    let button = |(id, leads_to, title): &(&str, &str, Value)| json!({"id": id, "leads_to": leads_to, "title": title});
    let buttons: Vec<_> = buttons.iter().map(button).collect();
    serde_json::from_value(json!(buttons)).expect("a menu")
}

pub(super) fn row(before: &[(&str, &str, Value)], after: &[(&str, &str, Value)]) -> PictureRow {
    PictureRow { clinic: clinic(), surfaces: Surface::ALL.to_vec(), before: menu(before), after: menu(after) }
}

fn clinic() -> ClinicId {
    ClinicId::parse("eken").expect("an id")
}

fn language(tag: &str) -> Language {
    Language::parse(tag).expect("a language")
}

/// Everything that can become of a button, in one menu.
fn everything() -> PictureRow {
    row(
        &[
            ("gone", "drop_in", json!({"sv": "Drop-in", "en": "Drop-in"})),
            ("book", "book_appointment", json!({"sv": "Boka tid", "en": "Book appointment"})),
            ("renew", "form:renew", json!({"sv": "Förnya recept", "en": "Renew prescription"})),
            ("same", "form:same", json!({"sv": "Sjukintyg"})),
        ],
        &[
            ("renew", "link:https://recept.example/", json!({"sv": "Förnya dina recept", "en": "Renew prescription"})),
            ("book", "book_appointment", json!({"sv": "Boka tid", "en": "Book appointment"})),
            ("same", "form:same", json!({"sv": "Sjukintyg"})),
            ("new", "new_message", json!({})),
        ],
    )
}

fn shown(row: &PictureRow, tag: &str) -> String {
    menu_preview::text(&row.clinic, &[Scene::of(row, &language(tag))], Paint::Plain)
}

#[test]
fn every_fate_of_a_button_is_said_in_words() {
    let row = everything();
    let text = ["sv", "en"].map(|tag| shown(&row, tag)).join("\n");
    insta::assert_snapshot!("every_fate", text);
}

#[test]
fn the_picture_shows_what_its_words_say() {
    let row = everything();
    let (language, clinic) = (language("sv"), clinic());
    let svg = menu_preview::document(&clinic, &[Scene::of(&row, &language)]);
    let (head, rest) = svg.split_once("<style>").expect("a style");
    let (_, drawing) = rest.split_once("</style>\n").expect("its end");
    insta::assert_snapshot!("picture", format!("{head}{drawing}"));
    assert_eq!(svg, menu_preview::document(&clinic, &[Scene::of(&row, &language)]), "the same bytes again");
}

#[test]
fn a_menu_without_buttons_and_one_that_stays_are_drawn_too() {
    let title = json!({"sv": "Boka tid"});
    let row = row(&[], &[]);
    assert!(shown(&row, "sv").contains("Before and after\n      no buttons\n"), "{}", shown(&row, "sv"));
    assert!(menu_preview::document(&clinic(), &[Scene::of(&row, &language("sv"))]).contains("Patients see no buttons"));
    let same = self::row(&[("book", "drop_in", title.clone())], &[("book", "drop_in", title)]);
    assert!(!Scene::of(&same, &language("sv")).changes());
    assert!(shown(&same, "sv").contains("Before and after\n      1. Boka tid\n"), "{}", shown(&same, "sv"));
}

#[test]
fn a_language_in_which_nothing_changes_says_so() {
    let row = row(
        &[("book", "drop_in", json!({"sv": "Boka tid"}))],
        &[("book", "drop_in", json!({"sv": "Boka tid", "fi": "Varaa aika"}))],
    );
    assert!(!Scene::of(&row, &language("sv")).changes());
    assert!(Scene::of(&row, &language("fi")).changes());
    assert!(!Scene::of(&row, &language("en")).changes());
}

#[test]
fn a_hostile_title_stays_a_title() {
    let hostile = "</text></svg><script>alert(1)</script>&amp;\u{1b}[2J\u{202e}\u{0}\u{fffe}\n\"'><image href='https://evil.example/'/>";
    let row = row(&[("a", hostile, json!({"sv": hostile}))], &[("a", "drop_in", json!({"sv": "x".repeat(70_000)}))]);
    let scene = (language("sv"), clinic());
    let scene = (Scene::of(&row, &scene.0), scene.1);
    for svg in
        [menu_preview::document(&scene.1, std::slice::from_ref(&scene.0)), menu_preview::phones(&scene.0).concat()]
    {
        let elements = svg.matches('<').filter(|_| true).count();
        assert!(elements > 0 && !svg.contains("<script") && !svg.contains("<image"), "{svg}");
        assert!(!svg.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}' || c == '\u{fffe}')));
        assert!(svg.contains("\\u{1b}[2J\\u{202e}\\u{0}"), "what cannot be seen is shown");
    }
}

/// Buttons of few ids, so that the same ones meet on both sides.
fn menus() -> impl Strategy<Value = Vec<DrawnButton>> {
    let button = (0..6usize, 0..2usize, 0..2usize);
    proptest::collection::vec(button, 0..6).prop_map(|buttons| {
        let mut menu: Vec<DrawnButton> = Vec::new();
        for (id, target, title) in buttons {
            let id = format!("b{id}");
            if menu.iter().all(|button| button.id.as_str() != id) {
                let targets = ["new_message", "drop_in"];
                let titles = [json!({"sv": "Skriv"}), json!({"sv": "Skriv till oss"})];
                menu.extend(self::menu(&[(id.as_str(), targets[target], titles[title].clone())]));
            }
        }
        menu
    })
}

/// The notes of each line of one side, by title line.
fn notes(text: &str, from: &str) -> Vec<(char, String)> {
    let lines = text.lines().skip_while(|line| line.trim() != from).skip(1).take_while(|line| !line.is_empty());
    lines.map(|line| (line.chars().nth(4).unwrap_or(' '), line.to_owned())).collect()
}

proptest! {
    /// Each button has the sign that a naive comparison gives it, and without those that moved the rest stand as before.
    #[test]
    fn signs_are_those_of_a_naive_comparison(before in menus(), after in menus()) {
        prop_assume!(before != after && !before.is_empty() && !after.is_empty());
        let row = PictureRow { clinic: clinic(), surfaces: vec![Surface::App], before: before.clone(), after: after.clone() };
        let text = shown(&row, "sv");
        for (button, (sign, line)) in before.iter().zip(notes(&text, "Before")) {
            let stays = after.iter().any(|other| other.id == button.id);
            prop_assert_eq!(sign, if stays { ' ' } else { '-' }, "{}", line);
        }
        let mut unmoved = Vec::new();
        for (button, (sign, line)) in after.iter().zip(notes(&text, "After")) {
            let Some(was) = before.iter().find(|other| other.id == button.id) else {
                prop_assert_eq!(sign, '+', "{}", line);
                continue;
            };
            let moved = line.contains("moved");
            prop_assert_eq!(sign, if was == button && !moved { ' ' } else { '~' }, "{}", line);
            prop_assert_eq!(line.contains("was “"), was.title != button.title);
            prop_assert_eq!(line.contains("leads to"), was.leads_to != button.leads_to);
            unmoved.extend((!moved).then_some(&button.id));
        }
        let places: Vec<_> = unmoved.iter().map(|id| before.iter().position(|other| other.id == **id)).collect();
        prop_assert!(places.is_sorted(), "{}", text);
    }
}
