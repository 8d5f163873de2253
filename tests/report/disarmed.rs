//! No format holds a command for a program that runs pipelines, but for the marks of GitHub's; and each says what it
//! said, since JSON, XML and HTML have a way to write a character differently.

use super::hostile::{Hostile, hostile};
use crate::support::runners::{commands, commands_beside_marks};
use clinicctl::diagnostic::{Disarmer, Notation, to_json_text};
use clinicctl::plan::{Binding, GuardLimits, SavedPlan, SavedPlanError};
use clinicctl::report::{Format, Paint, Printed, render_plan};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// Texts of pieces of commands and of what may stand between and before them.
fn text_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..32).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    ":",
    "::",
    ":::",
    "#",
    "##",
    "[",
    "]",
    "vso",
    "error",
    "section_",
    "start",
    "end",
    "section_start:1:a",
    "teamcity[",
    "a",
    " ",
    "\u{a0}",
    "\u{2003}",
    "\u{feff}",
    "\u{200b}",
    "\n",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "å",
    "\"",
    "&",
    "\\",
    "\0",
];

const COLOURS: &[&str] = &[
    ":",
    "::",
    "#",
    "##",
    "[",
    "vso[",
    "section_",
    "start:",
    "a",
    " ",
    "\n",
    "\u{1b}",
    "\u{1b}[",
    "\u{1b}[0m",
    "\u{1b}[1;31m",
    "\u{9b}2J",
    "\u{1b}]8;;",
    "\u{7}",
    "m",
    "1",
];

fn disarmed(notation: Notation, text: &str) -> String {
    Disarmer::new(notation).disarm(text.to_owned())
}

proptest! {
    #[test]
    fn no_command_is_left_and_nothing_else_changes(text in text_of(PIECES)) {
        let once = Printed::from(text.clone());
        prop_assert_eq!(commands(&once), [""; 0]);
        prop_assert_eq!(&*Printed::from(once.to_string()), &*once);
        prop_assert_eq!(*once == text, commands(&text).is_empty(), "{:?}", once);
        prop_assert_eq!(once.replace("\\u{3a}", ":").replace("\\u{5b}", "["), text);
    }

    #[test]
    fn colours_hide_no_command(text in text_of(COLOURS)) {
        let once = Printed::from(text.clone());
        prop_assert_eq!(commands(&once), [""; 0]);
        prop_assert_eq!(&*Printed::from(once.to_string()), &*once);
        prop_assert_eq!(once.replace("\\u{3a}", ":").replace("\\u{5b}", "["), text);
    }

    #[test]
    fn a_text_may_come_in_any_pieces(text in text_of(COLOURS), cuts in prop::collection::vec(any::<Index>(), 0..6)) {
        let ends: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut cuts: Vec<_> = cuts.iter().map(|cut| *cut.get(&ends)).chain([0, text.len()]).collect();
        cuts.sort_unstable();
        let (mut disarmer, mut said) = (Disarmer::new(Notation::Text), String::new());
        cuts.windows(2).for_each(|cut| disarmer.push(&text[cut[0]..cut[1]], &mut said));
        disarmer.end(&mut said);
        prop_assert_eq!(said, disarmed(Notation::Text, &text));
    }

    #[test]
    fn json_keeps_its_values(key in text_of(PIECES), texts in prop::collection::vec(text_of(COLOURS), 0..4)) {
        let value = json!({ key: texts, "##": [{"section_start": 1}] });
        let text = to_json_text(&value);
        prop_assert_eq!(commands(&text), [""; 0]);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }

    #[test]
    fn markup_keeps_its_texts(text in text_of(PIECES)) {
        prop_assume!(!text.contains('&'));
        let shown = disarmed(Notation::Markup, &text);
        prop_assert_eq!(commands(&shown), [""; 0]);
        prop_assert_eq!(shown.replace("&#58;", ":").replace("&#91;", "["), text);
    }
}

/// Hostile texts, but for the two that are only long.
fn commanding() -> impl Iterator<Item = Hostile> {
    hostile().into_iter().filter(|hostile| hostile.text.len() < 1_000)
}

#[test]
fn no_format_holds_a_command_that_is_not_ours() {
    for hostile in commanding() {
        for format in Format::ALL {
            let shown = render_plan(format, &hostile.plan, Paint::Coloured);
            let found = if format == Format::Github { commands_beside_marks(&shown) } else { commands(&shown) };
            assert_eq!(found, [""; 0], "{} in {}", hostile.name, format.name());
        }
    }
}

#[test]
fn a_saved_plan_holds_no_command_and_is_read_back_as_it_was() {
    for hostile in commanding() {
        let binding = Binding::Origin("https://clinics.example".to_owned());
        let (instance, limits, work) = (None, GuardLimits::new(), Vec::new());
        let saved = SavedPlan { plan: hostile.plan, prune: false, binding, instance, limits, work };
        let text = saved.to_json();
        assert_eq!(commands(&text), [""; 0], "{}", hostile.name);
        // Reading compares every byte with what it read, and then misses the work behind what is shown.
        assert!(matches!(SavedPlan::from_json(&text), Err(SavedPlanError::Unfit(_))), "{}", hostile.name);
    }
}
