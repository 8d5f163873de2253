//! `long-title`: a title that a small screen cuts, or that ends like a sentence.

use super::declared::{Declared, Told};
use super::{AskedAbout, Rule};

pub(super) const RULE: Rule = Rule::warning(
    "long-title",
    "a title is longer than 30 characters, or ends in punctuation",
    "A telephone cuts a long title, and the end is often what tells two buttons apart. A button is no sentence; screen \
     readers pause at its full stop.\n\n\
     Guilty:\n\n    title: {sv: Skriv ett nytt meddelande till oss., en: New message}\n\n\
     Say it in fewer words and without a sign at the end: `Nytt meddelande`.",
)
.in_files(in_files);

/// What a narrow telephone shows on one line of a menu.
const MOST_CHARACTERS: usize = 30;

/// Signs that end a sentence or a part of one. Brackets and quotes may close a title.
const ENDS: &[char] = &['.', ',', ';', ':', '!', '?', '…', '。', '！', '？', '؟', '،', '؛'];

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for (button, language, said) in declared.titles() {
        let Some(what) = flaw(&said.value) else { continue };
        let message = format!("the title `{}` of the button `{}` {what}", said.value, button.id);
        let finding = RULE.finding(said.place, message).help("say it in fewer words, without a sign at the end");
        told.push(Told { thing: AskedAbout::Title(button.id.clone(), language.clone()), finding });
    }
}

fn flaw(title: &str) -> Option<String> {
    let characters = title.chars().count();
    if characters > MOST_CHARACTERS {
        return Some(format!("has {characters} characters; a telephone shows {MOST_CHARACTERS}"));
    }
    title.trim_end().ends_with(ENDS).then(|| "ends in punctuation".to_owned())
}
