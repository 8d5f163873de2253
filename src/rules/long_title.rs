//! `long-title`: a title that a small screen cuts, or that ends like a sentence.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "long-title",
    "a title is longer than 30 characters, or ends in punctuation",
    "A telephone cuts a long title, and the end is often what tells two buttons apart. A button is no sentence; screen \
     readers pause at its full stop.\n\n\
     Guilty:\n\n    title: {sv: Skriv ett nytt meddelande till oss., en: New message}\n\n\
     Say it in fewer words and without a sign at the end: `Nytt meddelande`.",
);
