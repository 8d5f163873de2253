//! `placeholder-title`: a title that was meant to be written later.

use super::declared::{Declared, Told};
use super::{AskedAbout, Rule};

pub(super) const RULE: Rule = Rule::warning(
    "placeholder-title",
    "a title that looks like a placeholder",
    "Patients would read it: `XX`, `TODO` and `lorem ipsum` have all been seen in menus.\n\n\
     Guilty:\n\n    title: {sv: XX Boka tid, en: TODO}\n\n\
     Write the text that patients should read. If it really is the text, waive the rule and say so.",
)
.in_files(in_files);

/// Words that are not meant for patients. In capitals, because `todo` is a word of Spanish.
const MARKS: &[&str] = &["TODO", "TBD", "FIXME", "XXX"];
/// Words that are placeholders in any case.
const FILLERS: &[&str] = &["lorem", "ipsum", "placeholder", "platshållare", "changeme"];
/// Titles that are placeholders where they say nothing else.
const WHOLE: &[&str] = &["todo", "tbd", "test", "title", "titel", "text", "button", "knapp"];

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for (button, language, said) in declared.titles() {
        if is_placeholder(&said.value) {
            let message = format!("the title `{}` of the button `{}` looks like a placeholder", said.value, button.id);
            let finding = RULE.finding(said.place, message).help("write the text that patients should read");
            told.push(Told { thing: AskedAbout::Title(button.id.clone(), language.clone()), finding });
        }
    }
}

fn is_placeholder(title: &str) -> bool {
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_none() || is_one_of(title.trim(), WHOLE) || words.any(is_placeholder_word)
}

fn is_placeholder_word(word: &str) -> bool {
    let crosses = word.len() > 1 && word.bytes().all(|b| b.eq_ignore_ascii_case(&b'x'));
    crosses || MARKS.contains(&word) || is_one_of(word, FILLERS)
}

/// Whether `text` is one of `words`, which are in small letters, whatever its own letters are.
fn is_one_of(text: &str, words: &[&str]) -> bool {
    let small = || text.chars().flat_map(char::to_lowercase);
    // A hundred thousand titles are looked at, and hardly one begins like a placeholder.
    let first = text.chars().next().map(|c| c.to_ascii_lowercase());
    let begins = |word: &str| word.chars().next() == first || first.is_some_and(|c| !c.is_ascii());
    words.iter().any(|word| begins(word) && small().eq(word.chars()))
}
