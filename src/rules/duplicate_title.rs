//! `duplicate-title`: two buttons that patients cannot tell apart.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "duplicate-title",
    "two active buttons of one clinic share a title in one language",
    "A patient who sees the same text twice presses the wrong one half of the time.\n\n\
     Guilty:\n\n    buttons:\n      \
     - {id: book, leads_to: book_appointment, title: {sv: Boka tid, en: Book appointment}, active: true}\n      \
     - {id: drop-in, leads_to: drop_in, title: {sv: Boka tid, en: Drop-in}, active: true}\n\n\
     Give each button a text of its own in every language, or deactivate one of them.",
);
