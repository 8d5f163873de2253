//! `single-responder`: one person answers everything.

use super::Rule;

pub(super) const RULE: Rule = Rule::warning(
    "single-responder",
    "fewer than two people may respond",
    "With one responder, the first day of illness is a day on which no patient gets an answer.\n\n\
     Guilty:\n\n    messaging:\n      incoming: {enabled: true, accessible_to: [karin.holm@norrtull.example]}\n\n\
     Name a second colleague, a title or a group. Counted are only those who are active and healthcare professionals of \
     this clinic. With nobody at all, `nobody-answers` speaks.",
);
