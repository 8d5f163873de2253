//! `placeholder-title`: a title that somebody meant to write later.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "placeholder-title",
    "a title that looks like a placeholder",
    "Patients would read it: `XX`, `TODO` and `lorem ipsum` have all been seen in menus.\n\n\
     Guilty:\n\n    title: {sv: XX Boka tid, en: TODO}\n\n\
     Write the text that patients should read. If it really is the text, waive the rule and say so.",
);
