//! `missing-translation`: an active button without a text in a language that patients are served in.

use super::Rule;

pub(super) const RULE: Rule = Rule::error(
    "missing-translation",
    "an active button lacks a title in a required language",
    "A patient who uses the app in that language meets a button without a text, or in a language that they cannot read.\n\n\
     Guilty, where the fleet says `languages: {default: sv, required: [sv, en]}`:\n\n    \
     - {id: book, leads_to: book_appointment, title: {sv: Boka tid}, active: true}\n\n\
     Add the missing language. A title that the files declare names every required language, in this layer or in one \
     behind it; what happens to stand in the live system does not count, since nobody reviews it. A button that is not \
     ready yet says `active: false`.",
);
